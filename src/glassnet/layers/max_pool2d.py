"""Pooling by the largest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from glassnet.arrays import Array, Params, Shape
from glassnet.functions.windows import Pair, fold, slices
from glassnet.layers.layer import NOTHING, Built, Context, Layer
from glassnet.layers.sliding import expect_window, pooled_shape, pooling_window


@dataclass(frozen=True)
class MaxPooling2D(Layer):
    """Each output is the largest number of its window, channel by channel.

    Shapes    x (N, H, W, C)   y (N, OH, OW, C), OH = ⌊(H − KH) / stride⌋ + 1; stride is the pool size unless given
    Forward   y[n,u,v,c] = maxᵢⱼ x[n, u·stride + i, v·stride + j, c]
    Backward  ∂L/∂y goes to the largest number alone; of equals to the first in row order
    Raises    ShapeError where a sample is not (H, W, C) or the window is larger than the picture; ParameterError.
    Source    M. Riesenhuber, T. Poggio, "Hierarchical models of object recognition in cortex", 1999.
    """

    pool_size: int | Pair = (2, 2)
    stride: int | Pair | None = None

    def __post_init__(self) -> None:
        pooling_window(self)

    def build(self, in_shape: Shape) -> Built:
        size, stride = pooling_window(self)
        return Built(pooled_shape(expect_window(self, in_shape, size), size, stride))

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, tuple[Array, Array]]:
        y = reduce(x.__array_namespace__().maximum, slices(x, *pooling_window(self)))
        return y, (x, y)

    def backward(
        self, p: Params, saved: tuple[Array, Array], dy: Array, dx_wanted: bool
    ) -> tuple[Array | None, Params]:
        if not dx_wanted:
            return None, NOTHING
        x, y = saved
        window = pooling_window(self)
        pieces, free = [], y == y
        for piece in slices(x, *window):
            wins = (piece == y) & free
            pieces.append(dy * wins)
            free = free & ~wins
        return fold(pieces, x, *window), NOTHING
