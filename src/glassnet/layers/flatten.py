"""Pictures to vectors."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from glassnet.arrays import Array, Params, Shape
from glassnet.layers.layer import NOTHING, Built, Context, Layer


@dataclass(frozen=True)
class Flatten(Layer):
    """Lays the numbers of each sample out in one row, the last axis fastest.

    Shapes    x (N, A, B, …)   y (N, A·B·…)
    Forward   y[n] = x[n] in row order
    Backward  ∂L/∂x = ∂L/∂y in the shape of x
    """

    def build(self, in_shape: Shape) -> Built:
        return Built((prod(in_shape),))

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Array]:
        return x.reshape(x.shape[0], -1), x

    def backward(self, p: Params, saved: Array, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        return (dy.reshape(saved.shape) if dx_wanted else None), NOTHING
