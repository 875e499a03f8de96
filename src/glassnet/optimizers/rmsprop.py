"""RMSprop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.optimizers.optimizer import Optimizer, Slots


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """A step in units of the recent size of the gradient.

    Update    v ← rho·v + (1 − rho)·g²      w ← w − rate·g / (√v + epsilon)
    Source    T. Tieleman, G. Hinton, "Lecture 6.5: rmsprop", Coursera, 2012.
    """

    learning_rate: float = 0.001
    rho: float = 0.9
    epsilon: float = 1e-7
    slots: ClassVar[int] = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_number("RMSprop", "rho", self.rho, "[0, 1)")
        check_number("RMSprop", "epsilon", self.epsilon, "(0, inf)")

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        v = self.rho * slots[0] + (1 - self.rho) * g**2
        return w - rate * g / (v**0.5 + self.epsilon), (v,)
