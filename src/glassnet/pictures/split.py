"""Signs that may be digits that touch, cut apart and read part by part."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.engines import answer
from glassnet.files import TrainedModel
from glassnet.pictures.attempt import OTHERS, Attempt, Sign, digit_box
from glassnet.pictures.doubt import NONE, PARTED, digits_opinion, learnt_doubt
from glassnet.pictures.segment import Box
from glassnet.pictures.touching import STROKE, ask_pairs, halves

UNSURE = 0.9  # a sign that is read less surely may be two
WIDE = 0.75  # of its height: so may one that is wider
WIDEST, NO_DIGIT = 1.9, 0.3  # of its height: what is wider is more than two digits, and read less surely than this
EXCLUDED = 0.01  # a pair that is less likely is none, and nothing is cut
MOST = 12  # signs that are looked at; where there are more, they are no digits
DIGITS = "0123456789"


class Parts(NamedTuple):
    """The parts of a sign, and what the network of the digits says of them.

    cuts : the two parts, (H, W) each, for each of C cuts.   seen : (1 + 2C, S, S, 1), the sign and the parts.
    told : (111,) how likely each hypothesis is by the sign itself, or the cut that fits it best.
    best : (100,) the number of that cut for each pair.
    """

    cuts: list[tuple[Array, Array]]
    seen: Array
    told: Array
    best: Array


def split_touching(trained: TrainedModel, made: Attempt) -> Attempt:
    """The attempt with signs that touch cut apart, where the network of the pairs and that of the digits say so."""
    suspects = [sign for sign in made.signs if is_suspect(sign)]
    if not suspects or len(suspects) > MOST or not knows_digits(trained):
        return made
    signs = [sign for sign in made.signs if sign not in suspects]
    long = [sign for sign in suspects if sign.box.width > WIDEST * sign.box.height]
    signs += [replace(sign, confidence=min(sign.confidence, NO_DIGIT)) for sign in long]
    suspects = [sign for sign in suspects if sign not in long]
    if not suspects:
        return replace(made, signs=tuple(signs))
    for sign, pairs in zip(suspects, ask_pairs([sign.ink for sign in suspects]), strict=True):
        signs += split(sign, find_parts(trained, sign, pairs), pairs)
    return replace(made, signs=tuple(signs))


def is_suspect(sign: Sign) -> bool:
    """Whether a sign may be two."""
    return sign.confidence < UNSURE or sign.box.width > WIDE * sign.box.height


def split(sign: Sign, parts: Parts, pairs: Array) -> list[Sign]:
    """The digits of a sign, from the left, of which the network of the pairs says `pairs` (111,).

    How sure each of two digits is includes how sure it is that they are two, and of one, that it is not two.
    """
    likely = learnt_doubt().pool(pairs, parts.told)
    likeliest = int(likely[:NONE].argmax())
    if likeliest < PARTED or not parts.cuts:
        return [replace(sign, confidence=sign.confidence * float(1 - likely[PARTED:NONE].sum()))]
    two = likely[PARTED:NONE].reshape(10, 10)
    cut = int(parts.best[likeliest - PARTED])
    return [
        _named(
            replace(sign, box=_box(part, sign), ink=part, seen=parts.seen[1 + 2 * cut + side], touching=True),
            two.sum(1 - side),
        )
        for side, part in enumerate(parts.cuts[cut])
    ]


def find_parts(trained: TrainedModel, sign: Sign, pairs: Array) -> Parts:
    """The parts of a sign by every cut, and what the network of the digits says of them.

    There are none where the network of the pairs, whose opinion is `pairs` (111,), excludes that they are two.
    """
    cuts = halves(sign.ink) if pairs[PARTED:NONE].max() >= EXCLUDED else []
    box = digit_box(trained)
    seen = np.stack([sign.seen, *(box(part) for cut in cuts for part in cut)])
    told = digit_shares(trained, seen)
    return Parts(cuts, seen, *digits_opinion(told[0], told[1:].reshape(len(cuts), 2, 11)))


def knows_digits(trained: TrainedModel) -> bool:
    """Whether the classes of a network are the ten digits, and at most strangers beside them."""
    return set(DIGITS) <= {str(name) for name in trained.classes or ()}


def digit_shares(trained: TrainedModel, seen: Array) -> Array:
    """How likely each sample (N, S, S, 1) is each of the ten digits, and none, (N, 11)."""
    assert trained.classes is not None
    names, told = [str(name) for name in trained.classes], answer(trained, seen).shares
    none = told[:, [] if trained.stranger is None else [trained.stranger]].sum(1, keepdims=True)
    return np.concatenate([told[:, [names.index(digit) for digit in DIGITS]], none], 1)


def _named(sign: Sign, likely: Array) -> Sign:
    """The sign with its digit, as likely as the ten are, (10,)."""
    first, *others = np.argsort(-likely, kind="stable")
    alternatives = tuple((DIGITS[k], float(likely[k])) for k in others[:OTHERS])
    return replace(sign, label=DIGITS[first], confidence=float(likely[first]), alternatives=alternatives)


def _box(part: Array, sign: Sign) -> Box:
    """The box of a part in the picture."""
    rows, columns = (np.flatnonzero((part >= STROKE).any(axis)) for axis in (1, 0))
    whole_rows, whole_columns = (np.flatnonzero((sign.ink >= STROKE).any(axis)) for axis in (1, 0))
    left = sign.box.left + int(columns[0] - whole_columns[0])
    top = sign.box.top + int(rows[0] - whole_rows[0])
    return Box(left, top, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
