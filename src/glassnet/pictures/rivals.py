"""Digits that other looks see otherwise are less sure: each look counts as much as its reading makes sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glassnet.pictures.attempt import Attempt, Sign
from glassnet.pictures.segment import Box


def weighed(best: Attempt, others: Sequence[Attempt], longest: int) -> Attempt:
    """The attempt with its digits as sure as others leave them, which looked at a picture with this longer side.

    A confidence is multiplied by a / (a + d): a is the best score with which this digit alone was seen at its place, d
    the best one with which something else was. Only looks for the same ink count, dark or light: what is light within
    a dark digit is its paper.
    """

    rivals = [other for other in others if other.look.light == best.look.light]

    def scaled(made: Attempt, box: Box) -> Box:
        scale = min(made.look.side, longest) / min(best.look.side, longest)
        return Box(*(round(side / scale) for side in box))

    def share(sign: Sign) -> float:
        agreed, denied = best.score, 0.0
        for other in rivals:
            seen = [one.label for one in other.signs if same_place(sign.box, scaled(other, one.box))]
            if seen == [sign.label] or labels(other) == labels(best):
                agreed = max(agreed, other.score)
            elif seen:
                denied = max(denied, other.score)
        return agreed / (agreed + denied) if denied else 1.0

    return replace(best, signs=tuple(replace(sign, confidence=sign.confidence * share(sign)) for sign in best.signs))


def labels(made: Attempt) -> list[str]:
    """The digits of an attempt, from the left."""
    return [sign.label for sign in sorted(made.signs, key=lambda sign: sign.box.left)]


def same_place(one: Box, other: Box) -> bool:
    """Whether the middle of one box lies in the other: digits that touch are not always cut at the same place."""
    return holds_middle(one, other) or holds_middle(other, one)


def holds_middle(box: Box, other: Box) -> bool:
    """Whether the middle of another box lies in this one."""
    across, down = other.left + other.width / 2, other.top + other.height / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom
