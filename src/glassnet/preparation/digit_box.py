"""An isolated digit, fitted into a square as the scans that a network learnt from were.

Sources: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits": each digit is fitted into a box of
20×20 with its aspect ratio kept, and lies in a field of 28×28 by its centre of mass. E. Alpaydin, C. Kaynak, "Optical
Recognition of Handwritten Digits": each digit fills 32×32, of which blocks of 4×4 are counted, 0 to 16.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice, check_integer
from glassnet.errors import ShapeError

FINE = 4  # a digit is placed on a grid that is this much finer; a pixel is the mean of FINE × FINE of its points
INSIDE = 0.5  # of the strongest ink: a digit reaches as far as its ink is at least so strong


@dataclass(frozen=True)
class DigitBox:
    """Crops a digit to its ink, scales its longer side to `box`, places it in a square, makes its strongest ink full.

    Parameters
    ----------
    size : side of the square.   box : longer side of the digit in it.
    centre : what comes to lie in the middle: the centre of "mass" of the ink, or the middle of the "box" around it.
    levels : the number that stands for full ink.

    Shapes    ink (H, W), 0 is paper and 1 is ink   ->   (size, size, 1) uint8 in 0..levels; all 0 where there is no ink
    Raises    ShapeError where ink is not (H, W).
    """

    size: int = 28
    box: int = 20
    centre: str = "mass"
    levels: int = 255

    def __post_init__(self) -> None:
        check_integer("DigitBox", "size", self.size, maximum=1024)
        check_integer("DigitBox", "box", self.box, maximum=self.size)
        check_choice("DigitBox", "centre", self.centre, ("mass", "box"))
        check_integer("DigitBox", "levels", self.levels, maximum=255)

    def __call__(self, ink: Array) -> Array:
        if ink.ndim != 2:
            raise ShapeError(f"DigitBox: expected the ink of one digit, (height, width). Got shape {ink.shape}.")
        grid = np.zeros((self.size * FINE, self.size * FINE), np.float32)
        digit = crop(np.clip(np.nan_to_num(ink), 0, 1).astype(np.float32))
        if digit.size:
            digit = fit(digit, self.box * FINE)
            middles = centre_of_mass(digit) if self.centre == "mass" else tuple(side / 2 for side in digit.shape)
            top, left = (
                min(max(floor((len(grid) + 1) / 2 - middle), 0), len(grid) - side)
                for middle, side in zip(middles, digit.shape, strict=True)
            )
            grid[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
        square = grid.reshape(self.size, FINE, self.size, FINE).mean((1, 3))
        return np.rint(square / max(float(square.max()), 1e-6) * self.levels).astype(np.uint8)[:, :, None]


def crop(ink: Array) -> Array:
    """The part of the picture with ink in it; empty where there is none."""
    inside = (ink > 0) & (ink >= INSIDE * ink.max(initial=0.0))
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    if not rows.size:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fit(digit: Array, box: int) -> Array:
    """The digit with its longer side scaled to `box`: the means of what a point covers, or smooth steps in between."""
    import cv2

    longer = max(digit.shape)
    height, width = (max(1, round(side * box / longer)) for side in digit.shape)
    way = cv2.INTER_AREA if longer > box else cv2.INTER_CUBIC
    return np.clip(cv2.resize(digit, (width, height), interpolation=way), 0, 1)


def centre_of_mass(digit: Array) -> tuple[float, float]:
    """Row and column of the ink's mean, from the digit's corner, less half a pixel of the square.

    In MNIST's scans the mean lies in the middle of pixel 14 of 0 to 27, half a pixel beyond the middle of the field.
    """
    rows, columns = (float(digit.sum(axis) @ np.arange(digit.shape[1 - axis])) for axis in (1, 0))
    half_point_less_half_pixel, mass = (1 - FINE) / 2, float(digit.sum())
    return rows / mass + half_point_less_half_pixel, columns / mass + half_point_less_half_pixel
