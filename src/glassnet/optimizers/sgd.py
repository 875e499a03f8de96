"""Stochastic gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.checks import check_flag, check_number
from glassnet.optimizers.optimizer import Optimizer, Slots


@dataclass(frozen=True)
class SGD(Optimizer):
    """A step against the gradient, with momentum where it is asked for.

    Update    v ← momentum·v − rate·g      w ← w + v      nesterov: w ← w + momentum·v − rate·g, with the new v
    Source    B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Y. Nesterov, 1983,
              in the form of I. Sutskever and others, ICML 2013, section 2.
    """

    momentum: float = 0.0
    nesterov: bool = False
    slots: ClassVar[int] = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_flag("SGD", "nesterov", self.nesterov)
        check_number("SGD", "momentum", self.momentum, "[0, 1)")

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        if not self.momentum:
            return w - rate * g, slots
        v = self.momentum * slots[0] - rate * g
        return w + (self.momentum * v - rate * g if self.nesterov else v), (v,)
