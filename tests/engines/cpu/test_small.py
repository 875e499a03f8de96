from __future__ import annotations

import numpy as np
import pytest

from glassnet.arrays import aligned_zeros
from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import fit_task
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.small import LANES, SmallTraining
from glassnet.layers import Activation, Dense, Layer
from glassnet.losses import BinaryCrossentropy, MeanSquaredError
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Cosine
from tests.parity.steps import assert_same_gradient, moments, one_step, start, true_gradient

FUNCTIONS = ["linear", "relu", "sigmoid", "tanh"]
LOSSES = [MeanSquaredError(), MeanSquaredError("sum"), BinaryCrossentropy()]


def drawn(number):
    """A small network with its data and batches, by number."""
    random = np.random.default_rng(number)
    inputs, outputs, batch = random.integers(1, 6), int(random.integers(1, 5)), int(random.choice([1, 2, 3, 8]))
    layers: list[Layer] = []
    for _ in range(random.integers(0, 3)):
        layers += [Dense(int(random.integers(1, 9)), use_bias=bool(random.integers(4)))]
        layers += [Activation(str(random.choice(FUNCTIONS)))] * int(random.integers(2))
    loss = LOSSES[number % 3]
    last = "sigmoid" if loss == BinaryCrossentropy() else str(random.choice(FUNCTIONS))
    network = Sequential([*layers, Dense(outputs), Activation(last)], (int(inputs),), seed=number)
    x = random.normal(size=(2 * batch + 1, inputs)).astype(np.float32)
    if number % 2:
        data = Dataset.from_arrays(x, random.uniform(size=(len(x), outputs)), regression=True)
    else:
        count = max(outputs, 2)
        data = Dataset.from_arrays(x, random.integers(0, count, len(x)).tolist(), classes=range(count))
    task = fit_task(network, data, loss, SGD(0.05, schedule=Cosine()), total_steps=100, seed=number)
    return task, Batches(len(x), batch, shuffle=True, seed=number)


@pytest.mark.parametrize("number", range(30))
def test_every_gradient_and_fifty_free_steps(number):
    task, batches = drawn(number)
    single = SmallTraining.of(task)
    assert single is not None
    objectives = []
    for moment in moments(task, batches, 50):
        wanted, objective, sure, unsure = true_gradient(task, moment)
        objectives.append(objective)
        _, _, loss, hits = one_step(_engine(single), task, moment)
        assert_same_gradient(task, moment, single.gradients.copy(), wanted)
        assert abs(loss - objective) <= 1e-5 * max(1, abs(objective))
        assert sure <= hits <= sure + unsure
    vectors, slots = start(task)
    span = Cpu(1).train(task, vectors, slots, 0, *batches.span(0, 50))
    np.testing.assert_allclose(span.losses, objectives, rtol=1e-3, atol=1e-3)


def _engine(training):
    engine = Cpu(1)
    engine._training = training
    return engine


@pytest.mark.parametrize("number", range(12))
def test_sixteen_side_by_side_are_sixteen_one_after_the_other(number):
    task, _ = drawn(number)
    size = task.network.weight_layout.size
    together, alone = SmallTraining.of(task, LANES), SmallTraining.of(task)
    assert together is not None
    assert alone is not None
    orders, firsts = [], []
    for lane in range(LANES):
        batches = Batches(len(task.x), 2, shuffle=True, seed=lane)
        rows, cuts = batches.span(0, 20)
        orders.append(rows)
        firsts.append(np.random.default_rng(lane).normal(scale=0.3, size=size).astype(np.float32))
    weights = aligned_zeros(size * LANES, np.dtype(np.float32))
    weights[:] = np.stack(firsts, 1).reshape(-1)
    losses, hits = np.zeros((20, LANES)), np.zeros((20, LANES), np.int64)
    together.run_lanes(weights, 0, np.stack(orders, 1), cuts, losses, hits)
    for lane in range(LANES):
        own = aligned_zeros(size, np.dtype(np.float32))
        own[:] = firsts[lane]
        own_losses, own_hits = np.zeros(20), np.zeros(20, np.int64)
        alone.run_lanes(own, 0, orders[lane][:, None], cuts, own_losses, own_hits)
        np.testing.assert_allclose(weights.reshape(size, LANES)[:, lane], own, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(losses[:, lane], own_losses, rtol=1e-4, atol=1e-6)
        np.testing.assert_array_equal(hits[:, lane], own_hits)


def test_the_same_bits_however_spans_are_cut():
    task, batches = drawn(4)
    ends = []
    for parts in ([12], [1] * 12, [5, 7]):
        vectors, slots = start(task)
        engine, step, losses = Cpu(3), 0, []
        for count in parts:
            losses += engine.train(task, vectors, slots, step, *batches.span(step, count)).losses.tolist()
            step += count
        ends.append((vectors.weights.tobytes(), losses))
    assert ends[0] == ends[1] == ends[2]
