"""One task after another: how a network loses the first while it learns the second.

M. McCloskey, N. J. Cohen, "Catastrophic interference in connectionist networks: the sequential learning problem", 1989.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from glassnet.blas import one_blas_thread
from glassnet.data import Dataset, load_data
from glassnet.data.dataset import Parts
from glassnet.engines import answer, choose_engine
from glassnet.errors import DataError
from glassnet.files import TrainedModel
from glassnet.lab.job import Job, Row
from glassnet.model import Sequential
from glassnet.run import Run
from glassnet.training import training

RULES = "first-input"  # the data whose tasks are two rules, not two groups of classes


@dataclass(frozen=True)
class ForgettingJob(Job):
    """A training on one task after another, and one on all of them at once, from the same start.

    tasks : for each task its classes, as indices; () for the two rules (see tasks_of).
    """

    tasks: tuple[tuple[int, ...], ...]

    @property
    def settings(self) -> dict[str, Any]:
        """Everything that the outcome depends on, for JSON."""
        return {**super().settings, "tasks": [list(task) for task in self.tasks]}


@lru_cache(maxsize=2)
def tasks_of(source: str, seed: int, tasks: tuple[tuple[int, ...], ...]) -> tuple[Parts, ...]:
    """What is learnt from and tested with in each task: the samples of its classes.

    Without classes, the samples of the article on a neuron that learns a rule. The answer is the first input where the
    third is 1, as there; where it is 0, which is the second task, the answer is the second.

    Raises
    ------
    DataError where a task has no samples.
    """
    if tasks:
        parts = load_data(source, seed)
        groups = [[np.flatnonzero(np.isin(part.y, task)) for part in parts] for task in tasks]
        if not all(len(rows) for group in groups for rows in group):
            raise DataError(f"{source} has no samples to learn from, or to test with, for some task.", "Choose others.")
        return tuple(Parts(parts.train.take(train), parts.test.take(test)) for train, test in groups)
    first = load_data(RULES, seed).train
    second = replace(first, x=first.x * np.array([1, 1, 0], first.x.dtype), y=first.x[:, 1].astype(np.int64))
    return tuple(Parts(rule, rule) for rule in (replace(first, name="two rules"), second))


def together(sets: Sequence[Dataset]) -> Dataset:
    """All samples in one data set."""
    x, y = (np.concatenate([getattr(one, name) for one in sets]) for name in ("x", "y"))
    return replace(sets[0], x=x, y=y)


def perform_forgetting(job: ForgettingJob) -> Row:
    """Train on the tasks in turn, and on all at once; the same job gives the same row anywhere.

    In the row, curves[k] holds the test accuracy on task k before the first epoch and after each one; together[k] the
    accuracy that the training on everything at once, with as many epochs as each task has, ends with.
    """
    tasks = tasks_of(job.source, job.recipe.seed, job.tasks)
    exam = together([task.test for task in tasks])
    with one_blas_thread():
        network = Sequential(job.layers, exam.sample_shape, seed=job.recipe.seed)
        course, ends = [_right(network, tasks)], []
        steps = 0
        for task in tasks:
            marks, run = _learn(job, network, task.train, exam, tasks)
            course += marks
            steps += run.step
            ends.append(run.ended)
        mixed = Sequential(job.layers, exam.sample_shape, seed=job.recipe.seed)
        marks, _ = _learn(job, mixed, together([task.train for task in tasks]), exam, tasks)
    sizes = [len(task.test) for task in tasks]
    right = sum(course[-1])
    return {
        "over": job.over,
        "value": job.value,
        "seed": job.recipe.seed,
        "right": right,
        "samples": sum(sizes),
        "accuracy": right / sum(sizes),
        "curves": [[hits[k] / size for hits in course] for k, size in enumerate(sizes)],
        "together": [hits / size for hits, size in zip(marks[-1], sizes, strict=True)],
        "steps": steps,
        "ended": next((end for end in ends if end.startswith("diverged")), ends[-1]),
        "settings": job.settings,
    }


def _learn(
    job: ForgettingJob, network: Sequential, data: Dataset, exam: Dataset, tasks: Sequence[Parts]
) -> tuple[list[list[int]], Run]:
    """Train on, and count the right answers to each task after every epoch; one that diverges stays where it was."""
    run = Run.start(network, job.recipe)
    engine = choose_engine(job.engine, threads=1)
    events = training(
        network, data, job.recipe, exam, engine=engine, run=run, seconds=1.0
    )  # with an exam, spans end with epochs
    marks = [_right(network, tasks) for event in events if event.epoch_ended]
    marks += [_right(network, tasks)] * (job.recipe.epochs - len(marks))
    return marks, run


def _right(network: Sequential, tasks: Sequence[Parts]) -> list[int]:
    """How many test samples of each task are answered rightly."""
    counts = []
    for task in tasks:
        answers = answer(TrainedModel(network, task.test.classes, task.test.preparation), task.test.x)
        counts.append(int((answers.indices == task.test.y).sum()))
    return counts
