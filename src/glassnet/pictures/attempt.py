"""One attempt at a picture: its signs under one look, what the network says of them, and whether that makes sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.engines import answer
from glassnet.errors import DataError
from glassnet.files import TrainedModel
from glassnet.pictures.looks import Look
from glassnet.pictures.segment import Box, Glyph, find_glyphs
from glassnet.preparation import DigitBox

FLOOR = 0.1  # the confidence that a sign counts with at least, so that one blot among many digits decides nothing
REFUSED = 0.3  # the most confidence in a sign that the network takes for none of the digits
OTHERS = 3  # alternatives that are told of a sign
LEAST = 0.5  # the middle confidence of a reading: what is read less surely is no writing,
LEAST_EXPLAINED = 0.3, 0.1  # nor is that of which less ink lies in signs: a few specks of many look like a digit;
# where several are surely read, the rest may be a desk
FAINT = 0.3  # ink from here on is counted; grain and dirt are fainter
MANY = 0.3  # the power of the number of signs in the score: many make more sense than few
LIGHT, SHEET = 0.8, 0.45  # dark ink on the whole picture is commoner; light lies between strokes, too, and in loops
TOUCHING = 0.95  # digits mostly stand apart
HAIRLESS = 0.85  # where it makes no difference, nothing is taken away
CONVINCING = 0.97, 0.85  # mean confidence, share of the ink that is in signs: no other look is needed


@dataclass(frozen=True)
class Sign:
    """A sign that was read: its box in the picture, its ink (H, W), and as the network saw it, (S, S, 1) uint8.

    touching : whether it was cut from a neighbour.
    """

    box: Box
    ink: Array
    seen: Array
    label: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    touching: bool = False


@dataclass(frozen=True)
class Attempt:
    """The signs that one look found, in no particular order, and the share of all ink that lies in them."""

    look: Look
    signs: tuple[Sign, ...]
    explained: float

    @property
    def sureness(self) -> float:
        """The geometric mean of the confidences; 0 without signs."""
        logs = [np.log(max(sign.confidence, FLOOR)) for sign in self.signs]
        return float(np.exp(np.mean(logs))) if logs else 0.0

    @property
    def score(self) -> float:
        """How much sense it makes: many signs, surely read, and little ink beside them."""
        look = self.look
        likely = LIGHT**look.light * SHEET**look.sheet * HAIRLESS ** (not look.hairs)
        likely *= TOUCHING ** sum(sign.touching for sign in self.signs)
        return len(self.signs) ** MANY * self.sureness**8 * self.explained**2 * likely

    @property
    def plausible(self) -> bool:
        """Whether most signs look like digits, and enough of the ink is in them."""
        sure = len(self.signs) > 1 and self.sureness >= CONVINCING[0]
        if not self.signs or self.explained < LEAST_EXPLAINED[sure]:
            return False
        return float(np.median([sign.confidence for sign in self.signs])) >= LEAST

    @property
    def convincing(self) -> bool:
        """Whether no other look can be much better."""
        sureness, explained = CONVINCING
        apart = not any(sign.touching for sign in self.signs)
        usual = not self.look.light and self.look.hairs and apart
        return usual and self.sureness >= sureness and self.explained >= explained


def attempt(trained: TrainedModel, ink: Array, look: Look, total: float | None = None) -> Attempt:
    """The signs in ink (H, W) and what a network that knows digits says of them.

    total : how much ink there was before any was taken away; None where none was.
    """
    total = amount(ink) if total is None else total
    made = _read(trained, find_glyphs(ink), look, total)
    return (
        made
        if made.convincing
        else max(made, _read(trained, find_glyphs(ink, low=True), look, total), key=lambda one: one.score)
    )


def _read(trained: TrainedModel, glyphs: list[Glyph], look: Look, total: float) -> Attempt:
    if not glyphs:
        return Attempt(look, (), 0.0)
    explained = sum(amount(glyph.ink) for glyph in glyphs) / total
    return Attempt(look, read_glyphs(trained, glyphs), min(1.0, explained))


def amount(ink: Array) -> float:
    """How much ink (H, W) there is."""
    return float(ink[ink >= FAINT].sum())


def read_glyphs(trained: TrainedModel, glyphs: Sequence[Glyph]) -> tuple[Sign, ...]:
    """What the network says of each glyph."""
    if not glyphs:
        return ()
    box = digit_box(trained)
    seen = np.stack([box(glyph.ink) for glyph in glyphs])
    answers = answer(trained, seen)
    sure = np.where(answers.refused, np.minimum(answers.confidences, REFUSED), answers.confidences)
    return tuple(
        Sign(glyph.box, glyph.ink, picture, str(label), float(confidence), _others(trained, shares, index))
        for glyph, picture, label, confidence, shares, index in zip(
            glyphs, seen, answers.classes, sure, answers.shares, answers.indices, strict=True
        )
    )


def _others(trained: TrainedModel, shares: Array, index: int) -> tuple[tuple[str, float], ...]:
    assert trained.classes is not None
    order = [k for k in np.argsort(-shares, kind="stable") if k not in (index, trained.stranger)]
    return tuple((str(trained.classes[k]), float(shares[k])) for k in order[:OTHERS])


def digit_box(trained: TrainedModel) -> DigitBox:
    """How the network wants to see a digit; DataError where it knows none."""
    for step in trained.preparation.steps:
        if isinstance(step, DigitBox):
            return step
    raise DataError(
        "This network was not trained on digits, so it cannot read them.",
        "Train one with 'glassnet train mnist --net cnn', or 'glassnet train digits' without a download.",
    )
