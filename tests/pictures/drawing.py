"""Pictures with digits drawn by OpenCV, and a network that knows them: its weights are the digits themselves."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense, Flatten
from glassnet.model import Sequential
from glassnet.preparation import DigitBox, Preparation, Scale

DIGITS = tuple(range(10))


def write(ink: Array, text: str, left: int, bottom: int, height: int = 60, gap: float = 0.5) -> None:
    """Draw digits into ink (H, W) uint8, full ink 255, from left to right with gaps of `gap` times their height."""
    for sign in text:
        drawn = one(sign, height)
        rows, columns = drawn.shape
        place = ink[bottom - rows : bottom, left : left + columns]
        np.maximum(place, drawn, out=place)
        left += columns + round(gap * height)


def one(sign: str, height: int = 60) -> Array:
    """One digit, cropped to its ink, (height, W) uint8."""
    large = np.zeros((300, 300), np.uint8)
    cv2.putText(large, sign, (60, 240), cv2.FONT_HERSHEY_SIMPLEX, 8, 255, 22, cv2.LINE_AA)
    rows, columns = np.flatnonzero(large.any(1)), np.flatnonzero(large.any(0))
    large = large[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width = max(1, round(large.shape[1] * height / large.shape[0]))
    return np.asarray(cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA))


def paper(height: int = 200, width: int = 600) -> Array:
    """No ink, (height, width) uint8."""
    return np.zeros((height, width), np.uint8)


def reader(preparation: Preparation | None = None) -> TrainedModel:
    """A network whose sums are how much a sample is like each of the drawn digits."""
    box = DigitBox()
    network = Sequential([Flatten(), Dense(10), Activation("softmax")], (28, 28, 1))
    likeness = np.stack([box(one(str(digit)) / 255).ravel() / 255 for digit in DIGITS], 1)
    likeness = likeness - likeness.mean(0)
    network.weight_layout.named(network.vectors.weights)["dense_1.W"][:] = likeness / (likeness**2).sum(0) ** 0.5 * 3
    return TrainedModel(network, DIGITS, preparation or Preparation((box,), Scale(1 / 255)))
