"""What the rows of tasks in turn say, task by task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.lab.job import Row


@dataclass(frozen=True)
class Course:
    """The test accuracy on one task, over all runs.

    median, least, most : (1 + tasks × epochs,), before the first epoch and after each.
    together : median, least and most at the end of the training on all tasks at once.
    """

    task: str
    median: Array
    least: Array
    most: Array
    together: tuple[float, float, float]


def summarize_courses(rows: Sequence[Row], names: Sequence[str]) -> list[Course]:
    """The course of each task; `names` are what to call them."""
    curves = np.array([row["curves"] for row in rows])  # (runs, tasks, epochs)
    mixed = np.array([row["together"] for row in rows])  # (runs, tasks)
    return [
        Course(name, *_spread(curves[:, k]), tuple(float(figure) for figure in _spread(mixed[:, k])))  # type: ignore[arg-type]  # three
        for k, name in enumerate(names)
    ]


def _spread(figures: Array) -> tuple[Array, Array, Array]:
    """Median, least and most over the runs."""
    return np.median(figures, 0), figures.min(0), figures.max(0)
