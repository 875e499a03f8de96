"""Corrections among old samples, and which of these they were made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.labels import index_labels
from glassnet.data.splits import at_most
from glassnet.errors import DataError
from glassnet.improvement.corrections import Correction
from glassnet.inspection.twins import BLOCK, unit_vectors

REHEARSED = 20_000  # of the old samples, at most: who learns only what is new forgets the rest
SHARE = 0.02  # of the samples of an epoch that are corrections
LEAST_COPIES = 20  # of each correction in an epoch
LIKE = 0.85  # the least correlation of a test sample and the same picture, prepared once more as one of one's own


def mixed(old: Dataset, corrections: Sequence[Correction], seed: int) -> tuple[Dataset, int]:
    """Some of the old samples with the corrections behind them, and how often each of these is there.

    An old sample that a correction was made of is left out: its label was wrong, or it is there often enough now.
    """
    assert old.classes is not None  # which corrections are of
    pictures = np.stack([one.picture for one in corrections])
    some = without(at_most(REHEARSED, old, seed), pictures)
    if some is None:
        raise DataError("All that it learnt from is among the corrections.", "Correct other pictures than those.")
    copies = max(LEAST_COPIES, round(SHARE * len(some) / len(corrections)))
    labels = index_labels("corrections", [one.label for one in corrections], old.classes)
    x = np.concatenate([some.x, np.tile(pictures.astype(old.x.dtype), (copies, 1, 1, 1))])
    y = np.concatenate([some.y, np.tile(labels, copies)])
    return Dataset(f"{old.name} and corrections", x, y, old.classes, old.preparation), copies


def without(data: Dataset, corrections: Array) -> Dataset | None:
    """`data` but for the pictures that corrections (M, H, W, C) were probably made of; None where those are all."""
    rows = np.setdiff1d(np.arange(len(data)), recognised(data.x, corrections))
    return data.take(rows) if len(rows) else None


def recognised(pictures: Array, corrections: Array) -> Array:
    """The numbers of the pictures (N, H, W, C) that corrections (M, H, W, C) were probably made of, one each at most.

    That is the picture which a correction correlates with most, if it does by LIKE or more.
    """
    vectors = unit_vectors(corrections).T
    parts = (pictures[start : start + BLOCK] for start in range(0, len(pictures), BLOCK))
    likeness = np.concatenate([unit_vectors(part) @ vectors for part in parts])
    return np.unique(likeness.argmax(0)[likeness.max(0) >= LIKE])
