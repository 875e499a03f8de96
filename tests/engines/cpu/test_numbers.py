from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines import Reference
from glassnet.engines.cpu.engine import Cpu
from glassnet.functions import ACTIVATIONS
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
)
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import training
from tests.parity.random_networks import drawn
from tests.parity.steps import start
from tests.small_trainings import blobs


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    "layers",
    [
        *([Activation(name)] for name in ACTIVATIONS if name != "softmax"),
        [Conv2D(2), Activation("relu")],
        [Conv2D(2), MaxPooling2D()],
        [Conv2D(2), Activation("relu"), MaxPooling2D()],
        [Conv2D(2), MaxPooling2D((1, 2)), Activation("relu")],
        [Conv2D(2, padding="same", stride=2)],
        [MaxPooling2D(2, stride=1)],
        [MaxPooling2D(3)],
        [AveragePooling2D()],
        [BatchNormalization()],
        [Flatten(), Dense(3), Activation("relu")],
        [Flatten(), Dense(3), Activation("softmax")],
    ],
    ids=lambda layers: " ".join(type(layer).__name__ + getattr(layer, "function", "") for layer in layers),
)
def test_what_is_no_number_comes_out_as_in_the_reference(layers, bad):
    network = Sequential(layers, (6, 6, 2), seed=1)
    x = np.random.default_rng(0).normal(size=(3, 6, 6, 2)).astype(np.float32)
    x[1, 2, 3, 0] = bad
    wanted = Reference().forward(network, network.vectors, x)
    got = Cpu(1).forward(network, network.vectors, x)
    np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-5)  # NaN and ±∞ where they stand there


@pytest.mark.parametrize(
    "layers", [[Dense(8), Activation("relu"), Dense(3)], [Dense(4), BatchNormalization(), Dense(3)]]
)
@pytest.mark.parametrize("optimizer", [SGD(1e12), Adam(1e30)])
def test_training_that_runs_away_is_seen(layers, optimizer):
    ends = []
    for engine in (Cpu(1), Reference()):
        network = Sequential([*layers, Activation("softmax")], (2,), seed=3)
        recipe = Recipe(CategoricalCrossentropy(), optimizer, epochs=5, batch_size=8)
        run = Run.start(network, recipe)
        for _ in training(network, blobs(), recipe, engine=engine, run=run):
            pass
        ends.append(run.ended)
        assert np.isfinite(network.vectors.weights).all()
    assert ends[0] == ends[1]
    assert ends[0].startswith("diverged")


def test_weights_that_are_no_numbers_give_a_loss_that_is_none():
    for number in range(6):
        task, batches = drawn(number)
        vectors, slots = start(task)
        vectors.weights[:] = np.nan
        assert np.isnan(Cpu(1).train(task, vectors, slots, 0, *batches.span(0, 2)).losses).all()
