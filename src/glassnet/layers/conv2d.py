"""The convolution over pictures."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array, Initializer, Params, Penalty, Shape
from glassnet.checks import check_choice, check_integer
from glassnet.functions import GlorotUniform, Zeros
from glassnet.functions.sums import channel_sums
from glassnet.functions.windows import Pair, crop, fold, pad, slices
from glassnet.layers.layer import Built, Context, Layer
from glassnet.layers.sliding import PADDINGS, as_pair, expect_window, slid_size, window_padding
from glassnet.layers.weighted import check_weights, weight_specs


@dataclass(frozen=True)
class Conv2D(Layer):
    """Each output is a weighted sum over a window of the picture, with the same weights at every place.

    Shapes    x (N, H, W, C)   W (KH, KW, C, O)   b (O,)   y (N, OH, OW, O), with O = filters
              valid: OH = ⌊(H − KH) / stride⌋ + 1; same: OH = ⌈H / stride⌉, with zeros around the picture
    Forward   y[n,u,v,o] = Σᵢⱼ꜀ x[n, u·stride + i, v·stride + j, c]·W[i,j,c,o] + b[o]
              as one product: columns (N·OH·OW, KH·KW·C) with a window in each row, times W as (KH·KW·C, O)
    Backward  with dy = ∂L/∂y:
              ∂L/∂W = columnsᵀ dy      ∂L/∂b = Σₙᵤᵥ dy[n,u,v]
              ∂L/∂columns = dy Wᵀ, each window added back to the place it came from: ∂L/∂x
    Penalty   kernel_penalty and bias_penalty (λ₁, λ₂) add λ₁·Σ|w| + λ₂·Σw² to the objective: losses/penalty.py
    Raises    ShapeError where a sample is not (H, W, C) or the kernel is larger than the picture; ParameterError.
    Source    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition",
              1998, section II.
    """

    filters: int
    kernel_size: int | Pair = (3, 3)
    stride: int | Pair = (1, 1)
    padding: str = "valid"
    use_bias: bool = True
    kernel_initializer: Initializer = GlorotUniform()
    bias_initializer: Initializer = Zeros()
    kernel_penalty: Penalty = (0.0, 0.0)
    bias_penalty: Penalty = (0.0, 0.0)

    def __post_init__(self) -> None:
        check_integer("Conv2D", "filters", self.filters)
        self._window()
        check_choice("Conv2D", "padding", self.padding, PADDINGS)
        check_weights(self)

    def build(self, in_shape: Shape) -> Built:
        size, stride = self._window()
        height, width, channels = expect_window(self, in_shape, size, fits_always=self.padding == "same")
        out = (*slid_size((height, width), size, stride, self._padding((height, width))), self.filters)
        return Built(out, weight_specs(self, (*size, channels, self.filters)))

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, tuple[Array, Array]]:
        size, stride = self._window()
        padded = pad(x, *self._padding(x.shape[1:3]))
        stack = x.__array_namespace__().stack(slices(padded, size, stride), 3)  # (N, OH, OW, KH·KW, C)
        columns = stack.reshape(-1, stack.shape[3] * stack.shape[4])  # (N·OH·OW, KH·KW·C)
        y = columns @ p["W"].reshape(-1, self.filters)  # (N·OH·OW, KH·KW·C)(KH·KW·C, O) -> (N·OH·OW, O)
        if self.use_bias:
            y = y + p["b"]
        return y.reshape(*stack.shape[:3], self.filters), (x, columns)

    def backward(
        self, p: Params, saved: tuple[Array, Array], dy: Array, dx_wanted: bool
    ) -> tuple[Array | None, Params]:
        x, columns = saved
        rows = dy.reshape(-1, self.filters)  # (N·OH·OW, O)
        grads = {"W": (columns.T @ rows).reshape(p["W"].shape)}
        if self.use_bias:
            grads["b"] = channel_sums(rows)
        if not dx_wanted:
            return None, grads
        size, stride = self._window()
        padding = self._padding(x.shape[1:3])
        dcolumns = rows @ p["W"].reshape(-1, self.filters).T  # (N·OH·OW, O)(O, KH·KW·C) -> (N·OH·OW, KH·KW·C)
        windows = dcolumns.reshape(*dy.shape[:3], size[0] * size[1], x.shape[3])
        pieces = [windows[:, :, :, k] for k in range(size[0] * size[1])]
        return crop(fold(pieces, pad(x, *padding), size, stride), *padding), grads

    def _window(self) -> tuple[Pair, Pair]:
        return as_pair("Conv2D", "kernel_size", self.kernel_size), as_pair("Conv2D", "stride", self.stride)

    def _padding(self, in_size: Shape) -> tuple[Pair, Pair]:
        return window_padding(self.padding, in_size, *self._window())
