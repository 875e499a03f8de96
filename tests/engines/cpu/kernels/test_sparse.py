from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import fit_task
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.cpu.tape import Tape
from glassnet.engines.cpu.taped import TapeTraining
from glassnet.layers import Activation, BatchNormalization, Dense, Flatten
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import Adam
from glassnet.preparation import Preparation, Scale
from tests.engines.cpu.calling import call
from tests.parity.steps import assert_parity, start

LISTS = {"sparse.entries", "sparse.forward", "sparse.weight_gradient"}


def task_of(units, *after, share=0.2, offset=0.0, kind=np.uint8, shape=(9, 7, 2), count=40):
    """Pictures of which that share of pixels is not zero, for a dense layer of so many units."""
    random = np.random.default_rng(8)
    x = random.integers(1, 256, (count, *shape)) * (random.random((count, *shape)) < share)
    preparation = Preparation(scale=Scale(1 / 256, offset))
    data = Dataset.from_arrays(x.astype(kind), random.integers(0, 3, count).tolist(), preparation=preparation)
    layers = [Flatten(), Dense(units), *after, Dense(3), Activation("softmax")]
    network = Sequential(layers, shape, seed=4)
    return fit_task(network, data, CategoricalCrossentropy(), Adam(), total_steps=20, seed=9)


@pytest.fixture
def laid_out(monkeypatch):
    """The names of the kernels that tapes are made of."""
    names: set[str] = set()
    finish = Tape.finish

    def spy(tape, operations):
        names.update(operation.kernel for operation in operations)
        finish(tape, operations)

    monkeypatch.setattr(Tape, "finish", spy)
    return names


@pytest.mark.parametrize("units", [32, 40, 128, 150, 300])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("after", [[], [Activation("relu")], [BatchNormalization(), Activation("tanh")]])
def test_parity_over_samples_that_are_mostly_zero(units, kind, after):
    assert_parity(task_of(units, *after, kind=kind), Batches(40, 16, shuffle=True, seed=0), steps=4)


@pytest.mark.parametrize("share", [0.0, 0.01])
def test_samples_that_are_nothing_but_zero(share):
    assert_parity(task_of(48, share=share), Batches(40, 16, shuffle=True, seed=0), steps=4)


@pytest.mark.parametrize(
    ("how", "listed"),
    [
        ({}, True),
        ({"kind": np.float32}, True),
        ({"share": 0.9}, False),
        ({"offset": -128.0}, False),
        ({"units": 31}, False),
    ],
    ids=str,
)
def test_lists_are_made_where_they_are_worth_it(laid_out, how, listed):
    TapeTraining(task_of(**{"units": 40, **how}), 8, 1)
    assert laid_out & LISTS == (LISTS if listed else set())


def test_the_same_bits_as_with_zeros_and_all():
    task = task_of(128, Activation("relu"))
    ends = []
    for rows in (task.x, np.concatenate([np.full((64, *task.x.shape[1:]), 255, np.uint8), task.x])):
        ahead = len(rows) - len(task.x)  # 64 full pictures that no batch takes: no lists are made
        answers = np.concatenate([np.zeros(ahead, np.int64), task.answers])
        other = replace(task, x=rows, t=answers, answers=answers)
        vectors, slots = start(other)
        order, cuts = Batches(40, 16, shuffle=True, seed=0).span(0, 6)
        Cpu(2).train(other, vectors, slots, 0, order + ahead, cuts)
        ends.append(vectors.weights)
    np.testing.assert_array_equal(ends[0], ends[1])


def test_by_hand():
    x, b = np.array([0, 2, 0, 3], np.float32), np.array([10, -20], np.float32)
    W = np.arange(8, dtype=np.float32).reshape(4, 2)
    numbers, places, starts = np.zeros(32, np.float32), np.zeros(32, np.int32), np.zeros(32, np.int32)
    lists = (x, 4, 2, numbers, places, starts, 32)
    call("sparse.entries", *lists, hi=1)
    y = np.zeros(2, np.float32)
    call("sparse.forward", *lists, W, b, y, 0.0, hi=1)
    assert y.tolist() == [10 + 2 * 2 + 3 * 6, -20 + 2 * 3 + 3 * 7]
