"""Adagrad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.optimizers.optimizer import Optimizer, Slots


@dataclass(frozen=True)
class Adagrad(Optimizer):
    """A step that grows shorter for weights whose gradient has been large.

    Update    v ← v + g²      w ← w − rate·g / (√(initial + v) + epsilon)
    Source    J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods", JMLR 2011, figure 1 (diagonal form).
    """

    learning_rate: float = 0.01
    epsilon: float = 1e-7
    initial: float = 0.0
    slots: ClassVar[int] = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_number("Adagrad", "epsilon", self.epsilon, "(0, inf)")
        check_number("Adagrad", "initial", self.initial, "[0, inf)")

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        v = slots[0] + g**2
        return w - rate * g / ((self.initial + v) ** 0.5 + self.epsilon), (v,)
