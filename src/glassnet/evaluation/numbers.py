"""How near a network that answers with numbers comes to those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.engines import choose_engine, predict
from glassnet.errors import DataError
from glassnet.files import TrainedModel
from glassnet.randomness import Purpose, permutations, uniform, words

RESAMPLES = 1000
MOST_GROUPS = 1000  # samples beyond go in random groups, each drawn as a whole


@dataclass(frozen=True)
class NumbersVerdict:
    """What a test said of a network that answers with numbers; errors are taken over samples and outputs.

    mean_squared_error, mean_absolute_error : in the targets' unit, the first one squared.
    r2 : the share of the targets' variance that is explained; 0 is as good as always answering their mean, and so it is
        where the targets are all the same.   low, high : its 95% interval.
    baseline : the root mean squared error of always answering the mean.   samples : how many there were.
    """

    mean_squared_error: float
    mean_absolute_error: float
    r2: float
    low: float
    high: float
    baseline: float
    samples: int

    @property
    def root_mean_squared_error(self) -> float:
        """The error in the targets' unit, in which large misses count more than in the mean absolute error."""
        return sqrt(self.mean_squared_error)


def judge_numbers(trained: TrainedModel, data: Dataset) -> NumbersVerdict:
    """How near the numbers that a network answers with come to the targets of `data`.

    Raises
    ------
    DataError where the network or the data have classes; ShapeError where the samples do not fit.
    """
    if trained.classes is not None:
        raise DataError("The network answers with classes, not with numbers.", "Use judge().")
    if data.classes is not None:
        raise DataError(f"The network answers with numbers, but the targets of {data.name} are classes.")
    misses = predict(trained, data.x, engine=choose_engine()).astype(np.float64) - data.y
    squared = float((misses**2).mean())
    variance = float(data.y.var(0, dtype=np.float64).mean())
    low, high = _interval(misses, data.y)
    r2 = 1 - squared / variance if variance else 0.0
    return NumbersVerdict(
        squared, float(np.abs(misses).mean()), r2, min(low, r2), max(high, r2), sqrt(variance), len(data)
    )


def _interval(misses: Array, targets: Array) -> tuple[float, float]:
    """Where R² lies in 95% of draws of as many samples from these, with replacement.

    R² needs of a draw only its sums: of the squared misses, of the targets and of their squares.
    Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979; the percentiles.
    """
    count = len(misses)
    centred = targets - targets.mean(0, dtype=np.float64)
    sums = np.concatenate([(misses**2).sum(1, keepdims=True), centred, (centred**2).sum(1, keepdims=True)], axis=1)
    groups = min(count, MOST_GROUPS)
    order = permutations(0, Purpose.BOOTSTRAP, np.zeros(1, np.int64), count)[0]
    sums = np.add.reduceat(sums[order], np.arange(groups) * count // groups)  # (G, outputs + 2)
    drawn = uniform(words(0, Purpose.BOOTSTRAP, 1 + np.arange(RESAMPLES), 0, groups)) * groups
    times = np.apply_along_axis(np.bincount, 1, drawn.astype(np.int64), minlength=groups)
    missed, offs, spread = np.split(times @ sums, [1, -1], axis=1)
    varied = spread[:, 0] - (offs**2).sum(1) / count
    shares = 1 - missed[varied > 0, 0] / varied[varied > 0]
    if not shares.size:
        return 0.0, 0.0
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)
