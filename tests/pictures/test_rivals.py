from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.pictures.attempt import Attempt, Sign
from glassnet.pictures.looks import FULL, QUICK, Look
from glassnet.pictures.rivals import same_place, weighed
from glassnet.pictures.segment import Box

NOTHING = np.zeros((1, 1), np.float32)


def made(*signs, side=FULL, confidence=0.9):
    """An attempt that sees these digits, (label, box) each."""
    read = tuple(Sign(Box(*box), NOTHING, NOTHING, label, confidence) for label, box in signs)
    return Attempt(Look(side=side), read, 1.0)


def confidences(attempt):
    return [sign.confidence for sign in attempt.signs]


LEFT, RIGHT = (0, 0, 20, 40), (30, 0, 20, 40)


def test_what_nobody_sees_otherwise_stays_as_sure():
    best = made(("7", LEFT), ("2", RIGHT))
    assert confidences(weighed(best, [best, made(("7", LEFT))], 100)) == [0.9, 0.9]


def test_the_digit_that_others_see_otherwise_is_less_sure():
    best, rival = made(("7", LEFT), ("2", RIGHT)), made(("2", LEFT), ("2", RIGHT), confidence=0.8)
    first, second = confidences(weighed(best, [best, rival], 100))
    assert first == pytest.approx(0.9 * best.score / (best.score + rival.score))
    assert second == 0.9


def test_one_digit_where_others_see_two_is_less_sure():
    best, rival = made(("1", (0, 0, 20, 40))), made(("1", (0, 0, 9, 40)), ("1", (10, 0, 10, 40)))
    (alone,) = confidences(weighed(best, [rival], 100))
    assert alone == pytest.approx(0.9 * best.score / (best.score + rival.score))


def test_paper_within_a_digit_is_no_rival():
    best, light = made(("0", LEFT)), made(("1", (6, 8, 8, 24)))
    assert confidences(weighed(best, [replace(light, look=Look(light=True, side=FULL))], 100)) == [0.9]
    assert confidences(weighed(best, [light], 100))[0] < 0.5


def test_looks_of_other_sizes_are_compared_in_the_same_pixels():
    best = made(("7", (0, 0, 20 * 2048 // 800, 40 * 2048 // 800)))
    quick = made(("7", LEFT), side=QUICK)
    assert confidences(weighed(best, [quick], 4000)) == [0.9]
    assert confidences(weighed(best, [made(("1", LEFT), side=QUICK)], 4000))[0] < 0.5


def test_a_cut_at_another_place_leaves_the_digits_where_they_are():
    best, other = (
        made(("3", (0, 0, 20, 40)), ("1", (18, 0, 8, 40))),
        made(("3", (0, 0, 15, 40)), ("1", (15, 0, 12, 40))),
    )
    assert confidences(weighed(best, [other], 100)) == [0.9, 0.9]


def test_a_place_is_the_same_where_one_middle_lies_in_the_other():
    assert same_place(Box(0, 0, 30, 40), Box(2, 0, 9, 40))
    assert same_place(Box(2, 0, 9, 40), Box(0, 0, 30, 40))
    assert not same_place(Box(0, 0, 20, 40), Box(18, 0, 20, 40))
    assert not same_place(Box(0, 0, 20, 40), Box(0, 50, 20, 40))
