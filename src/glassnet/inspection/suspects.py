"""Samples whose label is likely to be wrong, by what networks say that have not learnt from them.

Source: C. Northcutt, L. Jiang, I. Chuang, "Confident learning: estimating uncertainty in dataset labels", Journal of
Artificial Intelligence Research 2021, section 3.1 (the confident joint) and 3.2 (pruning by its off-diagonal).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.labels import Label
from glassnet.engines import choose_engine, predict
from glassnet.errors import DataError
from glassnet.inspection.twins import shrink
from glassnet.layers import Activation, Conv2D, Dense, Dropout, Flatten, Layer, MaxPooling2D
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import Adam, OneCycle
from glassnet.preparation import Preparation, Scale
from glassnet.randomness import Purpose, permutations
from glassnet.recipe import Recipe
from glassnet.training import training

FOLDS = 3
LEAST = 50  # samples; of fewer, a network that has not seen a third knows too little to doubt
BATCH = 64
LEAST_EPOCHS, MOST_EPOCHS, STEPS = 2, 40, 2000  # of each network: as many epochs as make so many steps, within these
LARGEST = 28  # the side of the pictures that the networks see
LARGE = 16  # the side from which on a convolution is worth its time

Progress = Callable[[float], None]


class Suspect(NamedTuple):
    """A sample, by its number, its label, a likelier one, and how likely the networks find each."""

    number: int
    label: Label
    likelier: Label
    confidence: float
    likelier_confidence: float


def suspects(data: Dataset, seed: int = 0, progress: Progress = lambda share: None) -> list[Suspect]:
    """The samples that networks, quickly trained on others, take for another class; the most doubtful first.

    `progress` is called with the share of the work that is done.

    Raises
    ------
    DataError where the targets are numbers, there is one class alone, or fewer than LEAST samples.
    """
    if data.classes is None or len(np.unique(data.y)) < 2 or len(data) < LEAST:
        raise DataError(f"{data.name}: labels are checked where there are {LEAST} samples or more, of two classes.")
    likely = out_of_fold(data, seed, progress)
    rows = np.arange(len(data))
    other = doubtful(likely, data.y)
    found = np.flatnonzero(other != data.y)
    margins = likely[rows, other] - likely[rows, data.y]
    return [
        Suspect(
            int(row),
            data.classes[data.y[row]],
            data.classes[other[row]],
            float(likely[row, data.y[row]]),
            float(likely[row, other[row]]),
        )
        for row in found[np.argsort(-margins[found], kind="stable")]
    ]


def doubtful(likely: Array, y: Array) -> Array:
    """(N,): the class that each sample is confidently taken for; its own where it is taken for none or for its own.

    A class is confidently seen where its probability is at least what samples with that label have on average.

    Parameters
    ----------
    likely : (N, K) probabilities from networks that have not learnt from the sample.   y : (N,) labels as indices.
    """
    counts = np.bincount(y, minlength=likely.shape[1])
    own = np.bincount(y, likely[np.arange(len(y)), y], minlength=likely.shape[1])
    thresholds = np.where(counts > 0, own / np.maximum(counts, 1), np.inf)
    seen = np.where(likely >= thresholds, likely, -1)
    return np.where(seen.max(1) > 0, seen.argmax(1), y)


def out_of_fold(data: Dataset, seed: int, progress: Progress) -> Array:
    """(N, K) probabilities of each sample's classes, from a network that learnt from the other folds alone."""
    assert data.classes is not None  # of which `likely` has a column each
    small, engine = _small(data), choose_engine()
    epochs = int(np.clip(STEPS * BATCH / len(data), LEAST_EPOCHS, MOST_EPOCHS))
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.003, schedule=OneCycle()), epochs, BATCH, seed=seed)
    likely = np.zeros((len(data), len(data.classes)))
    fold = _folds(data.y, seed)
    for k in range(FOLDS):
        network = Sequential(_layers(small), small.sample_shape, seed=seed + k)
        learnt = small.take(np.flatnonzero(fold != k))
        for event in training(network, learnt, recipe, engine=engine, by_epoch=True):
            progress((k + event.step / event.total_steps) / FOLDS)
        held = np.flatnonzero(fold == k)
        likely[held] = predict(network, small.x[held], small.preparation.scale, engine=engine)
    return likely


def _folds(y: Array, seed: int) -> Array:
    """(N,): which fold each sample is in; the samples of each class are dealt to all in turn, in random order."""
    order = permutations(seed, Purpose.SPLIT, np.zeros(1, np.int64), len(y))[0]
    order = order[np.argsort(y[order], kind="stable")]
    fold = np.empty(len(y), np.int64)
    fold[order] = np.arange(len(y)) % FOLDS
    return fold


def _small(data: Dataset) -> Dataset:
    """The data as they are, but large pictures small and grey."""
    if len(data.sample_shape) != 3 or max(data.sample_shape[:2]) <= LARGEST:
        return data
    x = np.rint(shrink(data.x, LARGEST))[..., None].astype(np.uint8 if data.x.dtype == np.uint8 else np.float32)
    scale = data.preparation.scale if isinstance(data.preparation.scale.factor, float) else Scale(1 / 255)
    return Dataset(data.name, x, data.y, data.classes, Preparation((), scale))


def _layers(data: Dataset) -> list[Layer]:
    """A network that learns most of what there is to learn in a few epochs."""
    assert data.classes is not None
    relu = Activation("relu")
    layers: list[Layer] = [Dense(64), relu]
    if len(data.sample_shape) > 1:
        layers = [Flatten(), Dense(128), relu, Dropout(0.3)]
    if len(data.sample_shape) == 3 and min(data.sample_shape[:2]) >= LARGE:
        layers = [Conv2D(16), relu, MaxPooling2D(), Conv2D(32), relu, MaxPooling2D(), *layers]
    return [*layers, Dense(len(data.classes)), Activation("softmax")]
