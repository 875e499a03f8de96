"""What a table of confusions says of each class: (K, K) counts, a row for each true class, a column for each answer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array


class Confused(NamedTuple):
    """How often samples of one class, `true`, were taken for another, `answer`: indices of the classes."""

    true: int
    answer: int
    times: int


def precisions(confusion: Array) -> Array:
    """(K,): of the answers that name a class, the share that is right; NaN where no answer names it."""
    return _shares(confusion.diagonal(), confusion.sum(0))


def recalls(confusion: Array) -> Array:
    """(K,): of the samples of a class, the share that is recognised; NaN where there are none."""
    return _shares(confusion.diagonal(), confusion.sum(1))


def most_confused(confusion: Array, most: int) -> list[Confused]:
    """The confusions that occur, the commonest first, at most so many."""
    wrong = confusion - np.diag(confusion.diagonal())
    order = np.argsort(-wrong, axis=None, kind="stable")[: min(most, np.count_nonzero(wrong))]
    places = zip(*np.unravel_index(order, wrong.shape), strict=True)
    return [Confused(int(true), int(answer), int(wrong[true, answer])) for true, answer in places]


def _shares(parts: Array, wholes: Array) -> Array:
    return np.where(wholes > 0, parts / np.maximum(wholes, 1), np.nan)
