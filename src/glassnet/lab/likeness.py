"""Whether the workers of a Dask cluster would give the same results as this machine."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from glassnet.data import Choice, load_data
from glassnet.errors import DataError, GlassnetError
from glassnet.files import machine
from glassnet.lab.job import Job, Row

if TYPE_CHECKING:
    from distributed import Client

TOLD = ("glassnet", "numba", "llvmlite")  # which Dask has to be asked for
DECIDING = (*TOLD, "numpy", "python")  # what results depend on, of the versions that Dask tells

Versions = dict[str, str]


def check_versions(client: Client) -> Versions:
    """The versions here that results depend on; GlassnetError where a worker has others."""
    told = client.get_versions(packages=list(TOLD))
    versions = {name: told["client"]["packages"][name] for name in DECIDING}
    for worker, its in told["workers"].items():
        _check_same(worker, its["packages"], versions)
    return versions


def _check_same(worker: str, its: dict[str, str | None], versions: Versions) -> None:
    for name, version in versions.items():
        if its.get(name) != version:
            has = f"{name} {its.get(name)}" if its.get(name) else f"no {name}"
            raise GlassnetError(
                f"The worker {worker} has {has}, here it is {version}: its results would not be the same.",
                how_to_install(versions),
            )


def how_to_install(versions: Versions) -> str:
    """The hint for a worker that has anything else."""
    wanted = f"'glassnet[cluster]=={versions['glassnet']}' numpy=={versions['numpy']} numba=={versions['numba']}"
    return f"Install the same there, and start the worker anew: pip install {wanted}"


def check_data(client: Client, job: Job) -> None:
    """Raise DataError where a worker has not the data of `job`, or others of that name.

    Warns
    -----
    UserWarning where BLAS computes with another kernel on a worker, as another processor lets it.
    """
    kernel = machine()["blas_kernel"]
    for worker, told in client.run(_tell, job.source, job.choice, on_error="return").items():
        match told:
            case GlassnetError():
                raise DataError(
                    f"The worker {worker} has no such data: {told.message}",
                    "Lay the folder at the same place on every machine, and give its whole path.",
                )
            case (fingerprint, _) if fingerprint != job.fingerprint:
                raise DataError(
                    f"The worker {worker} has other data as {job.source!r} than are here.",
                    "Lay the same files at the same place on every machine.",
                )
            case (_, other) if other != kernel:
                warnings.warn(
                    f"The worker {worker} computes with the BLAS kernel {other}, here it is {kernel}: the last digits "
                    "of results may differ.",
                    stacklevel=2,
                )


def _tell(source: str, choice: Choice) -> tuple[str, str | None]:
    """In a worker: the fingerprint of the samples that seed 0 gives there, and the kernel of BLAS."""
    return load_data(source, 0, choice=choice).train.fingerprint, machine()["blas_kernel"]


def work_there(versions: Versions, work: Callable[[], Row]) -> Row:
    """In a worker: do a run, if it is one that gives the same results; it may have come after all others were asked."""
    from distributed import get_worker
    from distributed.versions import get_versions

    _check_same(get_worker().address, get_versions(list(TOLD))["packages"], versions)
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
