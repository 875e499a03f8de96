"""Small data and networks, to train in no time."""

from __future__ import annotations

import numpy as np

from glassnet.data import Dataset
from glassnet.layers import Activation, BatchNormalization, Dense, Dropout
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import Adam, Cosine
from glassnet.recipe import Recipe

RECIPE = Recipe(CategoricalCrossentropy(), Adam(0.01, schedule=Cosine()), epochs=5, batch_size=8, seed=6)


def blobs(count=30, seed=1):
    """Three heaps of points that hardly touch."""
    random = np.random.default_rng(seed)
    y = random.integers(0, 3, count)
    x = random.normal(size=(count, 2)) / 2 + np.array([[0, 3], [3, 0], [-3, -3]])[y]
    return Dataset.from_arrays(x, y.tolist(), classes=(0, 1, 2), name="blobs")


def deep():
    layers = [Dense(6), BatchNormalization(), Activation("relu"), Dropout(0.2), Dense(3), Activation("softmax")]
    return Sequential(layers, (2,), seed=3)


def one_weight(start=0.0):
    """ŷ = w·x, and x = y = 1: the loss is (w − 1)²."""
    network = Sequential([Dense(1, use_bias=False)], (1,), dtype="float64")
    network.set_weights({"dense_1.W": [[start]]})
    return network


def ones(target=1.0):
    return Dataset.from_arrays([[1.0]], [target], regression=True)
