"""Adam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.optimizers.optimizer import Optimizer, Slots


@dataclass(frozen=True)
class Adam(Optimizer):
    """A step along the mean gradient in units of its size, both over the recent steps.

    Update    m ← beta_1·m + (1 − beta_1)·g      v ← beta_2·v + (1 − beta_2)·g²
              w ← w − rate·m̂ / (√v̂ + epsilon), m̂ = m / (1 − beta_1ᵗ), v̂ = v / (1 − beta_2ᵗ), t = 1, 2, …
    Source    D. Kingma, J. Ba, arXiv:1412.6980, algorithm 1.
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7
    slots: ClassVar[int] = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        owner = type(self).__name__
        check_number(owner, "beta_1", self.beta_1, "[0, 1)")
        check_number(owner, "beta_2", self.beta_2, "[0, 1)")
        check_number(owner, "epsilon", self.epsilon, "(0, inf)")

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        t = step + 1
        m = self.beta_1 * slots[0] + (1 - self.beta_1) * g
        v = self.beta_2 * slots[1] + (1 - self.beta_2) * (g * g)
        size = (v / (1 - self.beta_2**t)) ** 0.5 + self.epsilon
        return w - (rate / (1 - self.beta_1**t)) * m / size, (m, v)
