"""Signs that may be digits that touch, cut apart and read part by part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from glassnet.arrays import Array
from glassnet.files import TrainedModel
from glassnet.pictures.attempt import Attempt, Sign, read_glyphs
from glassnet.pictures.segment import Box, Glyph
from glassnet.pictures.touching import STROKE, ask_pairs, halves

UNSURE = 0.9  # a sign that is read less surely may be two
WIDE = 0.75  # of its height: so may one that is wider
WIDEST, NO_DIGIT = 1.9, 0.3  # of its height: what is wider is more than two digits, and read less surely than this
AGREED = 0.8  # of 2: how surely the digits' network has to see in the parts what the pairs' network says,
SURELY_AGREED = 1.3  # and where it is surer of the whole than that one
CONTRADICTED = 0.6  # a sign is read less surely than this where the network of the pairs reads another digit
MOST = 12  # signs that are looked at; where there are more, they are no digits


def split_touching(trained: TrainedModel, made: Attempt) -> Attempt:
    """The attempt with signs that touch cut apart, where the network of the pairs says so."""
    suspects = [sign for sign in made.signs if sign.confidence < UNSURE or sign.box.width > WIDE * sign.box.height]
    if not suspects or len(suspects) > MOST:
        return made
    signs = [sign for sign in made.signs if sign not in suspects]
    long = [sign for sign in suspects if sign.box.width > WIDEST * sign.box.height]
    signs += [replace(sign, confidence=min(sign.confidence, NO_DIGIT)) for sign in long]
    suspects = [sign for sign in suspects if sign not in long]
    if not suspects:
        return replace(made, signs=tuple(signs))
    for sign, (text, confidence, other) in zip(suspects, ask_pairs([sign.ink for sign in suspects]), strict=True):
        signs += split(trained, sign, text, confidence, other)
    return replace(made, signs=tuple(signs))


def split(trained: TrainedModel, sign: Sign, text: str, confidence: float, other: str) -> list[Sign]:
    """The digits of a sign, from the left, that the network of the pairs calls `text`, or less likely `other`."""
    if len(text) == 1:
        return [sign if text == sign.label else replace(sign, confidence=min(sign.confidence, CONTRADICTED))]
    cuts = halves(sign.ink)
    if not cuts:
        return [sign]
    glyphs = [Glyph(_box(part, sign), part) for cut in cuts for part in cut]
    read = read_glyphs(trained, glyphs)
    fits = [
        sum(_confidence(part, digit) for part, digit in zip(read[2 * cut : 2 * cut + 2], text, strict=True))
        for cut in range(len(cuts))
    ]
    best = int(np.argmax(fits))
    if fits[best] < (AGREED if confidence > sign.confidence else SURELY_AGREED):
        return [replace(sign, confidence=min(sign.confidence, CONTRADICTED))] if confidence > CONTRADICTED else [sign]
    return [
        replace(part, label=digit, confidence=confidence, touching=True)
        for part, digit in zip(read[2 * best : 2 * best + 2], text, strict=True)
    ]


def _confidence(sign: Sign, digit: str) -> float:
    return dict([(sign.label, sign.confidence), *sign.alternatives]).get(digit, 0.0)


def _box(part: Array, sign: Sign) -> Box:
    """The box of a part in the picture."""
    rows, columns = (np.flatnonzero((part >= STROKE).any(axis)) for axis in (1, 0))
    whole_rows, whole_columns = (np.flatnonzero((sign.ink >= STROKE).any(axis)) for axis in (1, 0))
    left = sign.box.left + int(columns[0] - whole_columns[0])
    top = sign.box.top + int(rows[0] - whole_rows[0])
    return Box(left, top, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
