"""What every optimizer answers to, and the descent over one flat vector."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_kind, check_number
from glassnet.optimizers.schedules import Constant, Schedule

BLOCK = 16384  # numbers at a time: a block with its gradient, moments and temporaries stays in the second-level cache

Slots = tuple[Array, ...]


@dataclass(frozen=True)
class Optimizer:
    """How weights follow their gradient.

    A rule is told by one pure function of arrays, `update`; the same formula serves a NumPy vector, a block of it and a
    traced array. What it remembers between steps is in `slots`, one vector each, all zero at first.

    Parameters
    ----------
    learning_rate : the length of a step, above 0.
    schedule : by which factor the rate is multiplied as training goes on.
    weight_decay : 0 or more. Adds weight_decay · w to the gradient of every weight that is not a bias (and the like);
        an optimizer that is `decoupled` shrinks the weight by rate · weight_decay · w instead.
    clip_norm : where the gradient of all weights together is longer than this, it is scaled down to it. None: never.
    """

    learning_rate: float = 0.01
    schedule: Schedule = field(default=Constant(), kw_only=True)
    weight_decay: float = field(default=0.0, kw_only=True)
    clip_norm: float | None = field(default=None, kw_only=True)

    slots: ClassVar[int] = 0
    decoupled: ClassVar[bool] = False

    def __post_init__(self) -> None:
        owner = type(self).__name__
        check_number(owner, "learning_rate", self.learning_rate, "(0, inf)")
        check_kind(owner, "schedule", self.schedule, Schedule, "Cosine()")
        check_number(owner, "weight_decay", self.weight_decay, "[0, inf)")
        if self.clip_norm is not None:
            check_number(owner, "clip_norm", self.clip_norm, "(0, inf)")

    def rate(self, step: int, total: int) -> float:
        """The learning rate of step `step` (the first is 0) of `total`."""
        return self.learning_rate * self.schedule.at(step, total)

    def rates(self, steps: range, total: int) -> Array:
        """The learning rates of many steps."""
        if type(self.schedule) is Constant:
            return np.full(len(steps), float(self.learning_rate))
        return np.array([self.rate(step, total) for step in steps])

    def update(self, w: Array, g: Array, slots: Slots, rate: float, step: int) -> tuple[Array, Slots]:
        """The weights and slots after step `step` (the first is 0) along gradient g: pure, element by element."""
        raise NotImplementedError

    def descend(self, w: Array, g: Array, slots: Array, decays: Array, step: int, total: int) -> None:
        """One step in place on NumPy vectors, block by block.

        Parameters
        ----------
        w, g : (P,) weights and their gradient.   slots : (slots, P).   decays : (P,), 1 where weight decay applies.
        step, total : this step (the first is 0), and how many there will be.
        """
        rate = self.rate(step, total)
        if self.clip_norm is not None:
            norm = float(np.linalg.norm(g.astype(np.float64)))  # float32 has no square of 1e20
            g = g * (self.clip_norm / norm) if norm > self.clip_norm else g
        for start in range(0, w.size, BLOCK):
            part = slice(start, start + BLOCK)
            weights, gradient = w[part], g[part]
            if self.weight_decay and self.decoupled:
                weights = weights - rate * self.weight_decay * decays[part] * weights
            elif self.weight_decay:
                gradient = gradient + self.weight_decay * decays[part] * weights
            w[part], after = self.update(weights, gradient, tuple(slots[:, part]), rate, step)
            for k, slot in enumerate(after):
                slots[k, part] = slot
