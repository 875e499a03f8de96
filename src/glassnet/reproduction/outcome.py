"""Whether a training gave the same bits again, and what may be the cause where it did not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from glassnet.arrays import Array


@dataclass(frozen=True)
class Outcome:
    """What came of making a training again.

    weights, state : how many numbers there are of each.   weights_differing, state_differing : how many are not the
        same, bit for bit.   largest : the largest difference between two of them.
    steps, ended : how far the training came, then and now, and why it ended.
    causes : by cause, what was otherwise then: seed, settings, weights (in the file), versions, threads, processor.
        These are told where the bits are the same, too.
    """

    weights: int
    state: int
    weights_differing: int
    state_differing: int
    largest: float
    steps: tuple[int, int]
    ended: tuple[str, str]
    causes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether nothing differs: no bit, no step, not the end."""
        return (
            not self.weights_differing
            and not self.state_differing
            and self.steps[0] == self.steps[1]
            and self.ended[0] == self.ended[1]
        )


def differing(one: Array, other: Array) -> int:
    """How many numbers of two vectors of one type are not the same, bit for bit: −0 is not 0, and NaN is NaN."""
    words = f"u{one.dtype.itemsize}"
    return int(np.count_nonzero(one.view(words) != other.view(words)))


def largest_difference(one: Array, other: Array) -> float:
    """The largest |one − other|, 0 for empty vectors, NaN where one of the two is."""
    with np.errstate(invalid="ignore", over="ignore"):
        return float(np.abs(one.astype(np.float64) - other).max(initial=0.0))
