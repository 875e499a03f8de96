"""Batch normalisation."""

from __future__ import annotations

from typing import Any

from glassnet import layers as own
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.formats import FIRST, image_data_format
from glassnet.keras.layers.layer import COMMON, OLD, Layer
from glassnet.keras.tensors import Tensor

STARTS = {"beta": "zeros", "gamma": "ones", "moving_mean": "zeros", "moving_variance": "ones"}


class BatchNormalization(Layer):
    """Brings each channel to mean 0 and variance 1, then to a learnt mean and spread."""

    @keras_arguments(*COMMON, *(f"{name}_initializer" for name in STARTS), **OLD)
    def __init__(
        self,
        axis: Any = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        **given: Any,
    ) -> None:
        channels = (1, [1]) if image_data_format() == FIRST else (3, [3])
        only("BatchNormalization", "axis", axis, (-1, [-1], *channels), "Channels are the last axis.")
        only("BatchNormalization", "center", center, (True,))
        only("BatchNormalization", "scale", scale, (True,))
        for name, start in STARTS.items():
            argument = f"{name}_initializer"
            only("BatchNormalization", argument, given.pop(argument, start), (start,))
        super().__init__(own.BatchNormalization(momentum, epsilon), **given)

    @property
    def trainable_weights(self) -> list[Tensor]:
        return self.weights[:2]
