"""Pooling by the largest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import inf

from glassnet.arrays import Array, Params, Shape
from glassnet.functions.windows import Pair, crop, fold, pad, slices
from glassnet.layers.layer import NOTHING, Built, Context, Layer
from glassnet.layers.sliding import build_pooling, check_pooling, pooling_window, window_padding


@dataclass(frozen=True)
class MaxPooling2D(Layer):
    """Each output is the largest number of its window, channel by channel.

    Shapes    x (N, H, W, C)   y (N, OH, OW, C); stride is the pool size unless given
              valid: OH = ⌊(H − KH) / stride⌋ + 1; same: OH = ⌈H / stride⌉, what lies outside is never the largest
    Forward   y[n,u,v,c] = maxᵢⱼ x[n, u·stride + i, v·stride + j, c]
    Backward  ∂L/∂y goes to the largest number alone; of equals to the first in row order
    Raises    ShapeError where a sample is not (H, W, C) or the window is larger than the picture; ParameterError.
    Source    M. Riesenhuber, T. Poggio, "Hierarchical models of object recognition in cortex", 1999.
    """

    pool_size: int | Pair = (2, 2)
    stride: int | Pair | None = None
    padding: str = "valid"

    def __post_init__(self) -> None:
        check_pooling(self)

    def build(self, in_shape: Shape) -> Built:
        return build_pooling(self, in_shape)

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, tuple[Array, Array]]:
        size, stride = pooling_window(self)
        padded = pad(x, *window_padding(self.padding, x.shape[1:], size, stride), -inf)
        y = reduce(x.__array_namespace__().maximum, slices(padded, size, stride))
        return y, (x, y)

    def backward(
        self, p: Params, saved: tuple[Array, Array], dy: Array, dx_wanted: bool
    ) -> tuple[Array | None, Params]:
        if not dx_wanted:
            return None, NOTHING
        x, y = saved
        size, stride = pooling_window(self)
        padding = window_padding(self.padding, x.shape[1:], size, stride)
        padded = pad(x, *padding, -inf)
        pieces, free = [], y == y
        for piece in slices(padded, size, stride):
            wins = (piece == y) & free
            pieces.append(dy * wins)
            free = free & ~wins
        return crop(fold(pieces, padded, size, stride), *padding), NOTHING
