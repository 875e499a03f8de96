from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import Reference, fit_task
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.single import SingleTraining
from glassnet.layers import Activation, Dense, Flatten
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam, Cosine
from glassnet.preparation import Preparation, Scale
from glassnet.recipe import Recipe
from glassnet.training import training
from tests.parity.steps import start

COUNT, CLASSES = 40, 7
ENDS = {
    Perceptron(): "relu",
    CategoricalCrossentropy(): "softmax",
    BinaryCrossentropy(): "sigmoid",
    MeanSquaredError(): "",
    MeanSquaredError("sum"): "",
}


def task_of(loss=Perceptron(), pixels=False, use_bias=True, optimizer=SGD(0.1, schedule=Cosine()), batch_size=1):
    random = np.random.default_rng(3)
    x = random.integers(0, 256, (COUNT, 9, 8)) * (random.random((COUNT, 9, 8)) < 0.3)
    scale = Scale(1 / 255, -7.0) if pixels else Scale()
    x = x.astype(np.uint8) if pixels else (x / 255).astype(np.float32)
    labels = random.integers(0, CLASSES, COUNT).tolist()
    data = Dataset.from_arrays(x, labels, classes=range(CLASSES), preparation=Preparation(scale=scale))
    last = [Activation(ENDS[loss])] if ENDS[loss] else []
    layers = [Flatten(), Dense(CLASSES, use_bias=use_bias), *last]
    network = Sequential(layers, (9, 8), seed=2)
    weight = random.uniform(0.5, 2, COUNT) if use_bias else None
    return fit_task(
        network, data, loss, optimizer, total_steps=200, seed=1, sample_weight=weight, batch_size=batch_size
    )


def steps_of(engine, task, parts):
    batches = Batches(COUNT, 1, shuffle=True, seed=4)
    vectors, slots = start(task)
    spans, step = [], 0
    for count in parts:
        spans.append(engine.train(task, vectors, slots, step, *batches.span(step, count)))
        step += count
    losses, hits = [one.losses for one in spans], [one.hits for one in spans]
    return vectors.weights, np.concatenate(losses), np.concatenate(hits)


@pytest.mark.parametrize("loss", ENDS)
@pytest.mark.parametrize("pixels", [False, True], ids=["numbers", "pixels"])
@pytest.mark.parametrize("use_bias", [False, True], ids=["plain", "biased"])
def test_it_does_what_the_reference_does(loss, pixels, use_bias):
    task = task_of(loss, pixels, use_bias)
    assert SingleTraining.of(task) is not None
    for parts in ([1], [60]):
        weights, losses, hits = steps_of(Cpu(2), task, parts)
        wanted, wanted_losses, wanted_hits = steps_of(Reference(), task, parts)
        np.testing.assert_allclose(weights, wanted, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(losses, wanted_losses, rtol=1e-3, atol=1e-4)
        np.testing.assert_array_equal(hits, wanted_hits)


def test_the_same_bits_again_and_however_spans_are_cut():
    ends = [steps_of(Cpu(2), task_of(), parts) for parts in ([60], [60], [1] * 60, [7, 40, 13])]
    for weights, losses, hits in ends[1:]:
        assert weights.tobytes() == ends[0][0].tobytes()
        assert losses.tobytes() == ends[0][1].tobytes()
        assert hits.tobytes() == ends[0][2].tobytes()


@pytest.mark.parametrize(
    "task",
    [
        task_of(batch_size=2),
        task_of(batch_size=None),
        task_of(optimizer=Adam()),
        task_of(optimizer=SGD(momentum=0.5)),
        task_of(optimizer=SGD(weight_decay=0.1)),
        task_of(optimizer=SGD(clip_norm=1.0)),
    ],
)
def test_anything_else_takes_the_tape(task):
    assert SingleTraining.of(task) is None


def test_two_dense_layers_take_the_tape():
    task = task_of()
    network = Sequential([Flatten(), Dense(30), Dense(CLASSES), Activation("relu")], (9, 8))
    assert SingleTraining.of(replace(task, network=network, depth=3)) is None


def test_training_says_how_large_its_batches_are():
    task = task_of()
    data = Dataset("some", task.x, task.t, tuple(range(CLASSES)))
    engine = Cpu(1)
    list(training(task.network, data, Recipe(Perceptron(), SGD(1.0), epochs=2, batch_size=1), engine=engine))
    assert isinstance(engine._training, SingleTraining)
