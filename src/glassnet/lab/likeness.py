"""Whether the workers of a Dask cluster would give the same results as this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from glassnet.data import load_data
from glassnet.errors import DataError, GlassnetError
from glassnet.lab.job import Job, Row

if TYPE_CHECKING:
    from distributed import Client

DECIDING = ("glassnet", "numpy", "python")  # what results depend on, of the versions that Dask tells

Versions = dict[str, str]


def check_versions(client: Client) -> Versions:
    """The versions here that results depend on; GlassnetError where a worker has others."""
    told = client.get_versions(packages=["glassnet"])
    versions = {name: told["client"]["packages"][name] for name in DECIDING}
    for worker, its in told["workers"].items():
        _check_same(worker, its["packages"], versions)
    return versions


def _check_same(worker: str, its: dict[str, str | None], versions: Versions) -> None:
    for name, version in versions.items():
        if its[name] != version:
            has = f"{name} {its[name]}" if its[name] else f"no {name}"
            raise GlassnetError(
                f"The worker {worker} has {has}, here it is {version}: its results would not be the same.",
                how_to_install(versions),
            )


def how_to_install(versions: Versions) -> str:
    """The hint for a worker that has anything else."""
    wanted = f"'glassnet[cluster]=={versions['glassnet']}' numpy=={versions['numpy']}"
    return f"Install the same there, and start the worker anew: pip install {wanted}"


def check_data(client: Client, job: Job) -> None:
    """Raise DataError where a worker has not the data of `job`, or others of that name."""
    for worker, found in client.run(_fingerprint, job.source, on_error="return").items():
        if isinstance(found, GlassnetError):
            raise DataError(
                f"The worker {worker} has no such data: {found.message}",
                "Lay the folder at the same place on every machine, and give its whole path.",
            )
        if isinstance(found, str) and found != job.fingerprint:
            raise DataError(
                f"The worker {worker} has other data as {job.source!r} than are here.",
                "Lay the same files at the same place on every machine.",
            )


def _fingerprint(source: str) -> str:
    """In a worker: of the samples that seed 0 gives there."""
    return load_data(source, 0).train.fingerprint


def work_there(versions: Versions, work: Callable[[], Row]) -> Row:
    """In a worker: do a run, if it is one that gives the same results; it may have come after all others were asked."""
    from distributed import get_worker
    from distributed.versions import get_versions

    _check_same(get_worker().address, get_versions(["glassnet"])["packages"], versions)
    _keep_one_thread()
    return work()


@cache
def _keep_one_thread() -> None:
    """Let NumPy work on one thread as long as this process lives.

    `perform` sees to that too, for the time of a run; but where a worker has several threads, the first run that ends
    would take it back under the others.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
