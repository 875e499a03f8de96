from __future__ import annotations

import numpy as np
import pytest

from glassnet.data import Dataset, load_data
from glassnet.errors import DataError, ParameterError
from glassnet.pictures import compose_number, find_glyphs, find_ink, reading_order
from tests.pictures.drawing import DIGITS, one

SCANS = np.stack([np.pad(one(str(digit), 20), ((4, 4), (0, 30)))[:, :28, None] for digit in DIGITS])
DATA = Dataset("drawn", SCANS, np.arange(10), DIGITS)


def lines_of(grey):
    return reading_order([glyph.box for glyph in find_glyphs(find_ink(grey))])


@pytest.mark.parametrize("seed", range(5))
def test_the_digits_stand_apart_in_one_line(seed):
    grey, number = compose_number(DATA, 6, seed)
    assert grey.dtype == np.uint8
    assert len(number) == 6
    assert [len(line) for line in lines_of(grey)] == [6]


def test_ink_is_dark_and_paper_light():
    grey, _ = compose_number(DATA, 3)
    assert grey.min() == 40
    assert np.median(grey) == grey.max() == 235


def test_the_seed_decides_everything():
    grey, number = compose_number(DATA, 8, 1)
    again, same = compose_number(DATA, 8, 1)
    assert np.array_equal(grey, again)
    assert number == same
    assert len({compose_number(DATA, 8, seed)[1] for seed in range(10)}) == 10


def test_the_scans_are_those_of_the_number():
    only = DATA.take(np.array([7]))
    assert compose_number(only, 4)[1] == "7777"


def test_digits_that_need_no_download():
    grey, number = compose_number(load_data("digits", 0).test, 8)
    assert [len(line) for line in lines_of(grey)] == [len(number)]


def test_an_empty_scan_leaves_a_gap():
    empty = Dataset("empty", np.zeros((2, 8, 8, 1), np.uint8), np.array([0, 1]), (0, 1))
    assert (compose_number(empty, 3)[0] == 235).all()


def test_what_is_no_picture():
    with pytest.raises(DataError, match=r"points holds samples of shape \(2,\); grey pictures"):
        compose_number(Dataset("points", np.zeros((3, 2)), np.array([0, 1, 1]), ("a", "b")), 3)


def test_no_digits():
    with pytest.raises(ParameterError, match="digits must be a whole number"):
        compose_number(DATA, 0)
