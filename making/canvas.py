"""What everything drawn has in common: a canvas with light ink, and the way from there to what a network sees."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.augmentation import Augmentation, Elastic, Rotate, Shear, Zoom
from glassnet.preparation import DigitBox

SIDE = 96  # of a canvas in pixels
HAND = Augmentation((Zoom(0.25), Shear(0.2), Rotate(8.0), Elastic(0.012, 0.2)))  # as a hand varies what it writes
BOX = DigitBox()  # as MNIST's scans were prepared, and what `read` prepares

Random = np.random.Generator


def blank() -> Array:
    """A canvas without ink, (SIDE, SIDE) uint8."""
    return np.zeros((SIDE, SIDE), np.uint8)


def stroke(canvas: Array, points: Array, width: int) -> None:
    """Draw a line through points (n, 2), x and y in pixels, on the canvas."""
    cv2.polylines(canvas, [np.rint(points * 16).astype(np.int32)], False, 255, width, cv2.LINE_AA, 4)


def smooth(points: Array, steps: int = 16) -> Array:
    """A curve through points (n, 2): a Catmull-Rom spline, ((n − 1)·steps, 2)."""
    p = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]
    return np.concatenate(pieces)


def pen(canvas: Array, random: Random) -> Array:
    """The same strokes with a thinner or a thicker pen; those of which more than a half would vanish stay."""
    size = int(random.integers(1, 4))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
    changed: Any = (canvas, cv2.dilate(canvas, kernel), cv2.erode(canvas, kernel))[int(random.integers(0, 3))]
    return changed if changed.sum() > 0.5 * canvas.sum() else canvas


def seen(canvases: list[Array], random: Random, hand: Augmentation = HAND) -> Array:
    """Canvases as the network sees them when they are read, (n, 28, 28, 1) uint8, each varied as by a hand."""
    stacked = np.stack(canvases)[..., None]
    varied = hand(stacked, np.arange(len(stacked)), 0, int(random.integers(2**63)))
    return np.stack([BOX(pen(canvas[:, :, 0], random) / np.float32(255)) for canvas in varied])


def upright(canvas: Array) -> bool:
    """Whether the ink is so narrow that it might be a 1."""
    _, _, wide, high = cv2.boundingRect(canvas)
    return high > 2 * wide
