"""Where the inputs lay that a network learnt from: for its receipt, and to know a stranger by."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.data.mapped import pieces

MOST_FEATURES = 64  # up to which each has a range of its own; pictures and wide tables have one for all of it


@dataclass(frozen=True, eq=False)
class InputRange:
    """The least and the largest input, as recorded: of each feature (F,), or of all together (1,)."""

    least: Array
    most: Array

    @classmethod
    def of(cls, x: Array) -> InputRange:
        """The range of samples x (N, …)."""
        axes = 0 if x.ndim == 2 and x.shape[1] <= MOST_FEATURES else None
        ends = [(piece.min(axes), piece.max(axes)) for piece in pieces(x)]
        least, most = (np.atleast_1d(end).astype(np.float64) for end in zip(*ends, strict=True))
        return cls(least.reshape(len(ends), -1).min(0), most.reshape(len(ends), -1).max(0))

    def to_receipt(self) -> dict[str, list[float]]:
        """The range for JSON."""
        return {"least": self.least.tolist(), "most": self.most.tolist()}

    @classmethod
    def from_receipt(cls, receipt: dict[str, Any]) -> InputRange | None:
        """What `to_receipt` wrote under "inputs"; None where a receipt, which may hold anything, has no such range."""
        told = receipt.get("inputs")
        ends = [told.get("least"), told.get("most")] if isinstance(told, dict) else []
        if not ends or not all(isinstance(end, list) and end and all(map(_is_number, end)) for end in ends):
            return None
        least, most = (np.array(end, np.float64) for end in ends)
        return cls(least, most) if least.shape == most.shape and (least <= most).all() else None

    def distance(self, x: Array) -> Array:
        """(N,): how far the strangest number of each sample x (N, …) lies outside, in widths of the range; 0 inside.

        The width of a feature that never changed is its size, or 1 where it was 0. Samples with another number of
        features than the range cannot be compared: 0.
        """
        if self.least.size > 1 and x.shape[1:] != self.least.shape:
            return np.zeros(len(x))
        return np.concatenate([self._distance(piece) for piece in pieces(x)]) if len(x) else np.zeros(0)

    def _distance(self, x: Array) -> Array:
        low, high = (x, x) if self.least.size > 1 else (_rows(x).min(1), _rows(x).max(1))
        with np.errstate(over="ignore"):  # beyond every number is far out, too
            outside = np.maximum(np.maximum(self.least - _rows(low), _rows(high) - self.most), 0)
            return (outside / self.width).max(1)

    @property
    def width(self) -> Array:
        """How wide the range is, feature by feature, and never 0."""
        size = np.maximum(np.abs(self.least), np.abs(self.most))
        return np.where(self.most > self.least, self.most - self.least, np.where(size > 0, size, 1.0))


def _rows(x: Array) -> Array:
    return x.reshape(len(x), -1)


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < 1e300 and isfinite(value)
