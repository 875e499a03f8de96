"""Where a sign might be cut in two: ways from top to bottom that cross as little ink as possible, and may lean."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array

HEIGHT = 48  # cuts are looked for in a picture of this height
BAND = 6  # pixels to each side of its middle that a cut may go
APART = 4  # pixels between the middles of two cuts
MOST = 7  # cuts, those that cross the least ink
SIDEWAYS = 0.05  # what a step to the side costs, in pixels of full ink


def seams(ink: Array) -> Array:
    """Candidate cuts of a sign (H, W), from the left: the column of each in every row, (C, H).

    The way of each is found by dynamic programming, on a picture that is HEIGHT high.
    """
    import cv2

    height, width = ink.shape
    factor = HEIGHT / height
    small = cv2.resize(ink, (max(1, round(width * factor)), HEIGHT), interpolation=cv2.INTER_AREA)
    middles = np.arange(3, small.shape[1] - 3)
    if not len(middles):
        return np.zeros((0, height), np.int64)
    columns = (middles[:, None] + np.arange(-BAND, BAND + 1)).clip(0, small.shape[1] - 1)
    found, costs = _cheapest(small.T[columns])
    cuts = columns[np.arange(len(middles))[:, None], found]
    cuts = cuts[_apart(cuts.mean(1), costs)]
    rows = (np.arange(height) * HEIGHT) // height
    return np.rint((cuts[:, rows] + 0.5) / factor).astype(np.int64)


def _cheapest(cost: Array) -> tuple[Array, Array]:
    """The cheapest way down each of C bands (C, B, H): its place in every row (C, H), and what it costs (C,)."""
    count, wide, height = cost.shape
    each = np.arange(count)
    total = np.full((count, wide + 2), np.inf)  # with a place that is never taken on both sides
    total[:, 1:-1] = cost[:, :, 0]
    came = np.zeros((height, count, wide), np.int64)
    for row in range(1, height):
        before = np.stack([total[:, 1:-1], total[:, :-2] + SIDEWAYS, total[:, 2:] + SIDEWAYS])
        came[row] = np.array([0, -1, 1])[before.argmin(0)]
        total[:, 1:-1] = before.min(0) + cost[:, :, row]
    places = np.zeros((count, height), np.int64)
    places[:, -1] = total[:, 1:-1].argmin(1)
    for row in range(height - 1, 0, -1):
        places[:, row - 1] = places[:, row] + came[row][each, places[:, row]]
    return places, total.min(1)


def _apart(middles: Array, costs: Array) -> list[int]:
    """Numbers of the cheapest cuts whose middles are apart, from the left."""
    kept: list[int] = []
    for number in np.argsort(costs, kind="stable"):
        if len(kept) < MOST and all(abs(middles[number] - middles[other]) >= APART for other in kept):
            kept.append(int(number))
    return sorted(kept, key=lambda number: float(middles[number]))
