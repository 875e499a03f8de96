"""Photographs as they come off a telephone: not only paper and ink, but desks, shadows, fingers, rules and creases."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.drawn import surfaces
from benchmarks.drawn.photos import Photo, unpacked
from benchmarks.drawn.signs import penned, printed
from benchmarks.drawn.surfaces import HEIGHT, WIDTH, Generator
from glassnet.arrays import Array


def draw_scene(name: str, seed: int) -> Photo:
    """A photo (1125, 1500, 3) uint8 of the scene of this name, and what stands in it."""
    rng = np.random.default_rng([seed, 3])
    ink, lines = SCENES_INK.get(name, _usual)(rng)
    page = SCENES[name](ink, rng)
    page = cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.6, 1.4)))
    noisy = page + rng.normal(0, rng.uniform(2, 5), page.shape)
    _, packed = cv2.imencode(".jpg", noisy.clip(0, 255).astype(np.uint8)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])
    return Photo(unpacked(packed), lines)


def write(counts: list[int], height: int, thick: float, rng: Generator) -> tuple[Array, list[str]]:
    """Ink (H, W) of lines of digits around the middle of the picture: by a pen so thick, or print where it is 0."""
    ink, lines = np.zeros((HEIGHT, WIDTH), np.float32), []
    top = HEIGHT // 2 - round(height * (1.5 * len(counts) - 0.5) / 2)
    for number, count in enumerate(counts):
        signs = [str(rng.integers(10)) for _ in range(count)]
        parts = [penned(sign, height, thick, rng) if thick else printed(sign, height, rng) for sign in signs]
        left = max(20, (WIDTH - sum(part.shape[1] for part in parts) - round(0.35 * height) * (count - 1)) // 2)
        for part in parts:
            y = top + round(1.5 * height * number) + int(rng.integers(-height // 16, height // 16 + 1))
            place = ink[y : y + part.shape[0], left : left + part.shape[1]]
            np.maximum(place, part[: place.shape[0], : place.shape[1]], out=place)
            left += part.shape[1] + round(0.35 * height)
        lines.append("".join(signs))
    return ink, lines


def _usual(rng: Generator) -> tuple[Array, list[str]]:
    counts = [int(rng.integers(2, 6)) for _ in range(int(rng.integers(1, 4)))]
    return write(counts, int(rng.integers(90, 160)), float(rng.uniform(6, 12)), rng)


def _thin(rng: Generator) -> tuple[Array, list[str]]:
    counts = [int(rng.integers(3, 7)) for _ in range(int(rng.integers(2, 4)))]
    return write(counts, int(rng.integers(70, 140)), float(rng.uniform(2, 4)), rng)


def _single(rng: Generator) -> tuple[Array, list[str]]:
    return write([1], int(rng.integers(650, 900)), float(rng.uniform(12, 90)), rng)


def _marker(rng: Generator) -> tuple[Array, list[str]]:
    return write([1], int(rng.integers(600, 850)), float(rng.uniform(90, 180)), rng)


def _small(rng: Generator) -> tuple[Array, list[str]]:
    return write([int(rng.integers(4, 9)) for _ in range(4)], int(rng.integers(24, 40)), float(rng.uniform(2, 4)), rng)


def _print(rng: Generator) -> tuple[Array, list[str]]:
    return write([int(rng.integers(3, 7)) for _ in range(2)], int(rng.integers(50, 160)), 0, rng)


SCENES: dict[str, Callable[[Array, Generator], Array]] = {
    "thin pen": surfaces.on_paper,
    "small": surfaces.on_paper,
    "full page": surfaces.on_paper,
    "print": surfaces.on_paper,
    "pencil": surfaces.pencil,
    "thin pencil": surfaces.pencil,
    "sticky note": surfaces.sticky_note,
    "table edge": surfaces.table_edge,
    "finger": surfaces.finger,
    "hard shadow": surfaces.hard_shadow,
    "ruled": surfaces.ruled,
    "squared": surfaces.squared,
    "blackboard": surfaces.blackboard,
    "creased": surfaces.creased,
    "marker": surfaces.on_paper,
    "coloured note": surfaces.coloured_note,
    "pencil on squares": surfaces.pencil_on_squares,
    "phone's shadow": surfaces.phone_shadow,
    "dark room": surfaces.dark_room,
}
SCENES_INK = {
    "thin pen": _thin,
    "small": _small,
    "full page": _single,
    "print": _print,
    "thin pencil": _thin,
    "marker": _marker,
}
