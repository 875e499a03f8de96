"""Many runs at once: in processes here, or through anything else that has `submit`."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

from glassnet.errors import GlassnetError
from glassnet.lab.job import Job, Row
from glassnet.lab.performing import groups, perform, perform_together

LOOK_SECONDS = 0.1  # between two looks whether somebody wishes to stop
MOST_WAITING = 1000  # runs that an executor is given ahead
MOST_DEATHS = 3  # of workers one after the other, with no run done in between

Open = Callable[[], AbstractContextManager[Executor]]


def run_jobs(
    jobs: Sequence[Job],
    open_executor: Open,
    *,
    stop: Callable[[], bool] = lambda: False,
    work: Callable[[Any], Row] = perform,
) -> Generator[Row]:
    """The rows of `jobs` as they are done, in any order.

    Parameters
    ----------
    open_executor : gives what the runs go through. It is asked again where a worker died; the runs that were lost with
        it are done again.
    stop : asked ten times a second; once it is true no more rows come.   work : gives the row of a job.

    Raises
    ------
    GlassnetError where workers die again and again. What a run raises is raised here.
    """
    left, deaths = {job.key: job for job in jobs}, 0
    while left and not stop():
        try:
            with open_executor() as executor, closing(_rows(list(left.values()), executor, stop, work)) as rows:
                for job, row in rows:
                    del left[job.key]
                    deaths = 0
                    yield row
        except BrokenExecutor:
            deaths += 1
            if deaths == MOST_DEATHS:
                raise GlassnetError(
                    f"The processes that do the runs died {deaths} times, one after the other.",
                    "Memory may have run out: take fewer workers, such as --workers 1, or a smaller network.",
                ) from None


def _rows(
    jobs: Sequence[Job], executor: Executor, stop: Callable[[], bool], work: Callable[[Any], Row]
) -> Generator[tuple[Job, Row]]:
    """Each job with its row, from one executor; BrokenExecutor once what it did is handed over."""
    waiting = groups(jobs) if work is perform else ([job] for job in jobs)
    futures: dict[Future[list[Row]], list[Job]] = {}
    done: SimpleQueue[Future[list[Row]]] = SimpleQueue()
    broken: BrokenExecutor | None = None
    while not stop():
        if not broken:
            for group in islice(waiting, MOST_WAITING - len(futures)):
                future = executor.submit(_do, work, group)
                futures[future] = group
                future.add_done_callback(done.put)
        if not futures:
            break
        for future in _take(done):
            group = futures.pop(future)
            try:
                rows = future.result()
            except BrokenExecutor as error:
                broken = error
            else:
                yield from zip(group, rows, strict=True)
    if broken:
        raise broken


def _do(work: Callable[[Any], Row], group: list[Job]) -> list[Row]:
    """The rows of a group."""
    return [work(group[0])] if len(group) == 1 else perform_together(group)


def _take(done: SimpleQueue[Future[list[Row]]]) -> Iterator[Future[list[Row]]]:
    """Those that are done by now; where there are none, the next one, unless that takes too long."""
    with suppress(Empty):
        yield done.get(timeout=LOOK_SECONDS)
    for _ in range(done.qsize()):
        yield done.get()


@contextmanager
def process_pool(workers: int) -> Iterator[Executor]:
    """`workers` new processes; at the end of the block they are gone, whatever they were doing."""
    context = get_context("spawn")  # a fork would copy the locks that other threads hold
    reader, writer = context.Pipe(duplex=False)
    pool = _Shielded(workers, context, _prepare_worker, (reader,))
    try:
        yield pool
    finally:
        writer.close()
        pool.shutdown(cancel_futures=True)
        reader.close()


class _Shielded(ProcessPoolExecutor):
    """A pool whose processes are deaf to Ctrl-C, which reaches every process of a terminal, from their beginning on."""

    def submit(self, *arguments: Any, **named: Any) -> Any:
        """As in the base class, which starts processes here; they inherit what is blocked."""
        if os.name != "posix":
            return super().submit(*arguments, **named)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(*arguments, **named)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_worker(reader: Connection) -> None:
    """Leave Ctrl-C to the process that asked, and end when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(reader,), daemon=True).start()


def _leave_with(reader: Connection) -> None:
    """Wait until the other end of the pipe is closed, which also the death of its process does."""
    try:
        reader.recv()
    except (EOFError, OSError):
        os._exit(0)
