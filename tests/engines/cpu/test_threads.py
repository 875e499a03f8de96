from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines.cpu import running
from glassnet.engines.cpu.engine import Cpu
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential
from tests.parity.random_networks import drawn
from tests.parity.steps import start

STEPS = 11


@pytest.fixture
def used(monkeypatch):
    """Every thread is put to work, worth it or not; the numbers that were."""
    numbers, run_steps = [], running.run_steps

    def spy(*arguments):
        numbers.append(arguments[-1])
        run_steps(*arguments)

    monkeypatch.setattr(running, "run_steps", spy)
    monkeypatch.setattr(running, "WORTH", -1)
    monkeypatch.setattr(running.Pace, "next", lambda self: (0, running.PIECE))
    return numbers


def bits(engine, number, parts=(STEPS,)):
    """All that comes of the first steps of a random network, as bytes; `parts` says how spans are cut."""
    task, batches = drawn(number)
    vectors, slots = start(task)
    told, step = [], 0
    for count in parts:
        span = engine.train(task, vectors, slots, step, *batches.span(step, count))
        told.append((span.losses, span.hits))
        step += count
    losses, hits = (np.concatenate(column) for column in zip(*told, strict=True))
    return [array.tobytes() for array in (vectors.weights, vectors.state, slots, losses, hits)]


@pytest.mark.parametrize("number", range(24))
def test_the_same_bits_for_every_number_of_threads(used, number):
    one = bits(Cpu(1), number)
    assert bits(Cpu(2), number) == one
    assert bits(Cpu(3), number) == one
    assert set(used) == {1, 2, 3}


@pytest.mark.parametrize("threads", [5, 8, 100])
def test_more_threads_than_cores_and_than_chunks(used, threads):
    assert bits(Cpu(threads), 5) == bits(Cpu(1), 5)


@pytest.mark.parametrize("number", range(8))
def test_the_same_bits_again_and_however_spans_are_cut(used, number):
    whole = bits(Cpu(2), number)
    assert bits(Cpu(2), number) == whole
    assert bits(Cpu(2), number, [1] * STEPS) == whole
    assert bits(Cpu(1), number, (4, 6, 1)) == whole


def test_the_same_bits_while_the_pace_is_being_found(monkeypatch):
    monkeypatch.setattr(running, "WORTH", -1)
    for name, value in {"TRIAL": 0.0, "PIECE": 0.0, "SOON": 1, "LATE": 1}.items():
        monkeypatch.setattr(running, name, value)
    assert bits(Cpu(3), 5) == bits(Cpu(1), 5)


def test_predictions_have_the_same_bits_too():
    network = Sequential([Dense(128), Activation("relu"), Dense(10), Activation("softmax")], (784,))
    x = np.random.default_rng(0).normal(size=(301, 784)).astype(np.float32)
    one = np.concatenate([Cpu(1).forward(network, network.vectors, some) for some in np.array_split(x, 7)])
    for count in (1, 63, 64, 128, 129, 301):  # the last batch has often fewer samples than those before
        for threads in [1, 2, 3] * 10:
            np.testing.assert_array_equal(Cpu(threads).forward(network, network.vectors, x[:count]), one[:count])
