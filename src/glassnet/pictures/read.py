"""Reading the digits in a picture: light, ink, signs, lines, and what the network says of each sign."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from glassnet.arrays import Array
from glassnet.engines import answer
from glassnet.errors import DataError, ShapeError
from glassnet.files import TrainedModel
from glassnet.pictures.ink import find_ink
from glassnet.pictures.lines import reading_order
from glassnet.pictures.segment import Box, Glyph, segment
from glassnet.preparation import DigitBox

LONGEST_SIDE = 2048  # reading needs no more: a photo is made smaller first, which also evens its noise


@dataclass(frozen=True)
class Digit:
    """A digit that was read: what it is, how sure the network is, its box in the picture, and its line from 0."""

    digit: str
    confidence: float
    box: Box
    line: int


@dataclass(frozen=True)
class Reading:
    """What was read in a picture.

    lines : the numbers, from top to bottom.   digits : line by line, each from the left.
    seen : (N, S, S, 1) uint8, the digits as the network saw them, in the same order.
    """

    lines: list[str]
    digits: list[Digit]
    seen: Array = field(repr=False)


def read_picture(trained: TrainedModel, grey: Array) -> Reading:
    """The digits in a grey picture (H, W) uint8: dark on light or light on dark, apart, in one line or several.

    Where nothing looks like writing, lines and digits are empty.

    Raises
    ------
    DataError where the network was not trained on digits; ShapeError where the picture is not (H, W) uint8.
    """
    box = digit_box(trained)
    lines = find_lines(grey)
    seen = [box(glyph.ink) for line in lines for glyph in line]
    if not seen:
        return Reading([], [], np.zeros((0, box.size, box.size, 1), np.uint8))
    answers = answer(trained, np.stack(seen))
    places = [(glyph.box, number) for number, line in enumerate(lines) for glyph in line]
    digits = [
        Digit(str(label), float(confidence), *place)
        for label, confidence, place in zip(answers.classes, answers.confidences, places, strict=True)
    ]
    texts = ["".join(digit.digit for digit in digits if digit.line == number) for number in range(len(lines))]
    return Reading(texts, digits, np.stack(seen))


def sole_digit(trained: TrainedModel, grey: Array) -> Array:
    """The one digit in a grey picture (H, W) uint8, as the network wants to see it, (S, S, 1) uint8.

    Raises
    ------
    DataError where there is none, or more than one; and as `read_picture`.
    """
    box = digit_box(trained)
    glyphs = [glyph for line in find_lines(grey) for glyph in line]
    if not glyphs:
        raise DataError(
            "No digit was found in the picture.", "Give one with dark ink on light paper, or light on dark."
        )
    if len(glyphs) > 1:
        raise DataError(f"{len(glyphs)} digits were found in the picture.", "'glassnet read' reads more than one.")
    return box(glyphs[0].ink)


def digit_box(trained: TrainedModel) -> DigitBox:
    """How the network wants to see a digit; DataError where it knows none."""
    for step in trained.preparation.steps:
        if isinstance(step, DigitBox):
            return step
    raise DataError(
        "This network was not trained on digits, so it cannot read them.",
        "Train one with 'glassnet train mnist --net cnn', or 'glassnet train digits' without a download.",
    )


def find_lines(grey: Array) -> list[list[Glyph]]:
    """The signs in a grey picture (H, W) uint8, line by line, each from the left; boxes in the picture's own pixels."""
    import cv2

    if grey.ndim != 2 or grey.dtype != np.uint8 or not grey.size:
        raise ShapeError(
            f"Expected a grey picture, (height, width) of uint8. Got shape {grey.shape} of {grey.dtype}.",
            "load_picture makes one from a file.",
        )
    scale = min(1.0, LONGEST_SIDE / max(grey.shape))
    height, width = (max(1, round(side * scale)) for side in grey.shape)
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    glyphs = [
        replace(glyph, box=Box(*(round(side / scale) for side in glyph.box))) for glyph in segment(find_ink(small))
    ]
    return [[glyphs[number] for number in line] for line in reading_order([glyph.box for glyph in glyphs])]
