"""Reading the digits in a picture: light, ink, signs, lines, and what the network says of each sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import DataError, ShapeError
from glassnet.files import TrainedModel
from glassnet.pictures.attempt import Attempt, amount, attempt, digit_box
from glassnet.pictures.clutter import without_hairs
from glassnet.pictures.doubt import learnt_doubt
from glassnet.pictures.lines import reading_order
from glassnet.pictures.looks import FULL, QUICK, Look, looks
from glassnet.pictures.reduced import reduced
from glassnet.pictures.rivals import weighed
from glassnet.pictures.segment import Box
from glassnet.pictures.split import split_touching

SURE = 0.9  # a digit with less confidence is doubtful
WHOLE = 0.95  # where less of the ink was read, something may have been left out
FINALISTS = 2  # looks that are taken again, finely
ALONE = 0.25, 0.1, 0.04  # the widest strokes of a digit that stands alone, which may fill the picture
HIGH = 60  # pixels: digits need not be seen larger
NEAR = 0.5  # of the best score: looks that made less sense are not


@dataclass(frozen=True)
class Digit:
    """A digit that was read.

    digit : what it is.   confidence : how sure the network is.   box : where it stands in the picture.
    line : its line, from 0.   alternatives : what else it may be, and how likely, the likeliest first.
    doubtful : whether one should look at it: the network is not sure, or not all of the ink was read.
    touching : whether it was cut from a neighbour.
    """

    digit: str
    confidence: float
    box: Box
    line: int
    alternatives: tuple[tuple[str, float], ...] = ()
    doubtful: bool = False
    touching: bool = False


@dataclass(frozen=True)
class Reading:
    """What was read in a picture.

    lines : the numbers, from top to bottom.   digits : line by line, each from the left.
    seen : (N, S, S, 1) uint8, the digits as the network saw them, in the same order.
    look : how the picture was looked at, of the ways that were tried the one that made most sense.
    """

    lines: list[str]
    digits: list[Digit]
    seen: Array = field(repr=False)
    look: Look = Look()


def read_picture(trained: TrainedModel, grey: Array) -> Reading:
    """The digits in a grey picture (H, W) uint8: dark on light or light on dark, in one line or several.

    Where nothing looks like writing, lines and digits are empty.

    Raises
    ------
    DataError where the network was not trained on digits; ShapeError where the picture is not (H, W) uint8.
    """
    best, *others = attempts(trained, grey)
    return to_reading(
        trained, weighed(best, others, max(grey.shape)) if best.plausible else replace(best, signs=()), grey
    )


def find_digits(trained: TrainedModel, grey: Array) -> Reading:
    """As `read_picture`, however unsure the network is that there are digits at all."""
    return to_reading(trained, attempts(trained, grey)[0], grey)


def attempts(trained: TrainedModel, grey: Array) -> list[Attempt]:
    """All attempts at a grey picture (H, W) uint8, the one that makes most sense first."""
    digit_box(trained)  # refuses other networks before anything is looked for
    check_grey(grey)
    quick = reduced(grey, QUICK)
    made: list[Attempt] = []
    for look in looks():
        made.append(split_touching(trained, attempt(trained, look.ink(quick), look)))
        if made[-1].convincing:
            break
    made.sort(key=sense, reverse=True)
    best = made[0]
    for one in made[:FINALISTS]:
        if one.score >= NEAR * made[0].score:
            made += closer(trained, grey, one)
            best = max(made, key=sense)
        if best.convincing:
            break
    return sorted(made, key=sense, reverse=True)


def sense(made: Attempt) -> tuple[float, float]:
    """How much sense an attempt makes; of two that make as much, that which sees wider strokes sees more."""
    return round(made.score, 2), made.look.widest


def closer(trained: TrainedModel, grey: Array, made: Attempt) -> Iterator[Attempt]:
    """The attempt again, as finely as its signs need it, and where that does not convince either, without hairs."""
    heights = [sign.box.height for sign in made.signs]
    look = replace(made.look, side=min(FULL, max(QUICK, round(QUICK * HIGH / median(heights or [1])))))
    if look.side == QUICK and made.convincing:
        return
    ink, again = look.ink(reduced(grey, look.side)), made
    if look.side > QUICK:
        again = split_touching(trained, attempt(trained, ink, look))
        yield again
    if not again.convincing:
        look = replace(look, hairs=False)
        yield split_touching(trained, attempt(trained, without_hairs(ink), look, amount(ink)))


def check_grey(grey: Array) -> None:
    """Raise ShapeError unless this is a grey picture (H, W) uint8."""
    if grey.ndim != 2 or grey.dtype != np.uint8 or not grey.size:
        raise ShapeError(
            f"Expected a grey picture, (height, width) of uint8. Got shape {grey.shape} of {grey.dtype}.",
            "load_picture makes one from a file.",
        )


def to_reading(trained: TrainedModel, made: Attempt, grey: Array) -> Reading:
    """An attempt put into lines in reading order; boxes in pixels of the picture."""
    box, scale = digit_box(trained), min(1.0, made.look.side / max(grey.shape))
    if not made.signs:
        return Reading([], [], np.zeros((0, box.size, box.size, 1), np.uint8), made.look)
    part_left_out = made.look.hairs and made.explained < WHOLE
    order = reading_order([sign.box for sign in made.signs])
    digits = [
        Digit(
            sign.label,
            sign.confidence,
            Box(*(round(side / scale) for side in sign.box)),
            number,
            sign.alternatives,
            sign.confidence < (learnt_doubt().sure if sign.touching else SURE) or part_left_out,
            sign.touching,
        )
        for number, line in enumerate(order)
        for sign in (made.signs[place] for place in line)
    ]
    texts = ["".join(made.signs[place].label for place in line) for line in order]
    seen = np.stack([made.signs[place].seen for line in order for place in line])
    return Reading(texts, digits, seen, made.look)


def ink_is_light(grey: Array) -> bool:
    """Whether a digit that stands alone is lighter than its paper: the edge of the picture is paper."""
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return bool(2 * np.median(edge) < sum(np.percentile(grey, (1, 99))))


def sole_digit(trained: TrainedModel, grey: Array) -> Array:
    """The one digit in a grey picture (H, W) uint8, as the network wants to see it, (S, S, 1) uint8.

    Raises
    ------
    DataError where there is none, or more than one; and as `read_picture`.
    """
    digit_box(trained)
    check_grey(grey)
    fine, light = reduced(grey, FULL), ink_is_light(grey)
    looked = (attempt(trained, look.ink(fine), look) for look in (Look(one, light, side=FULL) for one in ALONE))
    alone = next((made for made in looked if len(made.signs) == 1), None)
    reading = to_reading(trained, alone or attempts(trained, grey)[0], grey)
    if not reading.digits:
        raise DataError(
            "No digit was found in the picture.", "Give one with dark ink on light paper, or light on dark."
        )
    if len(reading.digits) > 1:
        raise DataError(
            f"{len(reading.digits)} digits were found in the picture.", "'glassnet read' reads more than one."
        )
    return np.asarray(reading.seen[0])
