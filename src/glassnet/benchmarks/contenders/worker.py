"""A contender's process: it makes ready once, then does a piece of work for each line that it is sent.

Replies are lines of JSON. What libraries print on standard output goes to standard error, where it disturbs nobody.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from .contender import Work


def main() -> None:
    """MODULE PEER WORKLOAD FILE THREADS SEED: serve, or do a whole process's work where the module has it as such."""
    module, peer, name, path, threads, seed = sys.argv[1:]
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    keep_to_processors(int(threads))
    work = Work(name, peer, Path(path), int(threads), int(seed))
    try:
        contender = import_module(f".{module}", __package__)
        if name in contender.WHOLE:
            result = contender.WHOLE[name](work)
            reply(replies, versions=versions(contender), result=result, peak=peak_bytes())
            return
        if name not in contender.WORKLOADS:
            reply(replies, missing="it cannot do this yet")
            return
        ready = contender.WORKLOADS[name](work)
    except ImportError as error:
        reply(replies, missing=str(error))
        return
    reply(replies, versions=versions(contender))
    for line in sys.stdin:
        reply(replies, **{line.strip(): {"check": ready.check, "run": ready.run}[line.strip()]()})


def reply(stream: TextIO, **answer: Any) -> None:
    """Send a line."""
    print(json.dumps(answer), file=stream, flush=True)


def versions(contender: Any) -> dict[str, str]:
    """The versions of a contender's packages, as far as they are there."""
    found = {}
    for package in contender.PACKAGES:
        with suppress(ImportError):
            found[package] = version(package)
    return found


def keep_to_processors(count: int) -> None:
    """Stay on so many processors, so that libraries which count them themselves start no more threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def peak_bytes() -> int:
    """The most memory that this process has had; 0 where the system does not tell.

    Linux hands ru_maxrss of whoever starts a process on to it, but counts VmHWM anew.
    """
    with suppress(OSError):
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    with suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


if __name__ == "__main__":
    main()
