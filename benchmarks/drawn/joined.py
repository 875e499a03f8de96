"""What the network of the pairs learns from: signs of one digit, of two that touch, and of none."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.certainty import NONE
from glassnet.data import Dataset
from glassnet.pictures.touching import FRAME, STROKE
from glassnet.preparation import Preparation, Scale
from making.glyphs import DEJAVU, HERSHEY, LETTERS, SYMBOLS, signs
from making.strangers import scribble, smudge, specks

SINGLES, STRANGERS = 0.25, 0.12  # of the signs; the others are pairs
CLASSES = (*[str(digit) for digit in range(10)], *[f"{pair:02}" for pair in range(100)], NONE)
FINE = 3  # a scan's pixel is drawn as so many


def draw_signs(digits: Dataset, count: int, seed: int) -> Iterator[tuple[Array, str]]:
    """So many signs as ink (H, W) of many sizes, each with its class."""
    rng = np.random.default_rng([seed, 4])
    for _ in range(count):
        yield draw_sign(digits, rng)


def as_dataset(drawn: Iterator[tuple[Array, str]]) -> Dataset:
    """Signs as the network of the pairs sees them, (N, S, S, 1) uint8."""
    x, y = zip(*((FRAME(ink), CLASSES.index(name)) for ink, name in drawn), strict=True)
    return Dataset("touching digits", np.stack(x), np.array(y), CLASSES, Preparation((FRAME,), Scale(1 / 255)))


def draw_sign(digits: Dataset, rng: np.random.Generator) -> tuple[Array, str]:
    """One sign and its class."""
    first, second = rng.integers(len(digits), size=2)
    kind, ink = rng.random(), varied(digits.x[first, :, :, 0], rng)
    if kind < SINGLES:
        return ink, str(digits.y[first])
    both = joined(ink, varied(digits.x[second, :, :, 0], rng), rng)
    if kind < 1 - STRANGERS:
        return both, f"{digits.y[first]}{digits.y[second]}"
    return stranger(both, rng), NONE


def varied(scan: Array, rng: np.random.Generator) -> Array:
    """A scan as ink (H, W), larger, a little turned, slanted and stretched, its edges soft or hard, cropped."""
    move = np.eye(2) * rng.uniform(0.85, 1.15, 2) + np.array([[0, 1], [-1, 0]]) * rng.normal(0, 0.08)
    move = FINE * (move + np.array([[0, 1], [0, 0]]) * rng.normal(0, 0.1))
    middle = np.array([14.0, 14.0])
    whole = np.column_stack([move, 40 * FINE / 2 - move @ middle])
    large = cv2.warpAffine(scan.astype(np.float32) / 255, whole, (40 * FINE, 40 * FINE), flags=cv2.INTER_CUBIC)
    return cropped(np.clip((large - rng.uniform(0.35, 0.6)) / rng.uniform(0.2, 0.7) + 0.5, 0, 1))


def joined(first: Array, second: Array, rng: np.random.Generator) -> Array:
    """Two digits beside each other on about one line, their boxes or their strokes overlapping by up to 3 pixels."""
    down = round(rng.normal(0, 2 * FINE)) + (len(first) - len(second)) // 2
    top = max(0, -down)
    height = max(top + len(first), top + down + len(second))
    left, right = np.zeros((height, first.shape[1]), np.float32), np.zeros((height, second.shape[1]), np.float32)
    left[top : top + len(first)], right[top + down : top + down + len(second)] = first, second
    overlap = rng.uniform(0, 3.3) * FINE
    if rng.random() < 0.4:  # strokes that meet, where the one reaches under the other
        both = (left >= STROKE).any(1) & (right >= STROKE).any(1)
        free = (left[:, ::-1] >= STROKE).argmax(1) + (right >= STROKE).argmax(1)
        overlap += int(free[both].min()) if both.any() else 0
    shift = max(FINE, left.shape[1] - round(overlap))
    ink = np.zeros((height, max(left.shape[1], shift + right.shape[1])), np.float32)
    ink[:, : left.shape[1]] = left
    ink[:, shift : shift + right.shape[1]] = np.maximum(ink[:, shift : shift + right.shape[1]], right)
    return ink


def stranger(both: Array, rng: np.random.Generator) -> Array:
    """A letter, a symbol, a scribble or a blot; or the largest piece of paper between the strokes of two digits."""
    if rng.random() < 0.4:
        paper = (both < STROKE).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
        largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()) if len(stats) > 1 else 0
        return cropped((labels == largest).astype(np.float32))
    characters, fonts = (LETTERS, DEJAVU) if rng.random() < 0.5 else (LETTERS + SYMBOLS, HERSHEY)
    letter = signs(characters, fonts, 1, rng)[0][0]
    draw = (scribble, smudge, specks, lambda _: letter)[rng.choice(4, p=(0.3, 0.1, 0.1, 0.5))]
    canvas: Array = draw(rng)
    return cropped(cv2.resize(canvas, None, fx=rng.uniform(0.8, 1.6), fy=1.0).astype(np.float32) / 255)


def cropped(ink: Array) -> Array:
    """The part of a picture of ink (H, W) that its strokes fill; a corner of it where it has none."""
    rows, columns = np.flatnonzero((ink >= STROKE).any(1)), np.flatnonzero((ink >= STROKE).any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size else ink[:FINE, :FINE]
