"""Dense, Activation and the layers that only rearrange numbers, with their input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glassnet import layers as own
from glassnet.errors import ParameterError
from glassnet.keras import activations, initializers, regularizers
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.formats import is_first
from glassnet.keras.layers.layer import COMMON, OLD, Layer, Symbol, as_shape
from glassnet.layers import Layer as Description

WEIGHTS_OLD = {
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "bias": "use_bias",
}
NO_CONSTRAINT = "Weights are not constrained here; kernel_regularizer keeps them small."


def activated(described: Description, activation: Any) -> tuple[Description, ...]:
    """A description with what an activation argument adds to it."""
    if isinstance(activation, Layer):
        return (described, *activation.described)
    name = activations.get(activation)
    return (described,) if name == "linear" else (described, own.Activation(name))


def weighted(owner: str, **given: Any) -> dict[str, Any]:
    """The arguments that Dense and Conv2D have in common, in glassnet's terms."""
    for name in ("activity_regularizer", "kernel_constraint", "bias_constraint"):
        only(owner, name, given[name], (None,), NO_CONSTRAINT)
    kernel, bias = (regularizers.get(given[f"{name}_regularizer"]) for name in ("kernel", "bias"))
    return {
        "use_bias": given["use_bias"],
        "kernel_initializer": initializers.get(given["kernel_initializer"]),
        "bias_initializer": initializers.get(given["bias_initializer"]),
        "kernel_penalty": (kernel.l1, kernel.l2),
        "bias_penalty": (bias.l1, bias.l2),
    }


class Dense(Layer):
    """Every output is a weighted sum of every input, plus a bias, then the activation."""

    @keras_arguments(*COMMON, **OLD, **WEIGHTS_OLD, output_dim="units")
    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **common: Any,
    ) -> None:
        settings = weighted(
            "Dense",
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        super().__init__(*activated(own.Dense(units, **settings), activation), **common)


class Activation(Layer):
    """A function of each number; softmax shares out among all of them."""

    @keras_arguments(*COMMON, **OLD)
    def __init__(self, activation: Any, **common: Any) -> None:
        super().__init__(own.Activation(activations.get(activation)), **common)


class Dropout(Layer):
    """In training, leaves each number out with probability `rate`."""

    @keras_arguments(*COMMON, **OLD, p="rate")
    def __init__(self, rate: float, noise_shape: Any = None, seed: Any = None, **common: Any) -> None:
        only("Dropout", "noise_shape", noise_shape, (None,))
        only("Dropout", "seed", seed, (None,), "One seed rules here: keras.utils.set_random_seed.")
        super().__init__(own.Dropout(rate), **common)


class Flatten(Layer):
    """The numbers of each sample in one row."""

    @keras_arguments(*COMMON, **OLD)
    def __init__(self, data_format: str | None = None, **common: Any) -> None:
        super().__init__(own.Flatten(), **common)
        self.channels_first = is_first("Flatten", data_format)


class Reshape(Layer):
    """Each sample in another shape; one axis may be −1."""

    @keras_arguments(*COMMON, **OLD, dims="target_shape")
    def __init__(self, target_shape: Sequence[int], **common: Any) -> None:
        super().__init__(own.Reshape(tuple(target_shape)), **common)


class InputLayer(Layer):
    """Says the shape of a sample; stands first."""

    @keras_arguments(*COMMON, **OLD, shape="input_shape")
    def __init__(self, input_shape: Any = None, **common: Any) -> None:
        super().__init__(input_shape=input_shape, **common)
        if self.input_shape is None:
            raise ParameterError("InputLayer needs the shape of one sample.", "Write InputLayer((28, 28, 1)), say.")


@keras_arguments(batch_input_shape="batch_shape")
def Input(  # noqa: N802
    shape: Any = None, batch_size: Any = None, dtype: Any = None, name: Any = None, batch_shape: Any = None
) -> Symbol:
    """The beginning of a network: for Sequential([Input((4,)), …]) or for Dense(2)(Input((4,)))."""
    only("Input", "dtype", dtype, (None, "float32", "float64"))
    if shape is None and batch_shape is None:
        raise ParameterError("Input needs the shape of one sample.", "Write Input((28, 28, 1)), say.")
    return Symbol(as_shape("Input", batch_shape[1:] if shape is None else shape))
