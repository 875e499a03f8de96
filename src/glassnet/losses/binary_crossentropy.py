"""The cross-entropy of yes and no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.functions.activations import sigmoid
from glassnet.losses.loss import Loss
from glassnet.losses.probabilities import TINY, inside


@dataclass(frozen=True)
class BinaryCrossentropy(Loss):
    """How surprised a set of yes-or-no probabilities is by what came; the mean over the outputs.

    Shapes    y, t (N, O), t in 0..1   loss (N,)
    Value     lossₙ = −Σₖ (t·ln y + (1 − t)·ln(1 − y)) / O, with y kept inside [10⁻⁷, 1 − 10⁻⁷]
              from_sums: y are the sums z before a sigmoid; lossₙ = Σₖ (max(z, 0) − z·t + ln(1 + e⁻|ᶻ|)) / O
    Gradient  (y − t) / (y(1 − y)) / O inside the bounds, else 0; from_sums: (σ(z) − t) / O
    """

    from_sums: bool = False
    activation: ClassVar[str | None] = "sigmoid"

    def each(self, y: Array, t: Array) -> tuple[Array, Array]:
        xp, outputs = y.__array_namespace__(), y.shape[1]
        if self.from_sums:
            losses = xp.maximum(y, 0) - y * t + xp.log1p(xp.exp(-xp.abs(y)))
            return losses.sum(1) / outputs, (sigmoid(y) - t) / outputs
        q = xp.clip(y, TINY, 1 - TINY)
        losses = -(t * xp.log(q) + (1 - t) * xp.log(1 - q))
        return losses.sum(1) / outputs, inside(y) * (q - t) / (q * (1 - q)) / outputs

    def on_sums(self) -> Loss:
        return replace(self, from_sums=True)

    @property
    def wants_probabilities(self) -> bool:
        return not self.from_sums

    def decide(self, y: Array) -> Array:
        return super().decide(sigmoid(y) if self.from_sums else y)
