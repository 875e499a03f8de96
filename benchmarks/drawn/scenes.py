"""Photographs as they come off a telephone: not only paper and ink, but desks, shadows, fingers, rules and creases."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.drawn.photos import Photo, smooth_noise, unpacked
from benchmarks.drawn.signs import penned, printed
from glassnet.arrays import Array

HEIGHT, WIDTH = 1125, 1500
Generator = np.random.Generator


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


def _small(rng: Generator) -> tuple[Array, list[str]]:
    return write([int(rng.integers(4, 9)) for _ in range(4)], int(rng.integers(24, 40)), float(rng.uniform(2, 4)), rng)


def _print(rng: Generator) -> tuple[Array, list[str]]:
    return write([int(rng.integers(3, 7)) for _ in range(2)], int(rng.integers(50, 160)), 0, rng)


def on_paper(ink: Array, rng: Generator, paper: float = 220, pen: float = 50, slope: float = 0.3) -> Array:
    """Ink on paper in light that falls off to one side, (H, W, 3) float32."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 - slope * (1 + x * np.cos(angle) + y * np.sin(angle)) / 2
    grain = 1 + smooth_noise(ink.shape, 1.5, 0.015, rng) + smooth_noise(ink.shape, 8.0, 0.01, rng)
    grey = (paper * (1 - ink) + pen * ink) * grain * light
    return np.repeat(grey[..., None], 3, 2).astype(np.float32)


def desk(rng: Generator) -> Array:
    """A wooden desk, (H, W, 3) float32."""
    wood = np.array((120, 80, 50), np.float32) * rng.uniform(0.5, 1.2)
    streaks = cv2.GaussianBlur(rng.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), sigmaX=60, sigmaY=2)
    return wood * (1 + 0.12 * streaks / streaks.std())[..., None]


def _sticky_note(ink: Array, rng: Generator) -> Array:
    page = on_paper(ink, rng) * np.array((1.1, 1.0, 0.45), np.float32)
    rows, columns = np.flatnonzero(ink.max(1) > 0.5), np.flatnonzero(ink.max(0) > 0.5)
    centre = (float(columns.mean()), float(rows.mean()))
    size = (float(np.ptp(columns)) + 160, float(np.ptp(rows)) + 160)
    corners = cv2.boxPoints((centre, size, float(rng.uniform(-8, 8))))
    mask = cv2.fillConvexPoly(np.zeros(ink.shape, np.float32), np.rint(corners).astype(np.int32), 1.0)
    return np.where(mask[..., None] > 0, page, desk(rng))


def _table_edge(ink: Array, rng: Generator) -> Array:
    page, table = on_paper(ink, rng), desk(rng)
    left, bottom = int(rng.integers(40, 200)), int(rng.integers(40, 150))
    columns = np.flatnonzero(ink.max(0) > 0.5)
    left = min(left, int(columns[0]) - 30)
    page[:, : max(left, 1)], page[HEIGHT - bottom :] = table[:, : max(left, 1)], table[HEIGHT - bottom :]
    return page


def _finger(ink: Array, rng: Generator) -> Array:
    page = on_paper(ink, rng)
    rows = np.flatnonzero(ink.max(1) > 0.5)
    skin = np.zeros(ink.shape, np.float32)
    end = (int(rng.integers(300, 1200)), min(HEIGHT - 40, int(rows[-1]) + int(rng.integers(90, 160))))
    cv2.line(skin, end, (end[0] + int(rng.integers(-150, 150)), HEIGHT + 200), 1.0, int(rng.integers(90, 150)))
    shadow = cv2.GaussianBlur(np.roll(skin, 40, 1), (0, 0), 15)[..., None]
    return np.where(skin[..., None] > 0.5, np.array((205, 150, 125), np.float32), page * (1 - 0.4 * shadow))


def _hard_shadow(ink: Array, rng: Generator) -> Array:
    mask: Array = np.zeros(ink.shape, np.float32)
    corners = np.array([(rng.uniform(200, 1300), 0), (1500, 0), (1500, 1125), (rng.uniform(200, 1300), 1125)])
    cv2.fillConvexPoly(mask, np.rint(corners).astype(np.int32), 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(3, 15)))
    return on_paper(ink, rng) * (1 - rng.uniform(0.3, 0.6) * mask)[..., None]


def _ruled(ink: Array, rng: Generator) -> Array:
    return on_paper(np.maximum(ink, _rules(rng, squared=False)), rng)


def _squared(ink: Array, rng: Generator) -> Array:
    return on_paper(np.maximum(ink, _rules(rng, squared=True)), rng)


def _rules(rng: Generator, *, squared: bool) -> Array:
    lines, pitch, slope = np.zeros((HEIGHT, WIDTH), np.float32), int(rng.integers(60, 130)), rng.uniform(-0.04, 0.04)
    strength, thick = float(rng.uniform(0.25, 0.6)), int(rng.integers(1, 4))
    for place in range(-100, WIDTH + 100, pitch):
        cv2.line(lines, (0, place), (WIDTH, round(place + slope * WIDTH)), strength, thick, cv2.LINE_AA)
        if squared:
            cv2.line(lines, (place, 0), (round(place - slope * HEIGHT), HEIGHT), strength, thick, cv2.LINE_AA)
    return lines


def _pencil(ink: Array, rng: Generator) -> Array:
    return on_paper(ink * (0.8 + smooth_noise(ink.shape, 1.2, 0.2, rng)).clip(0, 1), rng, 120, 75, 0.5)


def _blackboard(ink: Array, rng: Generator) -> Array:
    chalk = ink * (0.8 + smooth_noise(ink.shape, 1.2, 0.25, rng)).clip(0, 1)
    smears = 1 + 4 * np.abs(smooth_noise(ink.shape, 60.0, 0.08, rng))
    return on_paper(chalk, rng, 55, 225) * np.array((0.8, 1, 0.9), np.float32) * smears[..., None]


def _creased(ink: Array, rng: Generator) -> Array:
    page = on_paper(ink, rng)
    for _ in range(3):
        fold = np.zeros(ink.shape, np.float32)
        x = rng.uniform(100, 1400, 2)
        cv2.line(fold, (int(x[0]), 0), (int(x[1]), HEIGHT), 1.0, 6)
        page *= 1 - 0.2 * cv2.GaussianBlur(fold, (0, 0), 3)[..., None]
    return page


SCENES: dict[str, Callable[[Array, Generator], Array]] = {
    "thin pen": on_paper,
    "small": on_paper,
    "full page": on_paper,
    "print": on_paper,
    "pencil": _pencil,
    "thin pencil": _pencil,
    "sticky note": _sticky_note,
    "table edge": _table_edge,
    "finger": _finger,
    "hard shadow": _hard_shadow,
    "ruled": _ruled,
    "squared": _squared,
    "blackboard": _blackboard,
    "creased": _creased,
}
SCENES_INK = {"thin pen": _thin, "full page": _single, "small": _small, "print": _print, "thin pencil": _thin}
