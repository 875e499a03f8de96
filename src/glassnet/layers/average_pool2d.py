"""Pooling by the mean."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array, Params, Shape
from glassnet.functions.windows import Pair, fold, slices
from glassnet.layers.layer import NOTHING, Built, Context, Layer
from glassnet.layers.sliding import expect_window, pooled_shape, pooling_window


@dataclass(frozen=True)
class AveragePooling2D(Layer):
    """Each output is the mean of its window, channel by channel: the subsampling layer of the first networks.

    Shapes    x (N, H, W, C)   y (N, OH, OW, C), OH = ⌊(H − KH) / stride⌋ + 1; stride is the pool size unless given
    Forward   y[n,u,v,c] = Σᵢⱼ x[n, u·stride + i, v·stride + j, c] / (KH·KW)
    Backward  ∂L/∂y / (KH·KW) goes to every number of the window
    Raises    ShapeError where a sample is not (H, W, C) or the window is larger than the picture; ParameterError.
    Source    Y. LeCun and others, "Gradient-based learning applied to document recognition", 1998, section II.
    """

    pool_size: int | Pair = (2, 2)
    stride: int | Pair | None = None

    def __post_init__(self) -> None:
        pooling_window(self)

    def build(self, in_shape: Shape) -> Built:
        size, stride = pooling_window(self)
        return Built(pooled_shape(expect_window(self, in_shape, size), size, stride))

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Array]:
        pieces = slices(x, *pooling_window(self))
        return sum(pieces[1:], pieces[0]) / len(pieces), x

    def backward(self, p: Params, saved: Array, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        if not dx_wanted:
            return None, NOTHING
        size, stride = pooling_window(self)
        count = size[0] * size[1]
        return fold([dy / count] * count, saved, size, stride), NOTHING
