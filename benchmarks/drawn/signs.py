"""Single digits as ink: scans, print, and strokes of a pen drawn as curves."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.pictures.sample import enlarge

HERSHEY = cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_COMPLEX
# The way of the pen through each digit, in a box 100 high: points x,y of its strokes, which stand apart by a slash.
PEN = {
    "0": "55,2 20,8 4,50 20,95 42,97 62,60 60,15 45,3",
    "1": "10,25 20,12 30,0 29,50 28,100",
    "2": "5,22 20,3 45,3 55,25 35,60 3,97 30,95 62,97",
    "3": "5,10 30,0 52,15 42,40 22,46 48,55 55,80 30,100 0,90",
    "4": "30,0 15,35 2,65 30,64 65,62 / 48,30 46,65 44,100",
    "5": "15,3 12,20 8,42 35,38 55,60 42,93 2,95 / 15,3 35,2 58,0",
    "6": "48,0 20,25 5,65 20,98 48,90 50,62 30,52 8,70",
    "7": "2,4 30,3 58,2 42,40 25,100",
    "8": "50,12 30,0 10,15 20,40 48,62 50,88 28,100 6,85 15,58 42,35 50,12",
    "9": "50,15 30,0 8,15 10,40 32,45 50,20 48,55 42,100",
}


def scan(data: Dataset, row: int, height: int) -> Array:
    """A scanned digit as ink (height, W) float32 in 0..1 with smooth outlines, cropped."""
    return enlarge(data.x[row, :, :, 0], height)


def printed(sign: str, height: int, rng: np.random.Generator) -> Array:
    """A printed digit in one of several typefaces and strengths, as ink (height, W) float32."""
    face, thickness = HERSHEY[rng.integers(len(HERSHEY))], int(rng.integers(12, 34))
    large = np.zeros((360, 360), np.uint8)
    cv2.putText(large, sign, (70, 280), face, 8, 255, thickness, cv2.LINE_AA)
    return _cropped(large, height)


def penned(sign: str, height: int, width: float, rng: np.random.Generator) -> Array:
    """A digit as a pen of this width (pixels) draws it, never twice alike, as ink (about height, W) float32."""
    fine = 4  # drawn so much larger, and made smaller
    page = np.zeros((round(1.6 * height * fine), round(1.6 * height * fine)), np.uint8)
    slant, wide = rng.normal(0, 0.12), rng.uniform(0.8, 1.25)
    for stroke in PEN[sign].split(" / "):
        points = np.array([point.split(",") for point in stroke.split()], float) / 100
        points += rng.normal(0, 0.02, points.shape)
        curve = _through(points)
        x = curve[:, 0] * wide + (0.5 - curve[:, 1]) * slant
        places = np.stack([x + 0.4, curve[:, 1] + 0.3], 1) * height * fine
        cv2.polylines(page, [np.rint(places).astype(np.int32)], False, 255, max(1, round(width * fine)), cv2.LINE_AA)
    rows, columns = np.flatnonzero(page.any(1)), np.flatnonzero(page.any(0))
    cut = page[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    size = max(1, cut.shape[1] // fine), max(1, cut.shape[0] // fine)
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.float32) / 255


def _through(points: Array) -> Array:
    """A smooth curve through points (N, 2), as many short pieces (Catmull and Rom)."""
    ends = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, 12, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.concatenate([*pieces, points[-1:]])


def _cropped(large: Array, height: int) -> Array:
    rows, columns = np.flatnonzero(large.any(1)), np.flatnonzero(large.any(0))
    cut = large[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    size = max(1, round(cut.shape[1] * height / cut.shape[0])), height
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.float32) / 255
