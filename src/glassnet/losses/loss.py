"""What every loss answers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from glassnet.arrays import Array


@dataclass(frozen=True)
class Loss:
    """How wrong outputs are, and in which direction they should move.

    A loss is told sample by sample, in `each`; calling it gives the objective of a batch: the mean over its N samples
    (or, where a loss says so, the sum), each times its sample weight.
    """

    labels: ClassVar[str] = "vector"  # what targets look like: "vector" (N, O), or "index" of a class (N,)
    activation: ClassVar[str | None] = None  # the last activation that this loss takes over: it then gets the sums
    summed: ClassVar[bool] = False

    def each(self, y: Array, t: Array) -> tuple[Array, Array]:
        """The loss of each sample, (N,), and its gradient ∂lossₙ/∂y[n], shaped as y, for outputs y and targets t."""
        raise NotImplementedError

    def on_sums(self) -> Loss:
        """The same loss for the sums before its `activation`."""
        return self

    @property
    def wants_probabilities(self) -> bool:
        """Whether outputs must be probabilities."""
        return False

    def decide(self, y: Array) -> Array:
        """The class that each output stands for, (N,): the largest; with one output, whether it is above one half."""
        return y.argmax(1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype("int64")

    def __call__(self, y: Array, t: Array, sample_weight: Array | None = None) -> tuple[Any, Array]:
        """The objective of a batch and its gradient with respect to y. Shapes and classes are for the caller to check.

        Parameters
        ----------
        y : (N, O) outputs.   t : targets, (N, O), or (N,) class indices where `labels` is "index".
        sample_weight : (N,) or None, which counts every sample once.
        """
        losses, dy = self.each(y, t)
        if sample_weight is not None:
            losses, dy = losses * sample_weight, dy * sample_weight.reshape(-1, 1)
        if self.summed:
            return losses.sum(), dy
        return losses.mean(), dy / losses.shape[0]
