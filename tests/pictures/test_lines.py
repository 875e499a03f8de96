from __future__ import annotations

import pytest

from glassnet.pictures.lines import reading_order
from glassnet.pictures.segment import Box


def row_of(top, lefts, height=60, slope=0.0):
    return [Box(left, round(top + slope * left), 40, height) for left in lefts]


def test_lines_from_the_top_and_each_from_the_left():
    below, above = row_of(200, [300, 100, 200]), row_of(50, [150, 50])
    assert reading_order(below + above) == [[4, 3], [1, 2, 0]]


def test_no_boxes_no_lines():
    assert reading_order([]) == []


@pytest.mark.parametrize("slope", [-0.3, 0.3])
def test_slanting_lines(slope):
    boxes = row_of(300, range(0, 600, 60), slope=slope) + row_of(400, range(0, 600, 60), slope=slope)
    assert reading_order(boxes) == [list(range(10)), list(range(10, 20))]


def test_high_and_low_digits_in_one_line():
    assert reading_order([Box(0, 100, 40, 80), Box(50, 120, 30, 40), Box(90, 95, 40, 70)]) == [[0, 1, 2]]


def test_one_above_the_other_are_two_lines():
    assert reading_order([Box(10, 100, 40, 60), Box(12, 20, 40, 60)]) == [[1], [0]]
