"""A picture to try reading on: a number composed of scanned digits, as if written with a dark pen on light paper."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer
from glassnet.data import Dataset
from glassnet.errors import DataError
from glassnet.randomness import Purpose, uniform, words

HEIGHT = 120  # of a digit in pixels, before it is varied
PAPER, PEN = 235.0, 40.0  # greys
SOFTNESS = 0.3  # of the edge of a stroke: an enlarged scan is blurred, a pen is not
COMPOSING = 1 << 16  # the layer in the address of the words: data sets draw theirs elsewhere


def compose_number(data: Dataset, digits: int, seed: int = 0) -> tuple[Array, str]:
    """Digits drawn from `data`, in one line and apart, as a grey picture (H, W) uint8, and the number they make.

    Sizes, gaps and heights above the line vary.

    Raises
    ------
    ParameterError where digits is not 1 or more; DataError where the samples are no grey pictures with classes.
    """
    check_integer("compose_number", "digits", digits)
    check_integer("compose_number", "seed", seed, 0, 2**64 - 1)
    if data.classes is None or len(data.sample_shape) != 3 or data.sample_shape[2] != 1:
        raise DataError(
            f"compose_number: {data.name} holds samples of shape {data.sample_shape}; grey pictures with classes are "
            "needed, (height, width, 1).",
            "Take 'digits' or 'mnist'.",
        )
    which, *variations = uniform(words(seed, Purpose.DATA, 0, COMPOSING, 4 * digits)).reshape(4, digits)
    rows = (which * len(data)).astype(np.int64)
    number = "".join(str(data.classes[index]) for index in data.y[rows])
    inks, tops, lefts = [], [], []
    left = HEIGHT // 2
    for row, size, gap, rise in zip(rows, *variations, strict=True):
        ink = enlarge(data.x[row, :, :, 0], round(HEIGHT * (0.8 + 0.4 * size)))
        inks.append(ink)
        tops.append(round(HEIGHT * (1 + 0.25 * (rise - 0.5)) - len(ink) / 2))
        lefts.append(left)
        left += ink.shape[1] + round(HEIGHT * (0.15 + 0.35 * gap))
    paper = np.zeros((2 * HEIGHT, left + HEIGHT // 4), np.float32)
    for ink, top, left in zip(inks, tops, lefts, strict=True):
        paper[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return np.rint(PAPER + (PEN - PAPER) * paper).astype(np.uint8), number


def enlarge(scan: Array, height: int) -> Array:
    """The digit of a scan as ink (about `height`, W) float32 in 0..1, with smooth outlines."""
    import cv2

    rows, columns = np.flatnonzero(scan.any(1)), np.flatnonzero(scan.any(0))
    if not rows.size:
        return np.zeros((height, height // 2), np.float32)
    digit = scan[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = height / len(digit)
    padded = np.pad(digit / np.float32(digit.max()), 1)
    size = round(padded.shape[1] * factor), round(padded.shape[0] * factor)
    return np.clip((cv2.resize(padded, size, interpolation=cv2.INTER_CUBIC) - 0.5) / SOFTNESS + 0.5, 0, 1)
