"""Rounds: ours, peer, ours, peer, …

The speed of a machine drifts, so what counts is the ratio of neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

import numpy as np

from glassnet.benchmarks.workloads import Workload

CLOSE, CLOSE_BF16 = 1e-3, 5e-2  # how near numbers must come to the reference's; bf16 has three digits


@dataclass(frozen=True)
class Row:
    """Ours beside a peer on a workload: medians over the rounds.

    ours, peer_seconds : seconds, of "memory" bytes.   ratio : the median of peer ÷ ours, above 1 where ours is better.
    low, high : the least and the largest of these ratios.   accuracy, peer_accuracy : of whole trainings.
    """

    workload: str
    precision: str
    ours: float
    peer: str
    peer_seconds: float
    ratio: float
    low: float
    high: float
    accuracy: float | None = None
    peer_accuracy: float | None = None


class Runner(Protocol):
    """What takes turns."""

    def run(self) -> float:
        """Do the timed piece; its seconds."""


def alternate(ours: Runner, peer: Runner, rounds: int) -> list[tuple[float, float]]:
    """The seconds of each round."""
    return [(ours.run(), peer.run()) for _ in range(rounds)]


def as_row(workload: Workload, peer: str, pairs: Sequence[tuple[float, float]]) -> Row:
    """The medians of pairs of (ours, peer's)."""
    ratios = [theirs / ours for ours, theirs in pairs]
    ours, theirs = (workload.scale * median(column) for column in zip(*pairs, strict=True))
    return Row(workload.name, workload.precision, ours, peer, theirs, median(ratios), min(ratios), max(ratios))


def why_wrong(numbers: Sequence[float], expected: Sequence[float], precision: str) -> str:
    """How numbers differ from the reference's, in words; "" where they agree."""
    if len(numbers) != len(expected):
        return f"it gave {len(numbers)} numbers to check, the reference {len(expected)}"
    apart = float(np.abs(np.subtract(numbers, expected)).max())
    limit = CLOSE_BF16 if precision == "bf16" else CLOSE
    return "" if apart <= limit else f"its numbers are up to {apart:.2g} from the reference's"
