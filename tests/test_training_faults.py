"""Training that cannot end well, and training on very much."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.splits import rows_held_out
from glassnet.engines import Reference
from glassnet.engines.engine import Task
from glassnet.errors import DataError, DivergedError, ParameterError, ShapeError
from glassnet.layers import Activation, Dense
from glassnet.losses import MeanSquaredError
from glassnet.measuring import measure
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam
from glassnet.preparation import Scale
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import train, training
from tests.small_trainings import one_weight


@pytest.mark.parametrize("optimizer", [SGD(1e10), SGD(1e10, momentum=0.9), Adam(1e10)])
@pytest.mark.parametrize("seconds", [0.0, inf])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_row_43_training_that_runs_away(optimizer, seconds, dtype):
    """The first step throws the weights away, the loss of the second tells: the weights before the first are kept."""
    data = Dataset.from_arrays([[1.0, 2.0], [2.0, -1.0]], [3.0, 1.0], regression=True)
    network = Sequential([Dense(4), Activation("relu"), Dense(1)], (2,), dtype=dtype, seed=1)
    before = network.vectors.weights.copy()
    run = Run.start(network, recipe := Recipe(MeanSquaredError(), optimizer, epochs=50, batch_size=1))
    events = list(training(network, data, recipe, run=run, seconds=seconds))
    assert run.ended == events[-1].ended == "diverged at step 2"
    np.testing.assert_array_equal(network.vectors.weights, before)
    np.testing.assert_array_equal(run.vectors.weights, before)
    assert list(training(network, data, recipe, run=run)) == []  # it is over


def test_row_43_what_was_learnt_before_is_kept():
    """The target changes from 1 to 10¹⁰⁰ at the fifth sample: the weights of the fourth are the last good ones."""
    data = Dataset.from_arrays([[1.0]] * 8, [1.0] * 4 + [1e100] * 4, regression=True)
    network = one_weight()
    recipe = Recipe(MeanSquaredError(), SGD(0.25), epochs=1, batch_size=1, shuffle=False)
    events = list(training(network, data, recipe, seconds=0.0))
    assert events[-1].ended == "diverged at step 5"
    assert network.vectors.weights == pytest.approx([1 - 0.5**3])  # those that step 4 began with, and answered soundly


@pytest.mark.parametrize("last", [False, True])
def test_row_43_what_is_kept_does_not_depend_on_the_clock(last):
    """Wherever spans end, the weights before the last sound step are kept; after the last step no loss tells."""
    targets = [1.0] * 7 + [1e100] if not last else [1.0] * 8
    data = Dataset.from_arrays([[1.0]] * 8, targets, regression=True)
    recipe = Recipe(MeanSquaredError(), SGD(0.25 if not last else 1e300), epochs=1, batch_size=1, shuffle=False)
    kept = set()
    for seconds in (0.0, 1e-5, 1e-4, inf):
        network = one_weight()
        events = list(training(network, data, recipe, seconds=seconds))
        kept.add((events[-1].ended, events[-1].step, network.vectors.weights.tobytes()))
    assert len(kept) == 1


def test_a_run_of_another_network():
    data = Dataset.from_arrays([[1.0]], [1.0], regression=True)
    run = Run.start(Sequential([Dense(4)], (3,)), recipe := Recipe(MeanSquaredError()))
    with pytest.raises(ShapeError, match=r"The run has 16 weights, the network 2\. Give the run of this network"):
        next(training(Sequential([Dense(1)], (1,)), data, recipe, run=run))


def test_held_out_samples_of_another_kind():
    data = Dataset.from_arrays([[1.0], [2.0]], [0, 1])
    others = Dataset.from_arrays([[1.0], [2.0]], ["u", "v"], name="others")
    network = Sequential([Dense(1), Activation("sigmoid")], (1,))
    with pytest.raises(DataError, match=r"others has other classes, or another scale, than data"):
        train(network, data, Recipe(MeanSquaredError()), others)


def test_patience_needs_held_out_samples():
    data = Dataset.from_arrays([[1.0], [2.0]], [0, 1])
    with pytest.raises(ParameterError, match=r"patience needs held-out samples to go by\. Say validation=0\.1"):
        train(Sequential([Dense(1), Activation("sigmoid")], (1,)), data, Recipe(MeanSquaredError(), patience=2))


def test_the_recipes_share_is_held_out():
    data = Dataset.from_arrays(np.arange(20.0)[:, None] / 20, [0, 1] * 10)
    network = Sequential([Dense(1), Activation("sigmoid")], (1,))
    run = train(network, data, Recipe(MeanSquaredError(), epochs=2, batch_size=4, validation=0.2))
    assert len(run.history["validation_loss"]) == 2
    assert run.step == 2 * 4  # 16 samples are left to train on


def test_sample_weights_follow_the_samples_that_are_not_held_out():
    data = Dataset.from_arrays(np.arange(20.0)[:, None] / 20, [0, 1] * 10)
    recipe = Recipe(MeanSquaredError(), epochs=2, batch_size=4, validation=0.2)
    kept, held = rows_held_out(data, 0.2, recipe.seed)
    weights = np.linspace(0.1, 2, 20)
    ours, by_hand = (Sequential([Dense(1), Activation("sigmoid")], (1,)) for _ in range(2))
    list(training(ours, data, recipe, sample_weight=weights))
    list(training(by_hand, data.take(kept), recipe, data.take(held), sample_weight=weights[kept]))
    np.testing.assert_array_equal(ours.vectors.weights, by_hand.vectors.weights)


def test_row_43_an_infinite_first_loss():
    data = Dataset.from_arrays([[1.0]], [1e25], regression=True)  # its square is beyond float32
    network = Sequential([Dense(1)], (1,))
    with pytest.raises(DivergedError, match=r"diverged at step 1\. The network holds the last good weights\. Try a sm"):
        train(network, data, Recipe(MeanSquaredError(), SGD(0.1)))
    assert np.isfinite(network.vectors.weights).all()


def test_row_44_a_number_too_large_for_the_network():
    data = Dataset.from_arrays([[1.0], [1e300]], [1.0, 1.0], regression=True)
    with pytest.raises(DataError, match=r"1e\+300 is too large for float32, which ends at 3\.4e\+38\."):
        train(Sequential([Dense(1)], (1,)), data, Recipe(MeanSquaredError()))


class Broadcast(Reference):
    """An engine that gives the same output for every sample, without room for any."""

    def forward(self, network, vectors, x, depth=None):
        return np.broadcast_to(np.float32(0.1), (len(x), 1))


def test_row_45_measuring_20_million_samples():
    count = 20_000_000
    task = Task(
        network=Sequential([Dense(1)], (1,)),
        depth=1,
        loss=MeanSquaredError(),
        optimizer=SGD(),
        x=np.broadcast_to(np.uint8(1), (count, 1)),
        scale=Scale(),
        t=np.broadcast_to(np.float32(0), (count, 1)),
        answers=np.broadcast_to(np.int64(0), count),
        sample_weight=None,
        total_steps=1,
        seed=0,
    )
    loss, accuracy = measure(task, task.network.vectors, Broadcast(), batch_size=2**18)
    assert loss == pytest.approx(0.01, rel=1e-6)
    assert accuracy == 1
