from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import Reference, fit_task, predict
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.sizes import TOGETHER
from glassnet.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
)
from glassnet.losses import CategoricalCrossentropy, MeanSquaredError
from glassnet.losses.categorical_crossentropy import one_hot
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from tests.parity.random_networks import drawn
from tests.parity.steps import assert_parity, start

END = [Flatten(), Dense(3), Activation("softmax")]


class Doubled(Activation):
    def forward(self, p, s, x, context):
        y, saved = super().forward(p, s, x, context)
        return 2 * y, saved


class Wide(Dense):
    pass


@dataclass(frozen=True)
class HalvedError(MeanSquaredError):
    def each(self, y, t):
        losses, dy = super().each(y, t)
        return losses / 2, dy / 2


@dataclass(frozen=True)
class Backwards(SGD):
    def update(self, w, g, slots, rate, step):
        return super().update(w, -g, slots, rate, step)


def task_of(layers, shape, loss=None, optimizer=None, dtype="float32", count=20):
    random = np.random.default_rng(5)
    network = Sequential(layers, shape, seed=4, dtype=dtype)
    x, labels = random.normal(size=(count, *shape)).astype(dtype), random.integers(0, 3, count).tolist()
    data = Dataset.from_arrays(x, labels, classes=range(3))
    return fit_task(network, data, loss or CategoricalCrossentropy(), optimizer or SGD(), total_steps=20, seed=9)


def spread_over(task):
    return replace(task, t=one_hot(task.t, 3, np.zeros(0, np.float32)))


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (task_of(END, (4,), dtype="float64"), "it computes in float32, and the network is in float64"),
        (task_of([Doubled("relu"), *END], (4,)), "it has no kernel for doubled_1"),
        (task_of([Dense(3), Doubled("relu"), *END], (4,)), "it has no kernel for doubled_1"),
        (task_of([Wide(5), *END], (4,)), "it has no kernel for wide_1"),
        (task_of([MaxPooling2D((17, 16)), *END], (17, 16, 1)), "it has no kernel for max_pooling2d_1"),
        (task_of([Conv2D(2, 1), MaxPooling2D((17, 16)), *END], (17, 16, 1)), "it has no kernel for max_pooling2d_1"),
        (task_of(END, (4,), HalvedError()), "it has no kernel for the loss HalvedError"),
        (spread_over(task_of(END, (4,))), "it has no kernel for the loss CategoricalCrossentropy"),
        (task_of(END, (4,), optimizer=Backwards()), "it has no kernel for the optimizer Backwards"),
    ],
    ids=["float64", "activation", "fused", "dense", "pooling", "fused pooling", "loss", "distribution", "optimizer"],
)
def test_what_has_no_kernel_runs_wholly_on_the_reference(task, reason):
    assert Cpu().why_not(task) == reason
    ends = []
    for engine in (Cpu(2), Reference()):
        vectors, slots = start(task)
        span = engine.train(task, vectors, slots, 0, *Batches(20, 6, shuffle=True, seed=1).span(0, 9))
        outputs = engine.forward(task.network, vectors, task.x)
        ends.append([array.tobytes() for array in (vectors.weights, slots, span.losses, span.hits, outputs)])
    assert ends[0][:4] == ends[1][:4]
    if "layer" in reason or "float32" in reason:  # else prediction has its kernels
        assert ends[0] == ends[1]


def test_a_pooling_window_of_256_places_still_fits():
    task = task_of([MaxPooling2D(16, stride=1), *END], (17, 18, 2))
    assert Cpu().why_not(task) == ""
    assert_parity(task, Batches(20, 6, shuffle=True, seed=1), steps=3)
    assert_parity(task_of([Conv2D(3, 2), MaxPooling2D(16), *END], (33, 17, 2)), Batches(20, 6, shuffle=True, seed=1), 3)


def test_a_batch_of_thousands():
    layers = [Conv2D(3, 3), Activation("relu"), MaxPooling2D(), BatchNormalization(), Dropout(0.2), *END]
    task = task_of(layers, (8, 8, 1), count=5001)
    assert_parity(task, Batches(5001, 5001, shuffle=True, seed=1), steps=1)


def test_predictions_after_every_layer_are_the_references():
    for number in range(12):
        task, _ = drawn(number)
        network, x = task.network, task.scale(task.x, np.float32)
        network.vectors.state[:] = np.abs(network.vectors.state) + 0.5
        engine = Cpu(1)
        for depth in range(1, len(network.layers) + 1):
            got = engine.forward(network, network.vectors, x, depth)
            wanted = Reference().forward(network, network.vectors, x, depth)
            np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-5)


def test_no_samples_give_no_outputs():
    task = task_of([Conv2D(2), MaxPooling2D(), BatchNormalization(), *END], (6, 6, 1))
    outputs = Cpu(2).forward(task.network, task.network.vectors, np.zeros((0, 6, 6, 1), np.float32))
    assert outputs.shape == (0, 3)


def test_fewer_samples_and_more_after_each_other():
    task = task_of([Conv2D(2), Dropout(0.5), *END], (6, 6, 1), count=40)
    engine, network = Cpu(1), task.network
    for count in (3, 40, 1, 17):
        got = engine.forward(network, network.vectors, task.x[:count])
        np.testing.assert_allclose(got, Reference().forward(network, network.vectors, task.x[:count]), atol=1e-6)


def test_an_output_has_the_same_bits_among_however_many_on_however_many_threads():
    layers = [Conv2D(32, 3), Activation("relu"), MaxPooling2D(), Flatten(), Dense(40), Activation("relu"), *END]
    task = task_of(layers, (12, 12, 1), count=3 * TOGETHER + 7)
    network, x = task.network, task.x
    wanted = np.concatenate([Cpu(1).forward(network, network.vectors, one[None]) for one in x])
    np.testing.assert_allclose(wanted, Reference().forward(network, network.vectors, x), atol=1e-6)
    for threads in (1, 2, 3):
        engine = Cpu(threads)
        for count in (len(x), TOGETHER + 1, TOGETHER, 5):
            assert engine.forward(network, network.vectors, x[:count]).tobytes() == wanted[:count].tobytes()
            assert predict(network, x[:count], engine=engine, batch_size=100).tobytes() == wanted[:count].tobytes()


def test_threads_predict_while_another_one_trains():
    tasks = [drawn(number)[0] for number in (1, 2, 4)]
    engine, stop, wrong = Cpu(2), threading.Event(), []

    def answer(task):
        network, x = task.network, task.scale(task.x, np.float32)
        vectors = network.vectors.copy()
        wanted = Reference().forward(network, vectors, x)
        while not stop.is_set():
            for count in (len(x), 1, len(x) // 2):
                got = engine.forward(network, vectors, x[:count])
                wrong.extend([] if np.allclose(got, wanted[:count], atol=1e-5) else [got])

    asking = [threading.Thread(target=answer, args=(task,)) for task in tasks]
    for thread in asking:
        thread.start()
    try:
        task, batches = drawn(5)
        ends = []
        for _ in range(5):
            vectors, slots = start(task)
            engine.train(task, vectors, slots, 0, *batches.span(0, 40))
            ends.append(vectors.weights.tobytes())
    finally:
        stop.set()
        for thread in asking:
            thread.join()
    assert not wrong
    assert len(set(ends)) == 1
