"""The same numbers in another shape."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from glassnet.arrays import Array, Params, Shape
from glassnet.checks import check_integer
from glassnet.errors import ParameterError, ShapeError
from glassnet.layers.layer import NOTHING, Built, Context, Layer


@dataclass(frozen=True)
class Reshape(Layer):
    """Gives each sample the target shape; one axis may be −1, and is then worked out.

    Shapes    x (N, A, B, …)   y (N, *target_shape), with as many numbers
    Forward   y[n] = x[n] in row order
    Backward  ∂L/∂x = ∂L/∂y in the shape of x
    Raises    ShapeError where the numbers do not fill the target; ParameterError where it is no shape.
    """

    target_shape: Shape

    def __post_init__(self) -> None:
        if not isinstance(self.target_shape, tuple) or not self.target_shape:
            raise ParameterError(
                f"Reshape: target_shape must be a tuple such as (28, 28, 1). Got {self.target_shape!r}."
            )
        for length in self.target_shape:
            check_integer("Reshape", "target_shape", length, minimum=-1)
        if self.target_shape.count(-1) > 1 or 0 in self.target_shape:
            raise ParameterError(f"Reshape: one axis at most may be -1, and none 0. Got {self.target_shape}.")

    def build(self, in_shape: Shape) -> Built:
        known = prod(length for length in self.target_shape if length != -1)
        free = prod(in_shape) // known
        shape = tuple(free if length == -1 else length for length in self.target_shape)
        if prod(shape) != prod(in_shape):
            raise ShapeError(
                f"Reshape cannot lay {in_shape}, {prod(in_shape)} numbers, out as {self.target_shape}.",
                "Give a target_shape with as many numbers; one axis may be -1.",
            )
        return Built(shape)

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Array]:
        shape = self.build(x.shape[1:]).shape
        return x.reshape(x.shape[0], *shape), x

    def backward(self, p: Params, saved: Array, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        return (dy.reshape(saved.shape) if dx_wanted else None), NOTHING
