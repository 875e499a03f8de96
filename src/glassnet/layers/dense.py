"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array, Initializer, Params, Penalty, Shape
from glassnet.checks import check_integer
from glassnet.functions import GlorotUniform, Zeros
from glassnet.functions.sums import channel_sums
from glassnet.layers.layer import Built, Context, Layer, expect_rank
from glassnet.layers.weighted import check_weights, weight_specs


@dataclass(frozen=True)
class Dense(Layer):
    """Every output is a weighted sum of every input, plus a bias.

    Shapes    x (N, I)   W (I, O)   b (O,)   y (N, O), with O = units
    Forward   y[n,o] = Σᵢ x[n,i]·W[i,o] + b[o]
    Backward  with dy = ∂L/∂y:
              ∂L/∂W = xᵀ dy      ∂L/∂b = Σₙ dy[n]      ∂L/∂x = dy Wᵀ
    Penalty   kernel_penalty and bias_penalty (λ₁, λ₂) add λ₁·Σ|w| + λ₂·Σw² to the objective: losses/penalty.py
    Raises    ShapeError where a sample is not a vector; ParameterError where units is not 1 or more.
    Source    D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors", 1986.
    """

    units: int
    use_bias: bool = True
    kernel_initializer: Initializer = GlorotUniform()
    bias_initializer: Initializer = Zeros()
    kernel_penalty: Penalty = (0.0, 0.0)
    bias_penalty: Penalty = (0.0, 0.0)

    def __post_init__(self) -> None:
        check_integer("Dense", "units", self.units)
        check_weights(self)

    def build(self, in_shape: Shape) -> Built:
        (n_in,) = expect_rank(self, in_shape, "I", "Put Flatten() before it.")
        return Built((self.units,), weight_specs(self, (n_in, self.units)))

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, Array]:
        y = x @ p["W"]  # (N, I)(I, O) -> (N, O)
        return y + p["b"] if self.use_bias else y, x

    def backward(self, p: Params, saved: Array, dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        x = saved
        dx = dy @ p["W"].T if dx_wanted else None  # (N, O)(O, I) -> (N, I)
        grads = {"W": x.T @ dy}  # (I, N)(N, O) -> (I, O)
        if self.use_bias:
            grads["b"] = channel_sums(dy)  # (N, O) -> (O,)
        return dx, grads
