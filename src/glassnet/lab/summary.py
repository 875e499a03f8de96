"""What the rows of a lab say, setting by setting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.evaluation import wilson_interval
from glassnet.lab.job import Row


@dataclass(frozen=True)
class Failure:
    """Runs that failed alike: answers that were right, how many runs, and the outputs of the first, from `seed`."""

    right: int
    count: int
    seed: int
    outputs: list[list[float]] | None


@dataclass(frozen=True)
class Setting:
    """All runs of one setting.

    value : what the setting is.   runs : how many.   success : the share that answered every test sample rightly;
    [low, high] is its 95% interval.   accuracies : (runs,) of the test samples, from the least to the most.
    failures : the kinds of runs that did not succeed, the commonest first.   diverged : how many ran away.
    """

    value: Any
    runs: int
    success: float
    low: float
    high: float
    accuracies: Array
    failures: list[Failure]
    diverged: int

    @property
    def quartiles(self) -> tuple[float, float, float, float, float]:
        """Least, first quartile, median, third quartile, most of the accuracies."""
        least, first, median, third, most = np.quantile(self.accuracies, [0, 0.25, 0.5, 0.75, 1]).tolist()
        return least, first, median, third, most


def summarize(rows: Sequence[Row], values: Sequence[Any]) -> list[Setting]:
    """The settings with these values, in this order; those without a run are left out."""
    ordered = sorted(rows, key=lambda row: row["seed"])  # rows come in any order
    groups = [(value, [row for row in ordered if row["value"] == value]) for value in values]
    return [_setting(value, group) for value, group in groups if group]


def _setting(value: Any, rows: Sequence[Row]) -> Setting:
    failed = [row for row in rows if row["right"] < row["samples"]]
    hits = len(rows) - len(failed)
    low, high = wilson_interval(hits, len(rows))
    kinds = Counter(_look(row) for row in failed)
    return Setting(
        value=value,
        runs=len(rows),
        success=hits / len(rows),
        low=low,
        high=high,
        accuracies=np.sort([row["accuracy"] for row in rows]),
        failures=[_failure([row for row in failed if _look(row) == look]) for look, _ in kinds.most_common()],
        diverged=sum(row["ended"].startswith("diverged") for row in rows),
    )


def _look(row: Row) -> tuple[int, str]:
    """What runs that fail alike have in common: right answers, and which outputs there are, whichever sample's."""
    outputs: Any = [] if row["outputs"] is None else np.round(row["outputs"], 1).tolist()
    return row["right"], str(sorted(outputs))


def _failure(rows: Sequence[Row]) -> Failure:
    return Failure(rows[0]["right"], len(rows), rows[0]["seed"], rows[0]["outputs"])
