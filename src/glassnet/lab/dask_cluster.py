"""Runs on other machines: a Dask cluster as an executor."""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from glassnet.errors import GlassnetError, ParameterError
from glassnet.lab.batching import Batching
from glassnet.lab.job import Job
from glassnet.lab.likeness import Versions, check_data, check_versions, how_to_install, work_there

if TYPE_CHECKING:
    from distributed import Client

WAIT_SECONDS = 5.0  # for the scheduler to answer, and for the first worker to be there
LOOK_SECONDS = 0.5  # between two looks whether the cluster is still there
LOGGERS = ("distributed", "distributed.client", "asyncio", "tornado.application")


def check_cluster(address: str) -> None:
    """Raise ParameterError where `address` is no tcp://host:port, GlassnetError where Dask is not installed."""
    if not re.fullmatch(r"tcp://(\[[\da-fA-F:]+\]|[^\s/:\[\]]+):\d{1,5}", address):
        raise ParameterError(
            f"A cluster is named by the address of its Dask scheduler. Got {address!r:.100}.",
            "Write --cluster tcp://127.0.0.1:8786, say.",
        )
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise GlassnetError("A cluster needs Dask.", "Install it: pip install 'glassnet[cluster]'") from None


@contextmanager
def cluster(address: str, job: Job) -> Iterator[Executor]:
    """An executor over all workers of the Dask scheduler at `address`; what they have not begun is given up at the end.

    Parameters
    ----------
    job : one of those to come; every worker has to have its data.

    Raises
    ------
    GlassnetError where nobody listens there, or there is no worker; where a worker has other versions, of glassnet,
    NumPy or Python, than are here. DataError where a worker has no such data, or others.
    """
    check_cluster(address)
    client = _connect(address)
    try:
        versions = check_versions(client)
        check_data(client, job)
        executor = _ClusterExecutor(client, address, versions)
        with executor.watched():
            yield executor
    finally:
        client.close(timeout=WAIT_SECONDS)


class _ClusterExecutor(Batching):
    """Dask's executor, whose runs also end, as broken, where the scheduler or the last worker is gone."""

    def __init__(self, client: Client, address: str, versions: Versions) -> None:
        super().__init__(client.get_executor(pure=False), _count_threads(client) or 1)
        self._client, self._address, self._versions = client, address, versions

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """As in the base class."""
        return super().submit(work_there, self._versions, partial(work, *arguments, **named))

    def translate(self, error: BaseException) -> BaseException:
        """A worker that dies under one run again and again breaks the executor."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return BrokenExecutor(str(error))
        if isinstance(error, ImportError):
            return GlassnetError(f"A worker lacks something: {error}.", how_to_install(self._versions))
        return error

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look after the cluster as long as the block runs."""
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watch.start()
        try:
            yield
        finally:
            over.set()
            watch.join(WAIT_SECONDS)

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(LOOK_SECONDS):
            threads = _count_threads(self._client)
            if threads:
                self.places = threads  # workers come and go
            else:
                self.give_up(BrokenExecutor(f"{self._address} or its last worker is gone"))


def _connect(address: str) -> Client:
    from distributed import Client

    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what is wrong is said by our errors
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ, which Dask finds worth a table
            client = Client(address, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise GlassnetError(
            f"No Dask scheduler answers at {address}.", "Start one there: dask scheduler --port 8786"
        ) from error
    try:
        client.wait_for_workers(1, WAIT_SECONDS)
    except (OSError, TimeoutError):
        client.close(timeout=WAIT_SECONDS)
        raise GlassnetError(
            f"The scheduler at {address} has no worker.", f"Start one on each machine: dask worker {address}"
        ) from None
    return client


def _count_threads(client: Client) -> int:
    """How many runs the cluster does at once; 0 where the scheduler does not answer, or has no worker."""
    try:
        return int(client.scheduler_info()["total_threads"]) if client.status == "running" else 0
    except Exception:  # whatever it is that hinders Dask, there is no answer
        return 0
