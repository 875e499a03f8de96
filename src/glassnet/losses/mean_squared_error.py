"""The squared error."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.arrays import Array
from glassnet.checks import check_choice
from glassnet.losses.loss import Loss


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """The mean (or the sum) of squared differences, over the outputs and over the samples.

    Shapes    y, t (N, O)   loss (N,)
    Value     lossₙ = Σₖ (y[n,k] − t[n,k])² / O      with reduction="sum" not divided by O, nor by N in a batch
    Gradient  ∂lossₙ/∂y[n,k] = 2(y[n,k] − t[n,k]) / O
    Raises    ParameterError where reduction is neither "mean" nor "sum".
    """

    reduction: str = "mean"

    def __post_init__(self) -> None:
        check_choice("MeanSquaredError", "reduction", self.reduction, ("mean", "sum"))

    @property
    def summed(self) -> bool:  # type: ignore[override]  # what is fixed for other losses is a choice here
        return self.reduction == "sum"

    def each(self, y: Array, t: Array) -> tuple[Array, Array]:
        count = 1 if self.summed else y.shape[1]
        difference = y - t
        return (difference**2).sum(1) / count, 2 * difference / count
