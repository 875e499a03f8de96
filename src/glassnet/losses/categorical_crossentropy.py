"""The cross-entropy of one class among several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.losses.loss import Loss
from glassnet.losses.probabilities import TINY, inside


def one_hot(labels: Array, classes: int, like: Array) -> Array:
    """(N,) class indices as (N, K) rows with a single 1, in the type of `like`; vectors stay as they are."""
    if labels.ndim == 2:
        return labels
    xp = like.__array_namespace__()
    return (labels[:, None] == xp.arange(classes)).astype(like.dtype)


@dataclass(frozen=True)
class CategoricalCrossentropy(Loss):
    """How surprised a distribution over K classes is by the class that came.

    Shapes    y (N, K)   t (N,) class indices, or (N, K) one-hot or a distribution   loss (N,)
    Value     lossₙ = −Σₖ t[n,k]·ln q[n,k], with q = y kept inside [10⁻⁷, 1 − 10⁻⁷]
              normalize: q = y / Σⱼ y[n,j] first, for outputs that are no shares yet, such as sigmoids
              from_sums: y are the sums z before a softmax; lossₙ = Σₖ t[n,k]·(ln Σⱼ eᶻ[n,j] − z[n,k])
    Gradient  ∂q = −t / q inside the bounds, else 0; normalize: ∂y[n,k] = (∂q[n,k] − Σⱼ ∂q[n,j]·q[n,j]) / Σⱼ y[n,j];
              from_sums: softmax(z)·Σₖt − t
    """

    from_sums: bool = False
    normalize: bool = False
    labels: ClassVar[str] = "index"
    activation: ClassVar[str | None] = "softmax"

    def each(self, y: Array, t: Array) -> tuple[Array, Array]:
        xp = y.__array_namespace__()
        target = one_hot(t, y.shape[1], y)
        if self.from_sums:
            z = y - y.max(1, keepdims=True)
            e = xp.exp(z)
            total = e.sum(1, keepdims=True)
            mass = target.sum(1, keepdims=True)
            losses = (target * (xp.log(total) - z)).sum(1)
            return losses, e / total * mass - target
        total = xp.maximum(y.sum(1, keepdims=True), TINY) if self.normalize else 1
        shares = y / total
        q = xp.clip(shares, TINY, 1 - TINY)
        dq = inside(shares) * -target / q
        dy = (dq - (dq * shares).sum(1, keepdims=True)) / total if self.normalize else dq
        return -(target * xp.log(q)).sum(1), dy

    def on_sums(self) -> Loss:
        return replace(self, from_sums=True)

    @property
    def wants_probabilities(self) -> bool:
        return not self.from_sums
