"""Strangers to test with, drawn in other ways than those that were learnt from: other fonts, other scribbles."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from making.canvas import SIDE, Random, blank, stroke


def scribble(random: Random) -> Array:
    """A pen that swings: sums of waves in x and in y, as of two pendulums; or a hand that wanders."""
    canvas = blank()
    width = int(random.integers(2, 8))
    if random.random() < 0.5:
        time = np.linspace(0, 2 * np.pi, 300)[:, None]
        waves = random.integers(2, 7, (2, 3))
        sizes, phases = random.uniform(0.3, 1, (2, 3)), random.uniform(0, 2 * np.pi, (2, 3))
        path = np.stack([(np.sin(time * waves[k] + phases[k]) * sizes[k]).sum(1) for k in range(2)], 1)
    else:
        turns = np.cumsum(random.normal(0, 0.55, 160))
        path = np.cumsum(np.stack([np.cos(turns), np.sin(turns)], 1), 0)
        path -= (
            np.linspace(0, 1, 160)[:, None] * (path[-1] - path[0]) * 0.8
        )  # it comes back, so that it fills the place
    path = (path - path.min(0)) / np.maximum(np.ptp(path, axis=0), 1e-6)
    stroke(canvas, 14 + 68 * path, width)
    return canvas


def smudge(random: Random) -> Array:
    """A thumb's print, or a drop with rays, wiped to one side."""
    canvas = blank()
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = random.uniform(12, 30) * (1 + random.uniform(0.05, 0.35) * random.normal(size=40))
    edge = 48 + np.stack([np.cos(angles), np.sin(angles)], 1) * np.abs(radius)[:, None] * random.uniform(0.6, 1.2, 2)
    cv2.fillPoly(canvas, [np.rint(edge).astype(np.int32)], 255, cv2.LINE_AA)
    size = int(random.integers(3, 24))
    wiped = cv2.blur(canvas, (size, 1 + size // 3)).astype(np.float64)
    grain = cv2.GaussianBlur(random.normal(size=(SIDE, SIDE)), (0, 0), 1.5)
    return np.clip(wiped * (1 + random.uniform(0, 2) * grain), 0, 255).astype(np.uint8)


def paper(count: int, random: Random) -> Array:
    """Empty paper, (count, 28, 28, 1) uint8: blank, evenly lit, shaded to one side, or noise from black to white."""
    y, x = np.mgrid[-1:1:28j, -1:1:28j][..., None]
    slopes = random.uniform(-60, 60, (2, count, 1, 1, 1))
    level = random.integers(0, 256, (count, 1, 1, 1)).astype(float)
    papers = np.where(random.random((count, 1, 1, 1)) < 0.5, level, level + slopes[0] * x + slopes[1] * y)
    noisy = random.random(count) < 0.3
    papers[noisy] = random.integers(0, 256, (int(noisy.sum()), 28, 28, 1))
    papers[: count // 10], papers[count // 10 : count // 5] = 0, 255
    return np.clip(np.rint(papers), 0, 255).astype(np.uint8)
