from __future__ import annotations

import json

import numpy as np

from glassnet.losses import CategoricalCrossentropy, MeanSquaredError
from glassnet.optimizers import SGD, Adam
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import train, training
from tests.small_trainings import RECIPE, blobs, deep, one_weight, ones


def copy_of(run):
    document, tensors = run.to_checkpoint()
    return json.loads(json.dumps(document)), {name: np.array(tensor) for name, tensor in tensors.items()}


def test_going_on_from_any_step_gives_the_same_bits():
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.01), epochs=3, batch_size=8, patience=2)
    network, held = deep(), blobs(9, 2)
    run = Run.start(network, recipe)
    checkpoints = [copy_of(run)]
    checkpoints += [copy_of(run) for _ in training(network, blobs(), recipe, held, run=run, seconds=0.0)]
    assert len(checkpoints) == 13
    for document, tensors in checkpoints:
        again, later = deep(), Run.from_checkpoint(document, tensors)
        for _ in training(again, blobs(), recipe, held, run=later):
            pass
        for one, other in ((network.vectors, again.vectors), (run.vectors, later.vectors)):
            np.testing.assert_array_equal(one.weights, other.weights)
            np.testing.assert_array_equal(one.state, other.state)
        np.testing.assert_array_equal(run.slots, later.slots)
        assert later.history == run.history
        assert (later.ended, later.first_loss, later.best_loss) == (run.ended, run.first_loss, run.best_loss)


def test_a_network_that_goes_on_holds_the_runs_numbers_at_once():
    """Also where the very next step diverges."""
    run = Run.start(one_weight(0.5), recipe := Recipe(MeanSquaredError(), SGD(1e10), epochs=5))
    network = one_weight(9.0)
    for _ in training(network, ones(), recipe, run=run):
        pass
    assert network.vectors.weights.tolist() == [0.5]


def test_to_stop_is_to_leave_the_loop():
    network, run = deep(), Run.start(deep(), RECIPE)
    for event in training(network, blobs(), RECIPE, run=run, seconds=0.0):
        if event.step == 7:
            break
    assert run.step == 7
    np.testing.assert_array_equal(network.vectors.weights, run.vectors.weights)
    for _ in training(network, blobs(), RECIPE, run=run):
        pass
    whole = deep()
    train(whole, blobs(), RECIPE)
    np.testing.assert_array_equal(network.vectors.weights, whole.vectors.weights)
