"""Pooling by the mean."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array, Params, Shape
from glassnet.functions.windows import Pair, crop, fold, pad, slices
from glassnet.layers.layer import NOTHING, Built, Context, Layer
from glassnet.layers.sliding import build_pooling, check_pooling, pooling_window, window_padding


@dataclass(frozen=True)
class AveragePooling2D(Layer):
    """Each output is the mean of its window, channel by channel: the subsampling layer of the first networks.

    Shapes    x (N, H, W, C)   y (N, OH, OW, C); stride is the pool size unless given
              valid: OH = ⌊(H − KH) / stride⌋ + 1; same: OH = ⌈H / stride⌉
    Forward   y[n,u,v,c] = Σᵢⱼ x[n, u·stride + i, v·stride + j, c] / M[u,v]
              M = how many numbers of the window lie inside the picture: KH·KW, fewer at its edges with same
    Backward  ∂L/∂y / M goes to every number of the window
    Raises    ShapeError where a sample is not (H, W, C) or the window is larger than the picture; ParameterError.
    Source    Y. LeCun and others, "Gradient-based learning applied to document recognition", 1998, section II.
    """

    pool_size: int | Pair = (2, 2)
    stride: int | Pair | None = None
    padding: str = "valid"

    def __post_init__(self) -> None:
        check_pooling(self)

    def build(self, in_shape: Shape) -> Built:
        return build_pooling(self, in_shape)

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Array]:
        return self._sums(x) / self._counts(x), x

    def backward(self, p: Params, saved: Array, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        if not dx_wanted:
            return None, NOTHING
        size, stride = pooling_window(self)
        padding = self._padding(saved)
        share = dy / self._counts(saved)
        return crop(fold([share] * (size[0] * size[1]), pad(saved, *padding), size, stride), *padding), NOTHING

    def _sums(self, x: Array) -> Array:
        """Of every window, what lies outside counting as 0."""
        pieces = slices(pad(x, *self._padding(x)), *pooling_window(self))
        return sum(pieces[1:], pieces[0])

    def _counts(self, x: Array) -> Array:
        """(1, OH, OW, 1): how many numbers of each window lie inside the picture."""
        return self._sums(x.__array_namespace__().ones((1, *x.shape[1:3], 1), dtype=x.dtype))

    def _padding(self, x: Array) -> tuple[Pair, Pair]:
        return window_padding(self.padding, x.shape[1:], *pooling_window(self))
