"""Adadelta."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.optimizers.optimizer import Optimizer, Slots


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """A step in units of the recent steps, so that it has the dimension of a weight.

    Update    v ← rho·v + (1 − rho)·g²      d = √(u + epsilon) / √(v + epsilon)·g
              u ← rho·u + (1 − rho)·d²      w ← w − rate·d
    Source    M. Zeiler, arXiv:1212.5701, algorithm 1; there the rate is 1.
    """

    learning_rate: float = 1.0
    rho: float = 0.95
    epsilon: float = 1e-6
    slots: ClassVar[int] = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        check_number("Adadelta", "rho", self.rho, "[0, 1)")
        check_number("Adadelta", "epsilon", self.epsilon, "(0, inf)")

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        v = self.rho * slots[0] + (1 - self.rho) * g**2
        d = (slots[1] + self.epsilon) ** 0.5 / (v + self.epsilon) ** 0.5 * g
        u = self.rho * slots[1] + (1 - self.rho) * d**2
        return w - rate * d, (v, u)
