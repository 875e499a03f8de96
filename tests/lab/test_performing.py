from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from glassnet.cli.axis import parse_axis, plan
from glassnet.data import Choice
from glassnet.engines.cpu.small import LANES
from glassnet.lab import perform, process_pool, run_jobs
from glassnet.lab.performing import groups, perform_together
from tests.lab.jobs import jobs


def compiled(runs, widths=(2,)):
    return [replace(job, engine="cpu") for job in jobs(runs, widths)]


@pytest.mark.parametrize("count", [1, 2, 5, LANES])
def test_a_row_does_not_depend_on_how_many_jobs_travel_together(count):
    alone = [perform(job) for job in compiled(LANES)]
    some = compiled(LANES)
    assert [row for k in range(0, LANES, count) for row in perform_together(some[k : k + count])] == alone


def test_nor_on_processes():
    some = compiled(40, (2, 4))
    rows = sorted(run_jobs(some, partial(process_pool, 2)), key=lambda row: (row["seed"], row["value"]))
    assert rows == [perform(job) for job in some]


def test_it_is_the_run_of_the_reference_but_for_the_last_digits():
    for job in compiled(5):
        row, wanted = perform(job), perform(replace(job, engine="reference"))
        assert [row[name] for name in ("seed", "right", "steps", "ended")] == [
            wanted[name] for name in ("seed", "right", "steps", "ended")
        ]
        for output, other in zip(row["outputs"], wanted["outputs"], strict=True):
            assert output == pytest.approx(other, abs=1e-4)


def test_jobs_of_a_kind_travel_by_sixteen_and_none_is_left_behind():
    some = compiled(LANES + 3, (2, 4))
    found = list(groups(some))
    assert [len(group) for group in found] == [LANES, LANES, 3, 3]
    assert all(len({job.value for job in group}) == 1 for group in found)
    assert sorted(job.key for group in found for job in group) == sorted(job.key for job in some)


def test_what_is_not_done_side_by_side_travels_alone():
    reference = jobs(3)
    by_sgd = parse_axis(None, "optimizer=sgd")
    moons, _ = plan("moons", by_sgd, Choice(), runs=3, net="dense4 relu dense1", epochs=1, seed=0, engine="cpu")
    for some in (reference, moons):  # every seed draws other moons
        assert [len(group) for group in groups(some)] == [1] * len(some)
    assert perform_together(moons) == [perform(job) for job in moons]
