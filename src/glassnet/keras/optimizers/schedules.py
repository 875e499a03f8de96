"""Learning rates that change with the steps: optimizers.schedules."""

from __future__ import annotations

from typing import Any

from glassnet import optimizers as own
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.names import refusing


class LearningRateSchedule:
    """A first rate, and glassnet's schedule that multiplies it."""

    def __init__(self, initial_learning_rate: float, schedule: own.Schedule) -> None:
        self.initial_learning_rate, self.schedule = initial_learning_rate, schedule

    def __call__(self, step: int) -> float:
        """The rate of a step; the first is 0."""
        return self.initial_learning_rate * self.schedule.at(int(step), int(step) + 1)


class Decay(LearningRateSchedule):
    """A rate that falls by `decay_rate` in `decay_steps` steps, or only at their end."""

    kind: type[own.Exponential] | type[own.InverseTime]

    @keras_arguments()
    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int,
        decay_rate: float,
        staircase: bool = False,
        name: Any = None,
    ) -> None:
        super().__init__(initial_learning_rate, self.kind(decay_rate, decay_steps, staircase))


class ExponentialDecay(Decay):
    """rate · decay_rate^(step/decay_steps)."""

    kind = own.Exponential


class InverseTimeDecay(Decay):
    """rate / (1 + decay_rate·step/decay_steps)."""

    kind = own.InverseTime


__getattr__ = refusing(__name__, ["ExponentialDecay", "InverseTimeDecay", "LearningRateSchedule"])
