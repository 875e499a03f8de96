"""Activations that Keras has as layers of their own."""

from __future__ import annotations

from typing import Any

from glassnet import layers as own
from glassnet.functions.activations import LEAK
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.layers.layer import COMMON, OLD, Layer


class Softmax(Layer):
    """Shares out among all numbers of a sample."""

    @keras_arguments(*COMMON, **OLD)
    def __init__(self, axis: int = -1, **common: Any) -> None:
        only("Softmax", "axis", axis, (-1, 1))
        super().__init__(own.Activation("softmax"), **common)


class ReLU(Layer):
    """x where x > 0, else 0."""

    @keras_arguments(*COMMON, **OLD)
    def __init__(
        self, max_value: Any = None, negative_slope: float = 0.0, threshold: float = 0.0, **common: Any
    ) -> None:
        only("ReLU", "max_value", max_value, (None,))
        only("ReLU", "negative_slope", negative_slope, (0,), "LeakyReLU has a slope.")
        only("ReLU", "threshold", threshold, (0,))
        super().__init__(own.Activation("relu"), **common)


class LeakyReLU(Layer):
    """x where x > 0, else x/100."""

    @keras_arguments(*COMMON, **OLD, alpha="negative_slope")
    def __init__(self, negative_slope: float = 0.3, **common: Any) -> None:
        only(
            "LeakyReLU",
            "negative_slope",
            negative_slope,
            (LEAK,),
            f"Below 0 the slope is {LEAK} here: write LeakyReLU({LEAK}).",
        )
        super().__init__(own.Activation("leaky_relu"), **common)


class ELU(Layer):
    """x where x > 0, else eˣ − 1."""

    @keras_arguments(*COMMON, **OLD)
    def __init__(self, alpha: float = 1.0, **common: Any) -> None:
        only("ELU", "alpha", alpha, (1,))
        super().__init__(own.Activation("elu"), **common)
