"""What was read, drawn into the picture."""

from __future__ import annotations

import os
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from glassnet.arrays import Array
from glassnet.atomic import atomic_write
from glassnet.pictures.read import Digit, Reading

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SURE = 0.9  # a digit with less confidence is drawn in the other colour
BLUE, ORANGE = (0, 90, 181), (213, 80, 0)  # told apart by everyone, on light and on dark
LOWEST_DIGIT = 96  # pixels: the picture is enlarged until its lowest digit is as high
LONGEST_SIDE = 2048  # pixels: but not beyond this


def save_grey(grey: Array, path: str | os.PathLike[str]) -> None:
    """Write a grey picture (H, W) uint8 as a PNG; OutputError where that cannot be done."""
    from PIL import Image

    with atomic_write(path) as file:
        Image.fromarray(grey).save(file, "PNG")


def save_annotated(grey: Array, reading: Reading, path: str | os.PathLike[str]) -> None:
    """Write the picture (H, W) uint8 as a PNG, with a box around each digit and above it what it is, and how surely.

    Small pictures are enlarged until one can read it, large ones made smaller. OutputError where it cannot be written.
    """
    from PIL import Image, ImageDraw

    heights = [digit.box.height for digit in reading.digits] or [LOWEST_DIGIT]
    scale = min(max(1.0, LOWEST_DIGIT / min(heights)), LONGEST_SIDE / max(grey.shape))
    height, width = (max(1, round(side * scale)) for side in grey.shape)
    picture = Image.fromarray(grey).resize((width, height), Image.Resampling.BICUBIC)
    size = max(13, round(median(heights) * scale / 7))
    room = 2 * size  # for what is said of digits at the edge
    page = Image.new("RGB", (width + 2 * room, height + 2 * room), (int(np.median(grey)),) * 3)
    page.paste(picture, (room, room))
    brush = ImageDraw.Draw(page)
    for digit in reading.digits:
        label(brush, digit, scale, room, size)
    with atomic_write(path) as file:
        page.save(file, "PNG")


def label(brush: ImageDraw, digit: Digit, scale: float, room: int, size: int) -> None:
    """Draw the box of one digit and what is said of it, in letters of this size."""
    from PIL import ImageFont

    box = digit.box
    left, top, right, bottom = (side * scale + room for side in (box.left, box.top, box.right, box.bottom))
    colour = BLUE if digit.confidence >= SURE else ORANGE
    margin, line = size / 4, round(size / 8)
    brush.rectangle((left - margin, top - margin, right + margin, bottom + margin), outline=colour, width=line)
    font = ImageFont.load_default(size)
    text, place = f"{digit.digit} {digit.confidence:.0%}", ((left + right) / 2, top - 2 * margin)
    spot = brush.textbbox(place, text, font, "mb")
    brush.rectangle((spot[0] - line, spot[1] - line, spot[2] + line, spot[3] + line), fill="white")
    brush.text(place, text, colour, font, "mb")
