import os
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from glassnet.errors import GlassnetError
from glassnet.lab import perform, process_pool, run_jobs
from tests.lab.jobs import jobs


def in_order(rows):
    return sorted(rows, key=lambda row: (row["seed"], row["value"]))


def threads():
    return ThreadPoolExecutor(2)


class Dying(Executor):
    """Does `lives` runs, then every run that it has or gets is lost."""

    def __init__(self, lives):
        self.lives = lives

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        future: Future[Any] = Future()
        self.lives -= 1
        if self.lives >= 0:
            future.set_result(function(*arguments))
        else:
            future.set_exception(BrokenExecutor("a worker was killed"))
        return future


def test_the_same_rows_whatever_the_number_of_workers():
    wanted = [perform(job) for job in jobs()]
    for workers in (1, 2):
        assert in_order(run_jobs(jobs(), partial(process_pool, workers))) == wanted
    assert in_order(run_jobs(jobs(), threads)) == wanted


def test_more_jobs_than_an_executor_is_given_ahead(monkeypatch):
    monkeypatch.setattr("glassnet.lab.executor.MOST_WAITING", 3)
    rows = list(run_jobs(jobs(5), threads, work=lambda job: {"key": job.key}))
    assert sorted(row["key"] for row in rows) == sorted(job.key for job in jobs(5))


def test_the_runs_of_a_dead_worker_are_done_again_and_none_twice():
    opened = []

    def dying():
        opened.append(Dying(2))
        return nullcontext(opened[-1])

    rows = list(run_jobs(jobs(), dying, work=lambda job: {"key": job.key}))
    assert sorted(row["key"] for row in rows) == sorted(job.key for job in jobs())
    assert len(opened) == 3


def test_workers_that_die_again_and_again():
    with pytest.raises(GlassnetError, match=r"died 3 times, one after the other. Memory may have run out"):
        list(run_jobs(jobs(), lambda: nullcontext(Dying(0))))


def die_once(marker, job):
    """SIGKILL of the worker, the first time that it is called."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), 9)
    return {"key": job.key}


def test_a_process_that_is_really_killed(tmp_path):
    rows = list(run_jobs(jobs(), partial(process_pool, 1), work=partial(die_once, tmp_path / "died")))
    assert sorted(row["key"] for row in rows) == sorted(job.key for job in jobs())
    assert (tmp_path / "died").exists()


def test_what_a_run_raises_is_raised():
    def fail(job):
        raise GlassnetError("No luck at all.")

    with pytest.raises(GlassnetError, match="No luck at all"):
        list(run_jobs(jobs(), threads, work=fail))


def test_it_stops_when_somebody_wishes_to():
    looks = iter([False, False])  # before it opens an executor, and before it gives it the runs
    rows = list(run_jobs(jobs(), lambda: nullcontext(Dying(99)), stop=lambda: next(looks, True)))
    assert sorted(row["seed"] for row in rows) == [0, 0, 1, 1, 2, 2]  # what is done already is handed over
    assert list(run_jobs(jobs(), threads, stop=lambda: True)) == []


def sleep_for_ever(job):
    Path(job.source).write_text(str(os.getpid()))
    threading.Event().wait()


def test_no_process_stays_behind(tmp_path):
    note = tmp_path / "pid"
    job = replace(jobs()[0], source=str(note))
    rows = run_jobs(
        [job], partial(process_pool, 1), work=sleep_for_ever, stop=lambda: note.exists() and note.read_text() != ""
    )
    assert list(rows) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
