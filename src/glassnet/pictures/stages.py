"""What each stage of reading makes of a picture, and what would be read if it were the last: the photo doctor."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.files import TrainedModel
from glassnet.pictures.attempt import Attempt, attempt
from glassnet.pictures.clutter import without_hairs, without_rules
from glassnet.pictures.ink import even_light, find_ink, otsu
from glassnet.pictures.lines import reading_order
from glassnet.pictures.looks import Look
from glassnet.pictures.read import read_picture
from glassnet.pictures.reduced import reduced
from glassnet.pictures.sheet import find_sheet
from glassnet.pictures.split import split_touching


class Stage(NamedTuple):
    """One stage.

    name : what was done.   picture : (H, W) uint8, what came of it.   lines : what is read from it.
    confidence : the mean confidence of that; 0 where nothing is read.
    """

    name: str
    picture: Array
    lines: list[str]
    confidence: float


def picture_stages(trained: TrainedModel, grey: Array) -> list[Stage]:
    """The stages that a grey picture (H, W) uint8 goes through under the look that `read_picture` took.

    Only those that did something are told; the last one reads what `read_picture` reads. Raises as that does.
    """
    look = read_picture(trained, grey).look
    picture = reduced(grey, look.side)
    told = [_stage(trained, "as it is", picture, threshold(picture), look)]
    if look.sheet and (found := find_sheet(picture)) is not None:
        box, mask = found
        picture = picture[box.top : box.bottom, box.left : box.right]
        picture = np.where(mask, picture, np.median(picture[mask])).astype(np.uint8)
        told.append(_stage(trained, "the sheet alone", picture, threshold(picture), look))
    contrast = even_light(picture, look.widest, light=look.light)
    told.append(_stage(trained, "light evened", _inverted(contrast), contrast > otsu(contrast), look))
    ink = find_ink(picture, widest=look.widest, light=look.light)
    told.append(_stage(trained, "strength of the ink evened", _inverted(ink), ink, look))
    for name, take_away in (("ruled lines taken away", without_rules), ("hairs taken away", without_hairs)):
        cleaned = take_away(ink) if look.hairs is False or take_away is without_rules else ink
        if not np.array_equal(cleaned, ink):
            told.append(_stage(trained, name, _inverted(cleaned), cleaned, look))
        ink = cleaned
    whole = attempt(trained, ink, look)
    divided = split_touching(trained, whole)
    if len(divided.signs) != len(whole.signs):
        told.append(Stage("what touches divided", _inverted(ink), *_read(divided)))
    return told


def threshold(grey: Array) -> Array:
    """Ink (H, W) as one threshold finds it in a grey picture (H, W) uint8: what is darker is ink, everywhere."""
    return (1 - grey / 255 > otsu(1 - grey / 255)).astype(np.float32)


def _stage(trained: TrainedModel, name: str, picture: Array, ink: Array, look: Look) -> Stage:
    return Stage(name, picture, *_read(attempt(trained, ink.astype(np.float32), replace(look))))


def _read(made: Attempt) -> tuple[list[str], float]:
    order = reading_order([sign.box for sign in made.signs])
    lines = ["".join(made.signs[place].label for place in line) for line in order]
    return lines, float(np.mean([sign.confidence for sign in made.signs])) if made.signs else 0.0


def _inverted(ink: Array) -> Array:
    """Ink as a picture (H, W) uint8: dark on white."""
    return np.rint(255 * (1 - np.clip(ink, 0, 1))).astype(np.uint8)
