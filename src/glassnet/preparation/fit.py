"""A picture of any size, fitted into a field of one size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice, check_integer
from glassnet.errors import ShapeError

GREY, COLOUR = 1, 3
MOST_SIDE = 1024


@dataclass(frozen=True)
class Fit:
    """Scales a picture until it just fits into height × width, and lays it in the middle, on the colour of its border.

    Its shape is kept. The colour around it is the median of its outermost pixels, channel by channel. A picture of just
    this size is taken pixel for pixel.

    Parameters
    ----------
    height, width : of the field.   channels : 1 makes every picture grey, 3 brings red, green and blue.

    Shapes    pixels (H, W), grey, or (H, W, 3), uint8   ->   (height, width, channels) uint8
    Raises    ShapeError where pixels are of another shape or type, or none.
    """

    height: int
    width: int
    channels: int = COLOUR

    def __post_init__(self) -> None:
        check_integer("Fit", "height", self.height, maximum=MOST_SIDE)
        check_integer("Fit", "width", self.width, maximum=MOST_SIDE)
        check_choice("Fit", "channels", str(self.channels), ("1", "3"))

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of what comes out."""
        return self.height, self.width, self.channels

    def __call__(self, pixels: Array) -> Array:
        if pixels.dtype != np.uint8 or not pixels.size or (pixels.ndim != 2 and pixels.shape[2:] != (COLOUR,)):
            raise ShapeError(
                f"Fit: expected a picture, (height, width) or (height, width, 3) of uint8. Got shape {pixels.shape} of "
                f"{pixels.dtype}."
            )
        picture = _scaled(_in_channels(pixels, self.channels), self.height, self.width)
        height, width = picture.shape[:2]
        border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
        field = np.empty(self.shape, np.uint8)
        field[:] = np.median(border, axis=0).astype(np.uint8)
        top, left = (self.height - height) // 2, (self.width - width) // 2
        field[top : top + height, left : left + width] = picture
        return field


def _in_channels(pixels: Array, channels: int) -> Array:
    """(H, W, channels); grey is 0.299·red + 0.587·green + 0.114·blue (Recommendation ITU-R BT.601)."""
    import cv2

    if pixels.ndim == 2:
        return pixels[:, :, None].repeat(channels, 2)
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[:, :, None] if channels == GREY else pixels


def _scaled(picture: Array, height: int, width: int) -> Array:
    """The picture as large as it fits: the means of what a pixel covers, or smooth steps in between."""
    import cv2

    factor = min(height / picture.shape[0], width / picture.shape[1])
    if factor == 1:
        return picture
    rows, columns = (max(1, round(side * factor)) for side in picture.shape[:2])
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, (columns, rows), interpolation=way).reshape(rows, columns, picture.shape[2])
