"""All that the network in the box learns from: MNIST, its digits in other pens' strokes, print, and strangers."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.augmentation import Augmentation, Elastic
from glassnet.certainty import NONE
from glassnet.data import Dataset
from glassnet.pictures.sample import enlarge
from making.canvas import SIDE, Random, seen
from making.glyphs import DEJAVU, DIGITS, HERSHEY, LETTERS, SYMBOLS, signs
from making.strangers import paper, scribble, smudge, specks

TURNED, MIRRORED = (2, 3, 4, 5, 6, 7, 9), (3, 4, 6, 7, 9)  # digits that are none when they lie, or in a mirror
WRITTEN = Augmentation((Elastic(0.01, 0.2),))


def collect(digits: Dataset, seed: int, share: float = 1.0) -> Dataset:
    """The scans of `digits`, drawn digits, and strangers as the class "none".

    share : how much is drawn, for tests.
    """
    random = np.random.Generator(np.random.Philox(seed))
    parts = [(digits.x, digits.y)]

    def add(x: Array, y: Array | int) -> None:
        parts.append((x, np.broadcast_to(y, len(x))))

    def times(count: int) -> int:
        return round(count * share)

    rows = random.integers(0, len(digits), times(12_000))
    add(seen([on_canvas(digits.x[row]) for row in rows], random, WRITTEN), digits.y[rows])
    for fonts, count in ((HERSHEY, 4_000), (DEJAVU, 6_000)):
        canvases, characters = signs(DIGITS, fonts, times(count), random)
        add(seen(canvases, random), np.array([DIGITS.index(one) for one in characters]))
        add(seen(signs(LETTERS, fonts, times(count), random)[0], random), 10)
        add(seen(signs(SYMBOLS, fonts, times(count // 6), random)[0], random), 10)
    for draw, count in ((scribble, 6_000), (smudge, 3_000), (specks, 1_500)):
        add(seen([draw(random) for _ in range(times(count))], random), 10)
    add(paper(times(1_000), random), 10)
    add(seen([pair(digits, random) for _ in range(times(4_000))], random, WRITTEN), 10)
    add(seen([misplaced(digits, random) for _ in range(times(5_000))], random, WRITTEN), 10)
    x, y = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return Dataset(f"{digits.name} and what is none", x, y, (*range(10), NONE), digits.preparation)


def on_canvas(scan: Array) -> Array:
    """A scan (28, 28, 1), enlarged, on a canvas."""
    ink = enlarge(scan[:, :, 0], 64)
    ink = ink if ink.shape[1] <= SIDE - 8 else cv2.resize(ink, (SIDE - 8, len(ink)))
    return _placed(ink)


def pair(digits: Dataset, random: Random) -> Array:
    """Two digits that touch, or nearly: no digit, and a sign for `read` that there is something to part."""
    one, other = (enlarge(digits.x[row, :, :, 0], 48) for row in random.integers(0, len(digits), 2))
    overlap = min(int(random.integers(0, 9)), one.shape[1] - 1, other.shape[1] - 1)
    both = np.zeros((max(len(one), len(other)) + 8, one.shape[1] + other.shape[1] - overlap), np.float32)
    for ink, left in ((one, 0), (other, one.shape[1] - overlap)):
        top = int(random.integers(0, len(both) - len(ink) + 1))
        place = both[top : top + len(ink), left : left + ink.shape[1]]
        np.maximum(place, ink, out=place)
    return _placed(cv2.resize(both, (min(both.shape[1], SIDE - 8), len(both))))


def misplaced(digits: Dataset, random: Random) -> Array:
    """A digit that lies, or in a mirror: written by hand as digits are, and none of them."""
    mirrored = random.random() < 0.4
    known = MIRRORED if mirrored else TURNED
    while True:
        row = int(random.integers(0, len(digits)))
        if digits.y[row] in known:
            canvas = on_canvas(digits.x[row])
            return canvas[:, ::-1].copy() if mirrored else np.rot90(canvas, 1 + 2 * int(random.integers(0, 2))).copy()


def _placed(ink: Array) -> Array:
    """Ink (H, W) in 0..1 in the middle of a canvas."""
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - ink.shape[0]) // 2, (SIDE - ink.shape[1]) // 2
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = np.rint(ink * 255)
    return canvas
