"""What a contender is given, and what it answers to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

CHECKED = 50  # steps whose losses, or pictures whose outputs, are compared with the reference's
TURN = 0.05  # seconds for which short trainings are repeated: one alone tells how cold the caches are after a rest
Train = Callable[[int], Sequence[Any]]  # goes through so many batches; the loss of each


@dataclass(frozen=True)
class Work:
    """A workload with everything that must be the same for all; `path` is the file that glassnet wrote.

    name : of the workload.   peer : who is to do it, such as "torch-bf16".   seed : of a whole process.
    """

    name: str
    peer: str
    path: Path
    threads: int
    seed: int = 0

    @cached_property
    def arrays(self) -> Any:
        """By name: x, y, rows, cuts (batch k is rows[cuts[k]:cuts[k + 1]]), and the first weights as w0, w1, …"""
        return np.load(self.path)

    @cached_property
    def x(self) -> np.ndarray:
        """(N, …) float32; bytes become numbers in [0, 1]."""
        x = self.arrays["x"]
        return x / np.float32(255) if x.dtype == np.uint8 else x

    @cached_property
    def y(self) -> np.ndarray:
        """(N,) classes."""
        return self.arrays["y"]

    @cached_property
    def batches(self) -> list[np.ndarray]:
        """The sample numbers of each batch, in the order of training."""
        return np.split(self.arrays["rows"], self.arrays["cuts"][1:-1])

    def weights(self) -> list[np.ndarray]:
        """The first weights, anew: kernels (KH, KW, in, out) or (in, out), and biases, layer by layer."""
        return [self.arrays[f"w{k}"].copy() for k in range(sum(name[0] == "w" for name in self.arrays.files))]


@dataclass(frozen=True)
class Contender:
    """`check` gives numbers to compare with the reference's; `run` does the timed piece and gives its seconds."""

    check: Callable[[], Sequence[float]]
    run: Callable[[], float]


def training(work: Work, begin: Callable[[], Train]) -> Contender:
    """A contender that trains; `begin` makes a network with the first weights, which does not count."""

    def check() -> list[float]:
        return [float(loss) for loss in begin()(CHECKED)]

    def run() -> float:
        return seconds(lambda: partial(begin(), len(work.batches)))

    return Contender(check, run)


def seconds(begin: Callable[[], Callable[[], Any]]) -> float:
    """What a training takes that `begin` makes ready, which does not count: the median of a turn."""
    taken: list[float] = []
    while sum(taken) < TURN:
        train = begin()
        start = perf_counter()
        train()
        taken.append(perf_counter() - start)
    return median(taken)


def predicting(work: Work, ask: Callable[[np.ndarray], np.ndarray]) -> Contender:
    """A contender that answers for pictures, all in one call; one picture is asked for many times."""
    repeats = 1000 if len(work.x) == 1 else 1

    def run() -> float:
        start = perf_counter()
        for _ in range(repeats):
            ask(work.x)
        return (perf_counter() - start) / repeats

    return Contender(lambda: [float(p) for p in ask(work.x)[:CHECKED].ravel()], run)
