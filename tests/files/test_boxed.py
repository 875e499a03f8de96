"""The network that comes with the package."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.data import load_data
from glassnet.engines import answer, choose_engine
from glassnet.files.boxed import DIGITS_MODEL, boxed_digits
from glassnet.preparation import DigitBox
from making import others
from making.canvas import seen
from making.glyphs import DIGITS, LETTERS, OTHERS, signs


def random():
    return np.random.Generator(np.random.Philox(7))


def test_it_is_small_and_says_where_it_comes_from():
    trained = boxed_digits()
    assert DIGITS_MODEL.stat().st_size <= 1_000_000
    assert trained.healthy
    assert trained.classes == (*range(10), "none")
    assert trained.preparation.steps == (DigitBox(),)
    assert trained.receipt["command"] == "make digits-model"
    assert trained.receipt["ended"] == "all epochs done"
    assert trained.certainty is not None
    assert trained.certainty.none == "none"
    assert trained.certainty.threshold is not None
    assert boxed_digits() is trained


def test_it_reads_print_of_fonts_that_it_has_not_learnt_from():
    canvases, characters = signs(DIGITS, OTHERS, 200, random())
    answers = answer(boxed_digits(), seen(canvases, random()), choose_engine())
    right = np.array(answers.classes) == np.array([int(one) for one in characters])
    assert right.mean() >= 0.95
    assert answers.refused.mean() <= 0.05


@pytest.mark.parametrize("kind", ["letters", "scribbles", "smudges", "paper"])
def test_it_refuses_what_is_no_digit(kind):
    draw = random()
    pictures = {
        "letters": lambda: seen(signs(LETTERS, OTHERS, 300, draw)[0], draw),
        "scribbles": lambda: seen([others.scribble(draw) for _ in range(300)], draw),
        "smudges": lambda: seen([others.smudge(draw) for _ in range(300)], draw),
        "paper": lambda: others.paper(300, draw),
    }[kind]()
    assert answer(boxed_digits(), pictures, choose_engine()).refused.mean() >= 0.95


def test_row_23_all_black_all_white_and_noise_are_refused():
    noise = np.random.default_rng(0).integers(0, 256, (20, 28, 28, 1)).astype(np.uint8)
    flat = np.stack([np.full((28, 28, 1), grey, np.uint8) for grey in range(0, 256, 15)])
    assert answer(boxed_digits(), np.concatenate([noise, flat])).refused.all()


@pytest.mark.mnist
def test_of_mnists_test_scans_nearly_all_are_right_and_hardly_one_is_refused(mnist_folder):
    scans = load_data("mnist").test
    answers = answer(boxed_digits(), scans.x, choose_engine())
    assert (answers.indices == scans.y).mean() >= 0.996
    assert answers.refused.mean() <= 0.01
