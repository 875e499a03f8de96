"""Changes of how strong pixels are; nothing moves.

`change` takes pictures (n, H, W, C) uint8 and `numbers` uniform numbers in (0, 1) for each, (n, numbers), and gives
pictures of the same shape and type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from glassnet.arrays import Array
from glassnet.augmentation.moves import spread
from glassnet.checks import check_number

CROSS = ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1))  # a pixel and those beside it, in a field of 3×3
FULL = 256  # a share as a whole number: pictures are mixed in whole numbers


@dataclass(frozen=True)
class Stroke:
    """Light strokes thicker or thinner: each pixel goes a share of the way, at most `most`, to the lightest or darkest
    of those beside it.
    """

    most: float = 0.5
    numbers: ClassVar[int] = 1

    def __post_init__(self) -> None:
        check_number("Stroke", "most", self.most, "[0, 1]")

    def change(self, pictures: Array, u: Array) -> Array:
        """See the module."""
        height, width = pictures.shape[1:3]
        edged = np.pad(pictures, ((0, 0), (1, 1), (1, 1), (0, 0)), "edge")
        beside = [edged[:, top : top + height, left : left + width] for top, left in CROSS]
        share = np.rint(spread(u, self.most) * FULL).astype(np.int32)[:, :, None, None]
        thick: Array = np.maximum.reduce(beside)
        thin: Array = np.minimum.reduce(beside)
        goal = np.where(share > 0, thick, thin).astype(np.int32)
        return (pictures + ((goal - pictures) * np.abs(share) >> 8)).astype(np.uint8)


@dataclass(frozen=True)
class Brightness:
    """Lighter or darker by at most `most` of full light, with a contrast of 1 − most to 1 + most times its own."""

    most: float = 0.2
    numbers: ClassVar[int] = 2

    def __post_init__(self) -> None:
        check_number("Brightness", "most", self.most, "[0, 1]")

    def change(self, pictures: Array, u: Array) -> Array:
        """See the module."""
        more, factor = spread(u, self.most).astype(np.float32).T[:, :, None, None, None]
        middle = np.float32(127.5)
        return np.clip(np.rint((pictures - middle) * (1 + factor) + middle + more * 255), 0, 255).astype(np.uint8)
