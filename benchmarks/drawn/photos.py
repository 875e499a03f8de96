"""Photographs of written numbers: paper with a texture, ink of some colour, light from one side, a tilted camera,
noise and JPEG, as a telephone makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.drawn.signs import scan
from glassnet.arrays import Array
from glassnet.data import Dataset

Draw = Callable[[np.random.Generator, int], tuple[str, Array]]  # (generator, height) to a digit and its ink
INKS = (30, 30, 35), (30, 40, 130), (20, 60, 160), (150, 30, 30), (70, 70, 75), (10, 90, 50)  # RGB
PAPERS = (245, 243, 238), (230, 225, 210), (255, 240, 130), (200, 225, 240), (245, 205, 215), (215, 235, 205)
STEEPEST = 10.0  # degrees that the camera is turned, about each of three axes


class Photo(NamedTuple):
    """A picture (H, W, 3) uint8, and the numbers in it from top to bottom."""

    picture: Array
    lines: list[str]


def written_by(data: Dataset) -> Draw:
    """Digits drawn from a set of scans."""

    def draw(rng: np.random.Generator, height: int) -> tuple[str, Array]:
        row = int(rng.integers(len(data)))
        assert data.classes is not None
        return str(data.classes[data.y[row]]), scan(data, row, height)

    return draw


def draw_photo(draw: Draw, seed: int) -> Photo:
    """A photo of 3 to 12 digits in 1 to 3 lines, (H, W, 3) uint8 with 720 rows of 960."""
    rng = np.random.default_rng([seed, 0])
    count = int(rng.integers(3, 13))
    lines = int(rng.integers(-(-count // 6), min(3, count) + 1))
    ink, texts = write_lines(draw, [len(part) for part in np.array_split(np.arange(count), lines)], rng)
    return Photo(photograph(ink, rng), texts)


def write_lines(draw: Draw, counts: list[int], rng: np.random.Generator) -> tuple[Array, list[str]]:
    """Ink (720, 960) float32 with a line of digits for each count, apart from each other, and what stands there."""
    ink, texts = np.zeros((720, 960), np.float32), []
    pitch = min(200.0, 560 / len(counts))
    height = min(float(rng.uniform(0.4, 0.62)) * pitch, 560 / max(counts))
    top = rng.uniform(70, 650 - pitch * len(counts))
    for line, count in enumerate(counts):
        drawn = [draw(rng, round(height * rng.uniform(0.85, 1.15))) for _ in range(count)]
        gaps = height * rng.uniform(0.15, 0.5, count)
        total = sum(part.shape[1] for _, part in drawn) + float(gaps.sum())
        left = rng.uniform(70, max(71.0, 890 - total))
        for (_, part), gap in zip(drawn, gaps, strict=True):
            y = round(top + (line + 0.5) * pitch - part.shape[0] / 2 + rng.uniform(-0.08, 0.08) * height)
            x = round(left)
            place = ink[y : y + part.shape[0], x : x + part.shape[1]]
            np.maximum(place, part[: place.shape[0], : place.shape[1]], out=place)
            left += part.shape[1] + gap
        texts.append("".join(sign for sign, _ in drawn))
    return ink, texts


def photograph(ink: Array, rng: np.random.Generator) -> Array:
    """Ink (H, W) on paper as a camera sees it, (H, W, 3) uint8."""
    height, width = ink.shape
    paper = np.array(PAPERS[rng.integers(len(PAPERS))], np.float32)
    pen = np.array(INKS[rng.integers(len(INKS))], np.float32)
    if rng.random() < 0.15:  # chalk
        paper, pen = np.array((45, 60, 50), np.float32), np.array((235, 235, 230), np.float32)
    grain = 1 + smooth_noise(ink.shape, 1.0, 0.012, rng) + smooth_noise(ink.shape, 6.0, 0.015, rng)
    strength = (ink * rng.uniform(0.7, 1.0) * (1 + smooth_noise(ink.shape, 2.0, 0.06, rng))).clip(0, 1)[..., None]
    page = (paper * grain[..., None]) * (1 - strength) + pen * strength
    seen = cv2.warpPerspective(
        page, tilt(height, width, rng), (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    seen = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.4, 1.1)))
    lit = seen * shade(height, width, rng)[..., None] * rng.uniform(0.55, 1.0)
    noisy = lit + rng.normal(0, rng.uniform(1, 6), lit.shape)
    _, packed = cv2.imencode(
        ".jpg", noisy.clip(0, 255).astype(np.uint8)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 95))]
    )
    return unpacked(packed)


def unpacked(packed: Array) -> Array:
    """The picture (H, W, 3) uint8 in the bytes of a file."""
    picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert picture is not None
    return picture[..., ::-1]


def shade(height: int, width: int, rng: np.random.Generator) -> Array:
    """Light that falls off to one side, and in half of the photos the soft edge of a shadow, (H, W) in 0..1."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 - rng.uniform(0.05, 0.5) * (1 + x * np.cos(angle) + y * np.sin(angle)) / 2
    if rng.random() < 0.5:
        turned = rng.uniform(0, 2 * np.pi)
        edge = (x * np.cos(turned) + y * np.sin(turned) - rng.uniform(-0.4, 0.6)) / rng.uniform(0.05, 0.4)
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-4 * edge))
    return light.clip(0.15, 1)


def tilt(height: int, width: int, rng: np.random.Generator) -> Array:
    """The homography of a camera that is turned by up to STEEPEST degrees about each axis, 1.2 widths away."""
    ax, ay, az = np.radians(rng.uniform(-STEEPEST, STEEPEST, 3))
    rx = np.array([[1, 0, 0], [0, np.cos(ax), -np.sin(ax)], [0, np.sin(ax), np.cos(ax)]])
    ry = np.array([[np.cos(ay), 0, np.sin(ay)], [0, 1, 0], [-np.sin(ay), 0, np.cos(ay)]])
    rz = np.array([[np.cos(az), -np.sin(az), 0], [np.sin(az), np.cos(az), 0], [0, 0, 1]])
    away = 1.2 * width
    lens = np.array([[away, 0, width / 2], [0, away, height / 2], [0, 0, 1]])
    plane = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 0]]) / away
    return lens @ (rx @ ry @ rz @ plane + np.array([[0, 0, 0], [0, 0, 0], [0, 0, 1.08]]))


def smooth_noise(shape: tuple[int, ...], size: float, deviation: float, rng: np.random.Generator) -> Array:
    """Noise whose grains have about this size, (H, W) float32."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), size)
    return noise * np.float32(deviation / noise.std())
