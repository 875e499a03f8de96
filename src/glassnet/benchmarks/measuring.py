"""Workload by workload, peer by peer: what is measured comes out as it comes, and what is missing is named."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from glassnet.benchmarks import convolution
from glassnet.benchmarks.convolution import Share
from glassnet.benchmarks.process import ContenderError, Serving, Start, Whole
from glassnet.benchmarks.rounds import Row, alternate, as_row, why_wrong
from glassnet.benchmarks.work import Given, prepare
from glassnet.benchmarks.workloads import CONVOLUTION, WORKLOADS, Workload
from glassnet.errors import DataFileError

OURS = "ours"


@dataclass(frozen=True)
class Missing:
    """What could not be measured, and why."""

    workload: str
    precision: str
    peer: str
    why: str


@dataclass(frozen=True)
class Versions:
    """The versions of a contender's packages."""

    packages: dict[str, str]


Found = Row | Missing | Share | Versions


@dataclass(frozen=True)
class Plan:
    """What to measure.

    names, peers : those to take.   python : the one that has the peers.
    """

    names: Sequence[str]
    peers: Sequence[str]
    rounds: int
    threads: int
    python: str = sys.executable


def measure(plan: Plan, say: Callable[[str], None]) -> Iterator[Found]:
    """Everything in the plan, one after the other; `say` is told what comes next."""
    with tempfile.TemporaryDirectory(prefix="glassnet-bench-") as folder:
        for workload in WORKLOADS:
            peers = [peer for peer in workload.peers if peer in plan.peers]
            if workload.name in plan.names and peers:
                say(f"{workload.name} ({workload.precision}): {workload.what}")
                yield from measure_workload(plan, workload, peers, Path(folder), say)
        if CONVOLUTION in plan.names:
            say(f"{CONVOLUTION}: its share of what the registers allow")
            yield from convolution.measure(plan.threads)


def measure_workload(
    plan: Plan, workload: Workload, peers: Sequence[str], folder: Path, say: Callable[[str], None]
) -> Iterator[Found]:
    """A row for each peer; Missing for those that are not there or answer wrongly, for all where ours does."""
    try:
        given = prepare(workload, folder)
        ours = contender(plan, workload, OURS, given)
    except (ContenderError, DataFileError) as error:
        yield Missing(workload.name, workload.precision, OURS, str(error))
        return
    with closing(ours):
        yield Versions(ours.versions)
        for name in peers:
            say(f"  {name}")
            try:
                peer = contender(plan, workload, name, given)
                with closing(peer):
                    yield Versions(peer.versions)
                    pairs = alternate(ours, peer, plan.rounds)
                    yield row(workload, name, ours, peer, pairs)
            except ContenderError as error:
                yield Missing(workload.name, workload.precision, name, str(error))


def contender(plan: Plan, workload: Workload, name: str, given: Given) -> Serving | Whole:
    """Somebody made ready; ContenderError where they are not there, or their numbers are wrong."""
    own = name in (OURS, "one-by-one")
    module = OURS if own else f"with_{name.partition('-')[0]}"
    key = workload.name if workload.precision == "float32" or not own else f"{workload.name}-{workload.precision}"
    start = Start(plan.python, module, name, key, given.path, plan.threads)
    if given.expected is None:
        return Whole(start)
    ready = Serving(start)
    wrong = why_wrong(ready.numbers, given.expected, "bf16" if name.endswith("bf16") else workload.precision)
    if wrong:
        ready.close()
        raise ContenderError(wrong)
    return ready


def row(
    workload: Workload, name: str, ours: Serving | Whole, peer: Serving | Whole, pairs: Sequence[tuple[float, float]]
) -> Row:
    """The row of a peer; whole processes bring their results along."""
    if isinstance(ours, Serving) or isinstance(peer, Serving):
        return as_row(workload, name, pairs)
    count = len(pairs)
    if workload.name == "memory":
        return as_row(workload, name, list(zip(ours.peaks[-count:], peer.peaks, strict=True)))
    found = as_row(workload, name, pairs)
    return replace(found, accuracy=median(ours.results[-count:]), peer_accuracy=median(peer.results))
