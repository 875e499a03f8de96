"""Schedules: by which factor the learning rate is multiplied when a share of the training is done."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

from glassnet.checks import check_flag, check_integer, check_number


class Schedule:
    """What every schedule answers to."""

    def factor(self, done: float) -> float:
        """The factor when the share `done` of all steps, in [0, 1), has been made."""
        raise NotImplementedError

    def at(self, step: int, total: int) -> float:
        """The factor of step `step` (the first is 0) of `total`; some schedules go by the step alone."""
        return self.factor(step / total)


@dataclass(frozen=True)
class Constant(Schedule):
    """Always 1."""

    def factor(self, done: float) -> float:
        return 1.0


@dataclass(frozen=True)
class Step(Schedule):
    """Multiplies the rate by `drop` each time another share `every` of the training is done."""

    drop: float = 0.1
    every: float = 1 / 3

    def __post_init__(self) -> None:
        check_number("Step", "drop", self.drop, "(0, 1]")
        check_number("Step", "every", self.every, "(0, 1]")

    def factor(self, done: float) -> float:
        return self.drop ** int(done / self.every + 1e-9)  # 0.3 / 0.1 is a little less than 3


def _half_cosine(start: float, end: float, share: float) -> float:
    """From `start` to `end` along half a wave of the cosine, as `share` goes from 0 to 1."""
    return end + (start - end) * (1 + cos(pi * share)) / 2


@dataclass(frozen=True)
class Cosine(Schedule):
    """From 1 to 0 along half a wave of the cosine. Loshchilov, Hutter, arXiv:1608.03983, equation 5, one cycle."""

    def factor(self, done: float) -> float:
        return _half_cosine(1.0, 0.0, done)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up from 1/`start` to 1 over the share `warmup`, then down to 1/`end`, along half waves of the cosine.

    Source: L. Smith, N. Topin, arXiv:1708.07120, section 4, for the one cycle.
    """

    warmup: float = 0.3
    start: float = 25.0
    end: float = 1e4

    def __post_init__(self) -> None:
        check_number("OneCycle", "warmup", self.warmup, "(0, 1)")
        check_number("OneCycle", "start", self.start, "[1, inf)")
        check_number("OneCycle", "end", self.end, "[1, inf)")

    def factor(self, done: float) -> float:
        if done < self.warmup:
            return _half_cosine(1 / self.start, 1.0, done / self.warmup)
        return _half_cosine(1.0, 1 / self.end, (done - self.warmup) / (1 - self.warmup))


@dataclass(frozen=True)
class InverseTime(Schedule):
    """1 / (1 + rate·t/every), t = 0, 1, … however many there are; `staircase` counts whole `every` alone."""

    rate: float = 1e-3
    every: int = 1
    staircase: bool = False

    def __post_init__(self) -> None:
        _check_by_steps(self, "[0, inf)")

    def at(self, step: int, total: int) -> float:
        return 1 / (1 + self.rate * _periods(self, step))


@dataclass(frozen=True)
class Exponential(Schedule):
    """rate to the power of t/every, t = 0, 1, … however many there are; `staircase` counts whole `every` alone."""

    rate: float = 0.96
    every: int = 1000
    staircase: bool = False

    def __post_init__(self) -> None:
        _check_by_steps(self, "(0, 1]")

    def at(self, step: int, total: int) -> float:
        return self.rate ** _periods(self, step)


def _check_by_steps(schedule: InverseTime | Exponential, interval: str) -> None:
    owner = type(schedule).__name__
    check_number(owner, "rate", schedule.rate, interval)
    check_integer(owner, "every", schedule.every)
    check_flag(owner, "staircase", schedule.staircase)


def _periods(schedule: InverseTime | Exponential, step: int) -> float:
    return step // schedule.every if schedule.staircase else step / schedule.every


SCHEDULES: dict[str, type[Schedule]] = {
    kind.__name__: kind for kind in (Constant, Step, Cosine, OneCycle, InverseTime, Exponential)
}
