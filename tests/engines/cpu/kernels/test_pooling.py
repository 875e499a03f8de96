from __future__ import annotations

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import fit_task
from glassnet.layers import Activation, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D
from glassnet.losses import MeanSquaredError
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from tests.engines.cpu.calling import call
from tests.parity.steps import assert_parity


def test_the_largest_of_each_window_and_of_equals_the_first():
    x = np.array([[1, 3], [3, 3]], np.float32)
    y, which = np.zeros(1, np.float32), np.zeros(1, np.uint8)
    call("pooling.max_forward", x, y, which, 2, 2, 1, 1, 1, 2, 2, 2, 2, hi=1)
    assert (y[0], which[0]) == (3, 1)
    dx, dy = np.ones_like(x), np.array([5], np.float32)
    call("pooling.max_backward", dx, dy, which, 2, 2, 1, 1, 1, 2, 2, 2, 2, hi=1)
    assert dx.tolist() == [[0, 5], [0, 0]]


@pytest.mark.parametrize("place", range(4))
def test_no_number_anywhere_in_a_window_comes_out_as_none(place):
    x = np.arange(4, dtype=np.float32)
    x[place] = np.nan
    y, which = np.zeros(1, np.float32), np.zeros(1, np.uint8)
    call("pooling.max_forward", x, y, which, 2, 2, 1, 1, 1, 2, 2, 2, 2, hi=1)
    assert np.isnan(y[0])


@pytest.mark.parametrize("pooling", [MaxPooling2D(), MaxPooling2D((2, 3)), MaxPooling2D(3, stride=1)])
@pytest.mark.parametrize("relu", ["none", "before", "after"])
@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_ties_go_to_the_first_in_a_convolution_too(pooling, relu, first):
    # small whole numbers are exact in float32, so windows are full of ties, and of sums that are exactly 0
    random = np.random.default_rng(3)
    between = [Activation("relu")] * (relu == "before") + [pooling] + [Activation("relu")] * (relu == "after")
    ahead = [] if first else [Conv2D(3, 1)]
    network = Sequential([*ahead, Conv2D(4, 2), *between, Flatten(), Dense(2)], (7, 7, 2))
    shapes = {name: view.shape for name, view in network.weights().items()}
    network.set_weights({name: random.choice([-1, 1], shape) for name, shape in shapes.items()})
    data = Dataset.from_arrays(random.integers(0, 2, (12, 7, 7, 2)), random.integers(0, 9, (12, 2)), regression=True)
    task = fit_task(network, data, MeanSquaredError(), SGD(1e-12), total_steps=9, seed=0)
    assert_parity(task, Batches(12, 5, shuffle=False, seed=0), steps=3)


def test_batch_normalisation_before_pooling_and_after():
    random = np.random.default_rng(4)
    layers = [BatchNormalization(), MaxPooling2D(2, stride=1), BatchNormalization(), Flatten(), Dense(2)]
    network = Sequential(layers, (4, 4, 2))
    data = Dataset.from_arrays(random.normal(size=(16, 4, 4, 2)), random.normal(size=(16, 2)), regression=True)
    task = fit_task(network, data, MeanSquaredError(), SGD(0.1), total_steps=9, seed=0)
    assert_parity(task, Batches(16, 8, shuffle=False, seed=0), steps=6)
