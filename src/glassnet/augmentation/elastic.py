"""Bending a picture, as a hand never writes a sign in the same way twice.

Source: P. Simard, D. Steinkraus, J. Platt, "Best practices for convolutional neural networks applied to visual document
analysis", ICDAR 2003, section 2: random displacements, smoothed by a Gaussian. Here the random ones stand on a grid
whose points lie one standard deviation apart, as between those nothing but the Gaussian would show.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.augmentation.moves import spread
from glassnet.checks import check_number

REACH = 2  # points of the grid beyond the picture's edge: those further off move nothing that is seen


@dataclass(frozen=True)
class Elastic:
    """Every point is displaced, points near each other alike.

    Parameters
    ----------
    strength : standard deviation of a displacement, as a share of the picture's width or height.
    smoothness : standard deviation of the Gaussian, as the same share. The article has 4 of 28 pixels.
    """

    strength: float = 0.03
    smoothness: float = 1 / 7

    def __post_init__(self) -> None:
        check_number("Elastic", "strength", self.strength, "[0, 0.5]")
        check_number("Elastic", "smoothness", self.smoothness, "[0.05, 1]")

    @property
    def points(self) -> int:
        """How many points the grid has on a side."""
        return ceil(1 / self.smoothness - 1e-9) + 1 + 2 * REACH

    @property
    def numbers(self) -> int:
        """How many random numbers a picture takes."""
        return 2 * self.points**2

    def displacements(self, u: Array, shape: Shape) -> Array:
        """How far from a pixel, in x and in y, its colour is taken: (n, 2, height, width) float32 in pixels.

        u (n, numbers) are uniform numbers in (0, 1).
        """
        grid = spread(u, 3**0.5).astype(np.float32).reshape(-1, 2, self.points, self.points)  # of variance 1
        across, down = (self._weights(side) for side in shape)
        field = across @ grid @ down.T
        return field * np.array(shape[::-1], np.float32).reshape(2, 1, 1) * np.float32(self.strength)

    def _weights(self, side: int) -> Array:
        """How much each pixel of a side follows each point of the grid, (side, points); squares add up to 1."""
        places = (np.arange(side)[:, None] + 0.5) / side / self.smoothness
        distances = places - (np.arange(self.points) - REACH)
        weights = np.exp(-(distances**2) / 2)
        return (weights / np.sqrt((weights**2).sum(1, keepdims=True))).astype(np.float32)
