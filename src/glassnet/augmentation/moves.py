"""Moves of a whole picture, each a matrix about its middle: x to the right, y down, in pixels.

`matrices` takes `numbers` uniform numbers in (0, 1) for each picture, (n, numbers), and the shape of the pictures
(height, width), and gives (n, 3, 3): where a point (x, y, 1) of the picture goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import check_number


def spread(u: Array, most: float) -> Array:
    """Uniform numbers in (0, 1) as numbers in (−most, most); ½ is 0."""
    return (2 * u - 1) * most


def _still(count: int) -> Array:
    """Matrices (count, 3, 3) that move nothing."""
    return np.broadcast_to(np.eye(3), (count, 3, 3)).copy()


@dataclass(frozen=True)
class Shift:
    """To the side, and up or down, each by at most `most` of the picture's width or height."""

    most: float = 0.08
    numbers: ClassVar[int] = 2

    def __post_init__(self) -> None:
        check_number("Shift", "most", self.most, "[0, 1]")

    def matrices(self, u: Array, shape: Shape) -> Array:
        """See the module."""
        moved = _still(len(u))
        moved[:, 0, 2], moved[:, 1, 2] = (spread(u, self.most) * shape[::-1]).T
        return moved


@dataclass(frozen=True)
class Rotate:
    """By at most `most` degrees; clockwise is above 0."""

    most: float = 15.0
    numbers: ClassVar[int] = 1

    def __post_init__(self) -> None:
        check_number("Rotate", "most", self.most, "[0, 180]")

    def matrices(self, u: Array, shape: Shape) -> Array:
        """See the module."""
        angle = np.deg2rad(spread(u[:, 0], self.most))
        moved = _still(len(u))
        moved[:, 0, 0] = moved[:, 1, 1] = np.cos(angle)
        moved[:, 1, 0] = np.sin(angle)
        moved[:, 0, 1] = -moved[:, 1, 0]
        return moved


@dataclass(frozen=True)
class Zoom:
    """Larger or smaller, width and height each for itself, by a factor between 1/(1 + most) and 1 + most."""

    most: float = 0.1
    numbers: ClassVar[int] = 2

    def __post_init__(self) -> None:
        check_number("Zoom", "most", self.most, "[0, 1]")

    def matrices(self, u: Array, shape: Shape) -> Array:
        """See the module."""
        moved = _still(len(u))
        moved[:, 0, 0], moved[:, 1, 1] = ((1 + self.most) ** spread(u, 1)).T
        return moved


@dataclass(frozen=True)
class Shear:
    """Slanted to the side, as handwriting is: by at most `most` of the distance from the middle line."""

    most: float = 0.1
    numbers: ClassVar[int] = 1

    def __post_init__(self) -> None:
        check_number("Shear", "most", self.most, "[0, 1]")

    def matrices(self, u: Array, shape: Shape) -> Array:
        """See the module."""
        moved = _still(len(u))
        moved[:, 0, 1] = spread(u[:, 0], self.most)
        return moved


@dataclass(frozen=True)
class Flip:
    """Half of the pictures as in a mirror. Not for what has a right and a wrong way round, such as digits."""

    numbers: ClassVar[int] = 1

    def matrices(self, u: Array, shape: Shape) -> Array:
        """See the module."""
        moved = _still(len(u))
        moved[:, 0, 0] = np.where(u[:, 0] < 0.5, -1, 1)
        return moved
