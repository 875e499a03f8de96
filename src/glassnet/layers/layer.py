"""The contract of a layer.

A layer is a frozen description: its configuration is its fields, and it holds no numbers. What it computes with comes
in, and what `backward` needs goes out: nothing is kept on `self`, so a step is a pure function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from glassnet.arrays import Array, Params, Shape, Spec
from glassnet.errors import ShapeError

NOTHING: Mapping[str, Any] = MappingProxyType({})
Saved = Any  # arrays alone, in the tuple or dict that the layer likes


@dataclass(frozen=True)
class Built:
    """What a layer makes of an input shape: the output shape (without the batch), its parameters, its state."""

    shape: Shape
    params: Mapping[str, Spec] = field(default_factory=dict)
    state: Mapping[str, Spec] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What a forward pass is for: training or not, and random 32-bit words: words(n) → uint32 array (n,)."""

    training: bool
    words: Callable[[int], Array]


class Layer:
    """What every layer answers to. N is the batch; shapes leave it out."""

    def build(self, in_shape: Shape) -> Built:
        """The output shape and the specs of parameters and state; ShapeError where `in_shape` does not fit."""
        raise NotImplementedError

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Saved]:
        """y for x, with parameters p and state s, and what backward needs."""
        raise NotImplementedError

    def backward(self, p: Params, saved: Saved, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        """From dy = ∂L/∂y: dx = ∂L/∂x (None unless wanted) and the gradient of each parameter, by the same names."""
        raise NotImplementedError

    def advance(self, s: Params, saved: Saved) -> Params:
        """The state after a training step; most layers have none."""
        return s


def expect_rank(layer: Layer, in_shape: Shape, axes: str, hint: str) -> Shape:
    """`in_shape` where it has as many axes as `axes` names ("H, W, C"), else ShapeError."""
    wanted = axes.split(", ")
    if len(in_shape) != len(wanted):
        shape = f"({axes}{',' if len(wanted) == 1 else ''})"
        raise ShapeError(f"{type(layer).__name__} expects inputs of shape {shape}, got {in_shape}.", hint)
    return in_shape
