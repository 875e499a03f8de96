from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.augmentation import Augmentation, Shift
from glassnet.data import load_data
from glassnet.engines import Reference
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.small import LANES
from glassnet.layers import Activation, Dense
from glassnet.losses import BinaryCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam, Cosine
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.side_by_side import SideBySide
from glassnet.training import training

DATA = load_data("xor", 0).train
RECIPE = Recipe(BinaryCrossentropy(), SGD(0.3, schedule=Cosine()), epochs=30, batch_size=3)


def network(seed=0, hidden=3):
    layers = [Dense(hidden), Activation("relu"), Dense(1), Activation("sigmoid")]
    return Sequential(layers, (2,), seed=seed)


def together(seeds, recipe=RECIPE, hidden=3):
    """The networks of these seeds after a training side by side, how each ended, and its losses."""
    trainer = SideBySide.of(network(hidden=hidden), DATA, recipe, Cpu(1))
    assert trainer is not None
    networks = [network(seed, hidden) for seed in seeds]
    endings = trainer.train(networks, [replace(recipe, seed=seed) for seed in seeds])
    return networks, endings, trainer.losses.T


def alone(seed, recipe=RECIPE):
    own, run = network(seed), Run.start(network(seed), recipe)
    events = training(own, DATA, replace(recipe, seed=seed), engine=Cpu(1), run=run)
    losses = np.concatenate([event.losses for event in events])
    return own, run, losses


def test_it_is_the_training_of_each_by_itself():
    networks, endings, all_losses = together(range(LANES))
    for seed, (network, ending) in enumerate(zip(networks, endings, strict=True)):
        own, run, losses = alone(seed)
        np.testing.assert_allclose(network.vectors.weights, own.vectors.weights, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(all_losses[seed], losses, rtol=1e-4, atol=1e-6)
        assert (ending.step, ending.ended) == (run.step, run.ended) == (60, "all epochs done")


@pytest.mark.parametrize("hidden", [1, 2, 3, 5, 8, 31])
def test_the_same_bits_in_every_lane_and_beside_any_others(hidden):
    wanted = together([7], hidden=hidden)
    for seeds in ([7, 1], [*range(1, 8)], [*range(8)], [*range(LANES - 8), *range(8)], [7] * LANES):
        networks, _, losses = together(seeds, hidden=hidden)
        for lane in (k for k, seed in enumerate(seeds) if seed == 7):
            assert networks[lane].vectors.weights.tobytes() == wanted[0][0].vectors.weights.tobytes()
            assert losses[lane].tobytes() == wanted[2][0].tobytes()


def test_what_was_trained_before_leaves_no_trace():
    trainer = SideBySide.of(network(), DATA, RECIPE, Cpu(1))
    assert trainer is not None
    ends = []
    for seeds in (range(LANES), [3], range(2, 6), [3]):
        networks = [network(seed) for seed in seeds]
        trainer.train(networks, [replace(RECIPE, seed=seed) for seed in seeds])
        ends += [one.vectors.weights.tobytes() for one, seed in zip(networks, seeds, strict=True) if seed == 3]
    assert len(set(ends)) == 1
    assert len(ends) == 4


@pytest.mark.parametrize(("rate", "epochs"), [(1e4, 30), (1e8, 30), (1e30, 30), (1e39, 1)])
def test_those_that_run_away_keep_their_last_good_weights_and_harm_no_others(rate, epochs):
    """With a single epoch of one batch no loss tells of the last weights any more."""
    wild = replace(RECIPE, optimizer=SGD(rate), epochs=epochs, batch_size=3 if epochs > 1 else 4)
    networks, endings, _ = together(range(LANES), wild)
    kinds = set()
    for seed, (network, ending) in enumerate(zip(networks, endings, strict=True)):
        own, run, _ = alone(seed, wild)
        assert (ending.step, ending.ended) == (run.step, run.ended)
        np.testing.assert_allclose(network.vectors.weights, own.vectors.weights, rtol=1e-3)
        kinds.add(ending.ended)
    assert any(ended.startswith("diverged") for ended in kinds)


@pytest.mark.parametrize(
    "recipe",
    [
        replace(RECIPE, optimizer=Adam()),
        replace(RECIPE, validation=0.3),
        replace(RECIPE, patience=3),
        replace(RECIPE, augmentation=Augmentation((Shift(0.1),))),
        replace(RECIPE, epochs=100_000),
    ],
    ids=["optimizer", "validation", "patience", "augmentation", "long"],
)
def test_other_trainings_go_by_themselves(recipe):
    assert SideBySide.of(network(), DATA, recipe, Cpu(1)) is None


def test_large_networks_and_the_reference_go_by_themselves():
    assert SideBySide.of(network(hidden=200), DATA, RECIPE, Cpu(1)) is None
    assert SideBySide.of(network(), DATA, RECIPE, Reference()) is None
