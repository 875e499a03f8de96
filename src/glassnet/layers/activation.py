"""An activation function as a layer."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array, Params, Shape
from glassnet.checks import check_choice
from glassnet.functions import ACTIVATIONS
from glassnet.layers.layer import NOTHING, Built, Context, Layer, expect_rank


@dataclass(frozen=True)
class Activation(Layer):
    """y = f(x): linear, step, sigmoid, tanh, relu, leaky_relu, elu, gelu, or softmax over the last axis.

    Shapes    x (N, …)   y (N, …)
    Forward   y = f(x), element by element; softmax: y[n,k] = eˣ[n,k] / Σⱼ eˣ[n,j]
    Backward  with dy = ∂L/∂y:
              ∂L/∂x = dy · f′(x); softmax: ∂L/∂x = y · (dy − Σⱼ dy[n,j]·y[n,j])
    Raises    ParameterError where the function is unknown.
    Source    functions/activations.py has each formula with its paper.
    """

    function: str

    def __post_init__(self) -> None:
        check_choice("Activation", "function", self.function, ACTIVATIONS)

    def build(self, in_shape: Shape) -> Built:
        if self.function == "softmax":
            expect_rank(self, in_shape, "K", "Softmax shares out among classes: put Flatten() and a Dense() before it.")
        return Built(in_shape)

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, tuple[Array, Array]]:
        y = ACTIVATIONS[self.function].value(x)
        return y, (x, y)

    def backward(
        self, p: Params, saved: tuple[Array, Array], dy: Array, dx_wanted: bool
    ) -> tuple[Array | None, Params]:
        x, y = saved
        return (ACTIVATIONS[self.function].back(x, y, dy) if dx_wanted else None), NOTHING
