"""Pairs of digits that touch: their boxes overlap by 1 to 3 of a scan's pixels."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset

SCALE = 4  # a scan's pixel is drawn as so many, as a photo would have it
STROKE = 128  # a scan's pixel of at least this grey belongs to a stroke


def draw_pair(data: Dataset, seed: int) -> tuple[Array, str]:
    """Two scans whose boxes share 1 to 3 columns and whose strokes touch, dark on light, (H, W) uint8, and the number.

    Pairs that do not touch at such an overlap are drawn again.
    """
    rng = np.random.default_rng([seed, 1])
    assert data.classes is not None
    while True:
        rows = rng.integers(len(data), size=2)
        first, second = (cropped(data.x[row, :, :, 0]) for row in rows)
        left = first.shape[1] - int(rng.integers(1, 4))
        if not 0 < left <= first.shape[1] <= left + second.shape[1]:
            continue  # one stands within the other
        ink = np.zeros((28, left + second.shape[1]), np.uint8)
        for part, place in ((first, 0), (second, left)):
            field = ink[:, place : place + part.shape[1]]
            np.maximum(field, part, out=field)
        pieces = [cv2.connectedComponents((part >= STROKE).astype(np.uint8))[0] - 1 for part in (first, second, ink)]
        if pieces == [1, 1, 1]:
            break
    large = cv2.resize(np.pad(ink, 10), None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
    page = 235 - 0.8 * large.astype(np.float32)
    return page.astype(np.uint8), "".join(str(data.classes[data.y[row]]) for row in rows)


def cropped(scan: Array) -> Array:
    """The columns of a scan (28, 28) that its strokes fill."""
    columns = np.flatnonzero((scan >= STROKE).any(0))
    return scan[:, columns[0] : columns[-1] + 1]
