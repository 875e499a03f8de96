"""Dropout."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from glassnet.arrays import Array, Params, Shape
from glassnet.checks import check_number
from glassnet.layers.layer import NOTHING, Built, Context, Layer


@dataclass(frozen=True)
class Dropout(Layer):
    """In training, leaves each number out with probability `rate` and scales the others up; else changes nothing.

    Shapes    x (N, …)   y (N, …)   mask (N, …)
    Forward   y = x · mask, mask = 0 with probability rate, else 1 / (1 − rate); outside training y = x
    Backward  ∂L/∂x = ∂L/∂y · mask
    Random    element e takes half e of the words, low halves before high ones in each word (16 bits a half), and is
              left out where the half is below rate·65536, rounded.
    Raises    ParameterError where rate is not in [0, 1).
    Source    N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014,
              section 4; scaled in training, as in section 10.
    """

    rate: float

    def __post_init__(self) -> None:
        check_number("Dropout", "rate", self.rate, "[0, 1)")

    def build(self, in_shape: Shape) -> Built:
        return Built(in_shape)

    def forward(self, p: Params, s: Params, x: Array, context: Context) -> tuple[Array, tuple[Array, ...]]:
        if not context.training:
            return x, ()
        xp = x.__array_namespace__()
        words = context.words(-(-prod(x.shape) // 2))
        halves = xp.stack([words & 0xFFFF, words >> 16], -1).reshape(-1)[: prod(x.shape)].reshape(x.shape)
        mask = xp.where(halves >= round(self.rate * 65536), 1 / (1 - self.rate), 0).astype(x.dtype)
        return x * mask, (mask,)

    def backward(self, p: Params, saved: tuple[Array, ...], dy: Array, dx_wanted: bool) -> tuple[Array | None, Params]:
        if not dx_wanted:
            return None, NOTHING
        return (dy * saved[0] if saved else dy), NOTHING
