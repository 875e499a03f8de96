"""What there is to know of a data set before a network learns from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Parts
from glassnet.data.labels import Label
from glassnet.data.splits import some_rows
from glassnet.evaluation import Nearest, nearest_neighbour
from glassnet.inspection.suspects import LEAST, Progress, Suspect, suspects
from glassnet.inspection.twins import alike_pictures, equal_samples

MOST_COMPARED = 100_000  # pictures that are compared with each other, half of them at most of the test
MOST_LABELS = 60_000  # samples whose labels are checked; either takes some seconds


class Place(NamedTuple):
    """Where a sample stands: "train" or "test", and its number there."""

    part: str
    number: int


Pair = tuple[Place, Place]


@dataclass(frozen=True)
class Twins:
    """Samples that are there twice, in pairs of the first one and another.

    leaks : one to learn from, one to test with.   contradictions : with different classes or targets.
    repeats : how many pairs are neither.
    """

    leaks: list[Pair]
    contradictions: list[Pair]
    repeats: int


@dataclass(frozen=True)
class Inspection:
    """What was found out about a data set.

    counts : for each class how many samples there are to learn from, and to test with; none where targets are numbers.
    tested : whether the test has samples of its own.
    equal : the same samples.   alike : pictures that are nearly the same; None where samples are no pictures.
    suspects : samples to learn from whose label is likely wrong, of `checked` that were looked at.
    majority, baseline : the commonest class to learn from, and the share of the test that it has; None without classes.
    nearest : what the nearest neighbour reaches; None where it means nothing.
    """

    counts: dict[Label, tuple[int, int]]
    tested: bool
    equal: Twins
    alike: Twins | None
    suspects: list[Suspect]
    checked: int
    majority: Label | None
    baseline: float | None
    nearest: Nearest | None

    @property
    def imbalance(self) -> float:
        """How many times as many samples the largest class has as the smallest one that is there; 1 without classes."""
        sizes = [train for train, _ in self.counts.values() if train]
        return max(sizes) / min(sizes) if sizes else 1.0


def inspect_data(parts: Parts, seed: int = 0, progress: Progress = lambda share: None) -> Inspection:
    """Count, compare and doubt the samples of a data set.

    seed : what is drawn from, where there are too many samples, and for the networks that doubt labels.
    progress : is called with the share of the slow part that is done.
    """
    train, test = parts
    tested = test is not train
    samples = Joined(train.x, test.x if tested else test.x[:0])
    y = np.concatenate([train.y, test.y]) if tested else train.y
    counts = count_classes(parts)
    majority = max(counts, key=lambda label: counts[label][0], default=None)
    equal = _twins(equal_samples(samples), y, len(train))
    alike = None
    if len(train.sample_shape) == 3:
        asked = some_rows(MOST_COMPARED // 2, len(samples.second), seed)
        rows = np.concatenate([some_rows(MOST_COMPARED - len(asked), len(train), seed), len(train) + asked])
        alike = _twins(rows[alike_pictures([samples[row] for row in rows])], y, len(train))
    rows = some_rows(MOST_LABELS, len(train), seed)
    doubted: list[Suspect] = []
    checkable = len(rows) >= LEAST and sum(size > 0 for size, _ in counts.values()) > 1
    if checkable:
        found = suspects(train.take(rows), seed, progress)
        doubted = [one._replace(number=int(rows[one.number])) for one in found]
    return Inspection(
        counts,
        tested,
        equal,
        alike,
        doubted,
        len(rows) * checkable,
        majority,
        None if majority is None else counts[majority][1] / len(test),
        nearest_neighbour(*parts),
    )


class Joined(Sequence[Array]):
    """Samples of two arrays one behind the other, which may lie on the disk and are not copied."""

    def __init__(self, first: Array, second: Array) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __getitem__(self, number: Any) -> Any:
        return self.first[number] if number < len(self.first) else self.second[number - len(self.first)]


def count_classes(parts: Parts) -> dict[Label, tuple[int, int]]:
    """For each class how many samples there are to learn from, and to test with; nothing where targets are numbers."""
    classes = parts.train.classes
    if classes is None:
        return {}
    learnt, asked = (np.bincount(part.y, minlength=len(classes)).tolist() for part in parts)
    return dict(zip(classes, zip(learnt, asked, strict=True), strict=True))


def _twins(pairs: Array, y: Array, learnt: int) -> Twins:
    """Pairs (P, 2) of sample numbers, those to test with behind the `learnt` others, by what they mean."""
    one, other = pairs[:, 0], pairs[:, 1]
    leaks = (one < learnt) & (other >= learnt)
    answers = y.reshape(len(y), -1)
    contradictions = (answers[one] != answers[other]).any(1)
    return Twins(
        _placed(pairs[leaks], learnt),
        _placed(pairs[contradictions], learnt),
        int((~leaks & ~contradictions).sum()),
    )


def _placed(pairs: Array, learnt: int) -> list[Pair]:
    def place(number: int) -> Place:
        return Place("train", number) if number < learnt else Place("test", number - learnt)

    return [(place(one), place(other)) for one, other in pairs.tolist()]
