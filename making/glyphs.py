"""Signs of fonts: those of OpenCV, which a plotter's pen would draw, and those that Matplotlib brings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from glassnet.arrays import Array
from making.canvas import SIDE, Random, blank

HEIGHT = 56  # of a sign in pixels, about
HERSHEY = tuple(range(8))  # the numbers that OpenCV knows its fonts by
DEJAVU = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSerif",
    "DejaVuSerif-Bold", "DejaVuSerif-Italic",
)  # fmt: skip
OTHERS = (
    "STIXGeneral",
    "STIXGeneralBol",
    "STIXGeneralItalic",
    "STIXGeneralBolIta",
    "cmr10",
    "cmss10",
    "cmtt10",
    "cmb10",
)

LOOK_ALIKES = "OoIliSsZzBbgq"  # a digit's shape, or nearly
LETTERS = "".join(sign for sign in "ACDEFGHJKLMNPQRTUVWXYacdefhjkmnprtuvwxy")
DIGITS = "0123456789"
SYMBOLS = "#$%&*+=?@~<>^"

Font = int | str


def sign(character: str, font: Font, random: Random) -> Array:
    """One character on a canvas."""
    return _hershey(character, font, random) if isinstance(font, int) else _printed(character, font)


def signs(characters: str, fonts: tuple[Font, ...], count: int, random: Random) -> tuple[list[Array], list[str]]:
    """So many canvases, each with a character and a font drawn at random, and which character it is."""
    drawn = [characters[k] for k in random.integers(0, len(characters), count)]
    chosen = [fonts[k] for k in random.integers(0, len(fonts), count)]
    return [sign(character, font, random) for character, font in zip(drawn, chosen, strict=True)], drawn


def _hershey(character: str, font: int, random: Random) -> Array:
    canvas = blank()
    width = int(random.integers(2, 9))
    (_, high), _ = cv2.getTextSize(character, font, 1.0, 1)
    scale = HEIGHT / max(high, 8)
    (wide, high), base = cv2.getTextSize(character, font, scale, width)
    place = (SIDE - wide) // 2, (SIDE + high - base) // 2
    cv2.putText(canvas, character, place, font, scale, 255, width, cv2.LINE_AA)
    return canvas


@cache
def _printed(character: str, font: str) -> Array:
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{font}.ttf"
    image = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), character, 255, ImageFont.truetype(path, HEIGHT), "mm")
    return np.asarray(image)
