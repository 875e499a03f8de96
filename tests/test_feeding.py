from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import replace

import numpy as np
import pytest

from glassnet import feeding
from glassnet.augmentation import Augmentation, Rotate, Shift
from glassnet.data import Dataset
from glassnet.engines import Cpu, Reference
from glassnet.errors import DataError
from glassnet.layers import Activation, Dense, Flatten
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import train, training

CHANGES = Augmentation((Shift(0.3), Rotate()))
RECIPE = Recipe(
    CategoricalCrossentropy(),
    SGD(0.1),
    epochs=3,
    batch_size=4,
    seed=5,
    augmentation=CHANGES,
)


def pictures(count=22):
    random = np.random.default_rng(0)
    x = random.integers(0, 256, (count, 6, 6, 1)).astype(np.uint8)
    return Dataset.from_arrays(x, [k % 2 for k in range(count)])


def network():
    return Sequential([Flatten(), Dense(8), Activation("relu"), Dense(2), Activation("softmax")], (6, 6, 1), seed=1)


def learnt(recipe=RECIPE, **more):
    net = network()
    for _ in training(net, pictures(), recipe, **more):
        pass
    return net.vectors.fingerprint


@pytest.fixture
def small_blocks(monkeypatch):
    """Two batches a block: six of an epoch's batches are three blocks."""
    monkeypatch.setattr(feeding, "BLOCK_BYTES", 2 * 4 * 36)


class Watching(Reference):
    """The reference, with all batches that it was given."""

    def __init__(self):
        self.batches, self.targets, self.spans = {}, {}, []

    def train(self, task, vectors, slots, step, rows, cuts):
        for k in range(len(cuts) - 1):
            part = rows[cuts[k] : cuts[k + 1]]
            self.batches[step + k], self.targets[step + k] = task.x[part].copy(), task.t[part].copy()
        self.spans.append((step, len(cuts) - 1))
        return super().train(task, vectors, slots, step, rows, cuts)


def watched(recipe=RECIPE, **more):
    engine = Watching()
    for _ in training(network(), pictures(), recipe, engine=engine, **more):
        pass
    return engine


def test_each_batch_holds_the_changed_pictures_of_its_samples_and_their_labels(small_blocks):
    data, engine = pictures(), watched(seconds=1e9)
    plain = watched(replace(RECIPE, augmentation=None))
    assert sorted(engine.batches) == list(range(18))
    for step in range(18):
        rows = [int((data.x == picture).all((1, 2, 3)).argmax()) for picture in plain.batches[step]]
        expected = CHANGES(data.x[rows], np.array(rows), step // 6, RECIPE.seed)
        assert (engine.batches[step] == expected).all()
        assert (engine.targets[step] == data.y[rows]).all()


@pytest.mark.parametrize("block", [1, 150, 300, 2**24])
@pytest.mark.parametrize("seconds", [1e-9, 1e9])
def test_the_same_bits_for_every_length_of_blocks_and_spans(monkeypatch, block, seconds):
    expected = learnt()
    monkeypatch.setattr(feeding, "BLOCK_BYTES", block)
    assert learnt(seconds=seconds) == expected


@pytest.mark.parametrize("recipe", [RECIPE, replace(RECIPE, augmentation=None)])
def test_little_memory_makes_spans_short_and_changes_no_bit(monkeypatch, recipe):
    expected = learnt(recipe)
    assert max(count for _, count in watched(recipe, seconds=1e9).spans) > 2
    monkeypatch.setattr(feeding, "at_once", lambda x: 11)
    assert learnt(recipe) == expected
    assert max(count for _, count in watched(recipe, seconds=1e9).spans) == 2


def test_the_same_bits_on_one_thread_and_on_three():
    assert learnt(engine=Cpu(1)) == learnt(engine=Cpu(3))


@pytest.mark.parametrize("stop", [1, 4, 6, 11])
def test_the_same_bits_after_a_stop(small_blocks, stop):
    net = network()
    run = Run.start(net, RECIPE)
    for _ in training(net, pictures(), RECIPE, run=run, until=stop):
        pass
    assert run.step == stop
    again = network()
    going_on = Run.from_checkpoint(*run.to_checkpoint())
    for _ in training(again, pictures(), RECIPE, run=going_on):
        pass
    assert again.vectors.fingerprint == learnt()


def test_a_training_that_runs_away_goes_back_to_the_same_weights_however_blocks_lie(monkeypatch):
    wild = replace(RECIPE, optimizer=SGD(1e9), epochs=5)
    ends = set()
    for block in (1, 2**24):
        monkeypatch.setattr(feeding, "BLOCK_BYTES", block)
        net = network()
        run = Run.start(net, wild)
        for _ in training(net, pictures(), wild, run=run):
            pass
        assert run.ended.startswith("diverged")
        ends.add((run.ended, net.vectors.fingerprint))
    assert len(ends) == 1


def test_held_out_samples_are_measured_as_they_are(monkeypatch):
    changed = []

    def watched_call(self, x, rows, epoch, seed):
        changed.append(len(x))
        return x

    monkeypatch.setattr(Augmentation, "__call__", watched_call)
    train(network(), pictures(), replace(RECIPE, epochs=1), pictures(10))
    assert changed == [22]


def test_weights_of_samples_go_with_them(small_blocks):
    only_first = np.arange(22) < 11
    data = pictures()
    net = network()
    for _ in training(net, data, RECIPE, sample_weight=only_first.astype(float), engine=Reference()):
        pass
    alike = network()
    for _ in training(alike, data, RECIPE, sample_weight=only_first.astype(float), engine=Reference(), seconds=1e-9):
        pass
    assert net.vectors.fingerprint == alike.vectors.fingerprint != learnt(engine=Reference())


def test_samples_that_are_no_pictures_are_refused_before_the_first_step():
    table = Dataset.from_arrays(np.zeros((4, 3)), [0, 1, 0, 1])
    net = Sequential([Dense(2), Activation("softmax")], (3,), seed=0)
    with pytest.raises(DataError, match=r"Augmentation is for pictures, .* Got \(4, 3\) of float64"):
        next(training(net, table, RECIPE))


def test_a_consumer_that_leaves_ends_the_thread():
    events = training(network(), pictures(), RECIPE, seconds=1e-9)
    assert isinstance(events, Generator)
    next(events)
    assert [thread for thread in threading.enumerate() if thread.name.startswith("augmentation")]
    events.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("augmentation")]
