"""Captchas: 4 to 6 scanned digits, warped, with lines across and dots."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.drawn.photos import smooth_noise, written_by
from glassnet.arrays import Array
from glassnet.data import Dataset


def draw_captcha(data: Dataset, seed: int) -> tuple[Array, str]:
    """A captcha (80, W) uint8, dark on light, and what stands there."""
    rng = np.random.default_rng([seed, 2])
    write = written_by(data)
    signs = [write(rng, int(rng.integers(38, 50))) for _ in range(int(rng.integers(4, 7)))]
    gaps = rng.integers(5, 12, len(signs))
    width = 40 + sum(part.shape[1] for _, part in signs) + int(gaps.sum())
    ink, left = np.zeros((80, width), np.float32), 20
    for (_, part), gap in zip(signs, gaps, strict=True):
        top = 40 - part.shape[0] // 2 + int(rng.integers(-6, 7))
        place = ink[top : top + part.shape[0], left : left + part.shape[1]]
        np.maximum(place, part, out=place)
        left += part.shape[1] + int(gap)
    ink = warp(ink, rng)
    for _ in range(int(rng.integers(2, 5))):
        start, end = ((int(rng.uniform(*span) * width), int(rng.integers(8, 72))) for span in ((0, 0.3), (0.7, 1)))
        cv2.line(ink, start, end, float(rng.uniform(0.6, 1)), 1, cv2.LINE_AA)
    for _ in range(int(rng.integers(30, 90))):
        spot = int(rng.integers(width)), int(rng.integers(80))
        cv2.circle(ink, spot, int(rng.integers(0, 2)), float(rng.uniform(0.5, 1)), -1, cv2.LINE_AA)
    page = rng.uniform(200, 250) - ink * rng.uniform(130, 190) + rng.normal(0, 3, ink.shape)
    return page.clip(0, 255).astype(np.uint8), "".join(sign for sign, _ in signs)


def warp(ink: Array, rng: np.random.Generator) -> Array:
    """Ink whose points are moved by smooth noise, up to some pixels."""
    y, x = np.mgrid[: ink.shape[0], : ink.shape[1]].astype(np.float32)
    dx, dy = (smooth_noise(ink.shape, 12.0, 1.8, rng) for _ in range(2))
    return cv2.remap(ink, x + dx, y + dy, cv2.INTER_LINEAR)
