from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import fit_task
from glassnet.engines.cpu import running
from glassnet.engines.cpu.engine import Cpu
from glassnet.layers import Activation, Dense
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from tests.parity.steps import start

NOTHING = np.zeros(0)


@dataclass
class Machine:
    """A clock that steps move on, in place of the real one. The first steps, and each start of threads, take longer."""

    alone: float = 200e-6  # seconds of a step on one thread
    together: float = 110e-6  # on all
    now: float = 0.0
    steps: Counter[int] = field(default_factory=Counter)  # by each number of threads

    def run_steps(self, operations, rows, cuts, begin, count, first, threads):
        self.now += count * (self.alone if threads == 1 else self.together) + 100e-6 * (threads > 1)
        self.now += 0.1 * (not self.steps)  # memory is fetched, kernels are linked
        self.steps[threads] += count


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    monkeypatch.setattr(running, "run_steps", machine.run_steps)
    monkeypatch.setattr(running, "perf_counter", lambda: machine.now)
    return machine


def seconds(machine, pace, steps):
    """How long so many steps take, in spans of 500."""
    began = machine.now
    for _ in range(0, steps, 500):
        pace.run(NOTHING, NOTHING, np.arange(501), 0)
    return machine.now - began


def test_all_threads_work_on_a_machine_that_is_free(machine):
    taken = seconds(machine, running.Pace(2, 10**9), 5_000)
    assert machine.steps[2] > 4_900
    assert taken < 0.1 + 1.1 * 5_000 * machine.together


def test_one_works_where_several_wait_for_each_other_and_all_again_when_the_neighbour_is_gone(machine):
    pace = running.Pace(4, 10**9)
    seconds(machine, pace, 1_000)
    machine.together = 1e-3  # a neighbour comes
    assert seconds(machine, pace, 50_000) < 1.1 * 50_000 * machine.alone
    machine.together = 110e-6  # and goes
    machine.steps.clear()
    assert seconds(machine, pace, 20_000) < 0.1 + 1.2 * 20_000 * machine.together + 64 * running.PIECE
    assert machine.steps[4] > 10_000


def test_a_moment_of_trouble_is_soon_forgotten(machine):
    pace = running.Pace(2, 10**9)
    seconds(machine, pace, 1_000)
    machine.together = 1e-3
    pace.run(NOTHING, NOTHING, np.arange(30), 0)
    machine.together = 110e-6
    assert seconds(machine, pace, 1_000) < 1_000 * machine.together + 3 * running.PIECE


def test_what_is_too_little_work_for_threads_never_starts_one(machine):
    seconds(machine, running.Pace(2, running.WORTH), 1_000)
    assert set(machine.steps) == {1}


def test_several_threads_beside_busy_neighbours_are_hardly_slower_than_one():
    random = np.random.default_rng(0)
    x, labels = random.normal(size=(512, 256)).astype(np.float32), random.integers(0, 9, 512).tolist()
    network = Sequential([Dense(256), Activation("relu"), Dense(9), Activation("softmax")], (256,))
    task = fit_task(network, Dataset.from_arrays(x, labels), CategoricalCrossentropy(), SGD(), total_steps=999, seed=0)
    batches = Batches(512, 128, shuffle=True, seed=0)
    engines = {threads: Cpu(threads) for threads in (1, 2)}
    spinning = [sys.executable, "-c", "while True: pass"]
    neighbours = [subprocess.Popen(spinning) for _ in range(os.cpu_count() or 1)]
    taken = {1: 0.0, 2: 0.0}
    try:
        for _ in range(6):
            for threads, engine in engines.items():
                vectors, slots = start(task)
                began = perf_counter()
                engine.train(task, vectors, slots, 0, *batches.span(0, 250))
                taken[threads] += perf_counter() - began
    finally:
        for one in neighbours:
            one.kill()
            one.wait()
    assert taken[2] < 3 * taken[1]  # threads that went on waiting for each other were five times as slow
