"""What layers with weights share: the checks of their settings, and the specs of W and b."""

from __future__ import annotations

from typing import Any

from glassnet.arrays import Shape, Spec
from glassnet.checks import check_flag, check_number
from glassnet.errors import ParameterError
from glassnet.functions import check_initializer


def check_weights(layer: Any) -> None:
    """Raise ParameterError where the bias, the first values or the penalties of Dense or Conv2D are no such thing."""
    owner = type(layer).__name__
    check_flag(owner, "use_bias", layer.use_bias)
    check_initializer(owner, "kernel_initializer", layer.kernel_initializer)
    check_initializer(owner, "bias_initializer", layer.bias_initializer)
    check_penalty(owner, "kernel_penalty", layer.kernel_penalty)
    check_penalty(owner, "bias_penalty", layer.bias_penalty)


def weight_specs(layer: Any, shape: Shape) -> dict[str, Spec]:
    """W of `shape`, and b for its last axis where the layer has a bias."""
    specs = {"W": Spec(shape, layer.kernel_initializer, penalty=layer.kernel_penalty)}
    if layer.use_bias:
        specs["b"] = Spec(shape[-1:], layer.bias_initializer, False, layer.bias_penalty)
    return specs


def check_penalty(owner: str, name: str, value: Any) -> None:
    """Raise ParameterError unless `value` is a pair (λ₁, λ₂) of numbers that are 0 or more."""
    if not isinstance(value, tuple) or len(value) != 2:
        raise ParameterError(f"{owner}: {name} must be a pair such as (0.0, 0.01). Got {value!r:.100}.")
    for number in value:
        check_number(owner, name, number, "[0, inf)")
