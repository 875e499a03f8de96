"""The pace by a clock of its own: how long steps take with each number of threads is said, not measured."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines.cpu import running
from glassnet.engines.cpu.running import WORTH, Pace

BEGIN = 0.0007  # seconds that threads take to begin


class Machine:
    """Steps that take `seconds[threads]` each; `steps` counts those made with each number of threads."""

    def __init__(self, seconds):
        self.seconds, self.now = seconds, 0.0
        self.steps = dict.fromkeys(seconds, 0)

    def run_steps(self, operations, rows, cuts, start, count, first, threads):
        self.now += count * self.seconds[threads] + BEGIN * (threads > 1)
        self.steps[threads] += count


@pytest.fixture
def machine(monkeypatch):
    made = Machine({1: 0.0003, 2: 0.0002})
    monkeypatch.setattr(running, "run_steps", made.run_steps)
    monkeypatch.setattr(running, "perf_counter", lambda: made.now)
    return made


def run(pace, steps):
    nothing = np.zeros(0, np.int64)
    pace.run(nothing, nothing, np.arange(steps + 1), 0)


def test_two_threads_are_taken_where_they_are_faster_however_long_they_take_to_begin(machine):
    pace = Pace(2, WORTH + 1)
    for steps in (1, 64, 404):  # as the spans of a training grow
        run(pace, steps)
    assert machine.steps[2] + machine.steps[1] == 469
    assert machine.steps[1] <= 20


def test_a_busy_neighbour_makes_it_take_one_and_two_again_when_it_is_gone(machine):
    pace = Pace(2, WORTH + 1)
    run(pace, 1000)
    machine.seconds[2], machine.steps = 0.005, {1: 0, 2: 0}
    run(pace, 10_000)
    assert machine.steps[2] < 0.05 * 10_000
    machine.seconds[2], machine.steps = 0.0002, {1: 0, 2: 0}
    run(pace, 10_000)
    assert machine.steps[2] > 0.5 * 10_000  # it looks twice a second, with pieces that grow again


def test_little_work_is_done_at_once_by_one(machine):
    run(Pace(2, WORTH), 5000)
    assert machine.steps == {1: 5000, 2: 0}
    assert machine.now == pytest.approx(1.5)
