"""What a network has to beat: the answer of the training sample that is most like the one in question."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.splits import at_most
from glassnet.evaluation.interval import wilson_interval

MOST_TRAINING, MOST_TEST = 10_000, 2_000  # samples: a second of work for pictures of 28×28
MOST_NUMBERS = 2**26  # that the training samples may have together: larger pictures are fewer


@dataclass(frozen=True)
class Nearest:
    """What the nearest neighbour reaches.

    accuracy : share of right answers; [low, high] is its 95% interval.
    training, test : how many samples were compared, drawn at random where there are more.
    """

    accuracy: float
    low: float
    high: float
    training: int
    test: int


def nearest_neighbour(train: Dataset, test: Dataset, seed: int = 0) -> Nearest | None:
    """How often the class of the nearest training sample is right, by the distance between the numbers that a first
    layer would see; None where the targets are numbers, or where the test samples are those of the training.

    Parameters
    ----------
    train, test : of the same classes, as load_data gives them.   seed : what samples are drawn from, of too many.
    """
    if train.classes is None or test is train:
        return None
    from sklearn.neighbors import KNeighborsClassifier

    most = min(MOST_TRAINING, max(1, MOST_NUMBERS // prod(train.sample_shape)))
    known, asked = at_most(most, train, seed), at_most(MOST_TEST, test, seed)
    model = KNeighborsClassifier(1, algorithm="brute").fit(_flat(known), known.y)
    hits = int((model.predict(_flat(asked)) == asked.y).sum())
    return Nearest(hits / len(asked), *wilson_interval(hits, len(asked)), len(known), len(asked))


def _flat(data: Dataset) -> Array:
    return data.preparation.scale(data.x, np.float32).reshape(len(data), -1)
