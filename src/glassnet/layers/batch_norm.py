"""Batch normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from glassnet.arrays import Array, Params, Shape, Spec
from glassnet.checks import check_number
from glassnet.functions import Ones, Zeros
from glassnet.functions.sums import channel_sums
from glassnet.layers.layer import Built, Context, Layer


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """Brings each channel to mean 0 and variance 1, then to a learnt mean and spread.

    Shapes    x (N, …, C)   γ, β, mean, variance (C,)   y (N, …, C); M = the numbers of a channel in a batch
    Forward   x̂ = (x − μ) / √(σ² + ε)      y = γ·x̂ + β
              in training μ and σ² are of the batch (σ² over M, not M − 1), else the moving ones
    Backward  with dy = ∂L/∂y, sums over all axes but the last:
              ∂L/∂γ = Σ dy·x̂      ∂L/∂β = Σ dy
              in training ∂L/∂x = γ/√(σ² + ε) · (dy − ∂L/∂β / M − x̂·∂L/∂γ / M), else γ/√(σ² + ε) · dy
    Advance   moving = momentum·moving + (1 − momentum)·(that of the batch)
    Raises    ParameterError where momentum is not in [0, 1) or epsilon not above 0.
    Source    S. Ioffe, C. Szegedy, arXiv:1502.03167, algorithms 1 and 2.
    """

    momentum: float = 0.99
    epsilon: float = 1e-3

    def __post_init__(self) -> None:
        check_number("BatchNormalization", "momentum", self.momentum, "[0, 1)")
        check_number("BatchNormalization", "epsilon", self.epsilon, "(0, inf)")

    def build(self, in_shape: Shape) -> Built:
        channels = (in_shape[-1],)
        params = {"gamma": Spec(channels, Ones(), decay=False), "beta": Spec(channels, Zeros(), decay=False)}
        return Built(in_shape, params, {"mean": Spec(channels, Zeros()), "variance": Spec(channels, Ones())})

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, dict[str, Array]]:
        batch = _moments(x) if context.training else {}
        used = batch or s
        scale = 1 / (used["variance"] + self.epsilon) ** 0.5  # (C,)
        x_hat = (x - used["mean"]) * scale
        return p["gamma"] * x_hat + p["beta"], {"x_hat": x_hat, "scale": scale, **batch}

    def backward(self, p: Params, saved: dict[str, Array], dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        x_hat = saved["x_hat"]
        grads = {"gamma": channel_sums(dy * x_hat), "beta": channel_sums(dy)}
        if not dx_wanted:
            return None, grads
        if "mean" in saved:  # in training the batch's own mean and variance depend on x too
            M = prod(dy.shape[:-1])
            dy = dy - grads["beta"] / M - x_hat * (grads["gamma"] / M)
        return p["gamma"] * saved["scale"] * dy, grads

    def advance(self, s: Params, saved: dict[str, Array]) -> Params:
        return {name: self.momentum * s[name] + (1 - self.momentum) * saved[name] for name in ("mean", "variance")}


def _moments(x: Array) -> dict[str, Array]:
    """Mean and variance of each channel, over all other axes."""
    M = prod(x.shape[:-1])
    mean = channel_sums(x) / M
    return {"mean": mean, "variance": channel_sums((x - mean) ** 2) / M}
