from __future__ import annotations

import numpy as np
import pytest

from glassnet.pictures.segment import Box, find_glyphs
from tests.pictures.drawing import one, paper, write


def boxes(ink):
    return sorted(glyph.box for glyph in find_glyphs(ink / np.float32(255)))


def test_each_digit_has_its_box_and_its_ink():
    ink = paper()
    write(ink, "283", 50, 150)
    found = sorted(find_glyphs(ink / np.float32(255)), key=lambda glyph: glyph.box)
    assert len(found) == 3
    left = 50
    for glyph, sign in zip(found, "283", strict=True):
        drawn = one(sign)
        assert np.abs(np.subtract(glyph.box, (left, 90, drawn.shape[1], 60))).max() <= 1
        assert glyph.ink.sum() == pytest.approx(drawn.sum() / 255, rel=0.01)
        left += drawn.shape[1] + 30


def test_a_box_ends_just_inside():
    assert Box(3, 4, 10, 20).right == 13
    assert Box(3, 4, 10, 20).bottom == 24


def test_specks_and_dots_are_left_out():
    ink = paper()
    write(ink, "28", 50, 150)
    alone = boxes(ink)
    ink[20:24, 300:305], ink[180:190, 90:99], ink[100:103, 135:137] = 255, 255, 255
    assert boxes(ink) == alone


def test_the_bar_of_a_five_is_put_back():
    ink = paper()
    write(ink, "888", 50, 150)
    ink[90:150, 400:408], ink[90:98, 412:436] = 255, 255  # a stroke, and a bar that begins beside its top
    assert boxes(ink)[-1] == Box(400, 90, 36, 60)


def test_strokes_side_by_side_in_one_place_are_one_digit():
    ink = paper()
    write(ink, "888", 50, 150)
    ink[90:130, 400:405], ink[125:130, 400:425], ink[95:150, 429:434] = 255, 255, 255
    ink[133:138, 406:436] = 255  # an open four in three pieces
    ink[95:150, 429:434] = 255
    assert len(boxes(ink)) == 4


def test_neighbours_stay_apart_even_where_their_boxes_overlap():
    ink = paper()
    for row in range(60):  # two slanted strokes, one under the other's end
        for left in (100, 130):
            ink[90 + row, left + 60 - row : left + 66 - row] = 255
    assert len(boxes(ink)) == 2
    for glyph in find_glyphs(ink / np.float32(255)):
        assert glyph.ink.sum() == pytest.approx(360)  # 60 rows of 6: none of the other stroke's ink


def test_a_part_between_two_digits_does_not_join_them():
    ink = paper()
    write(ink, "88", 50, 150, gap=0.4)
    first, second = boxes(ink)
    middle = (first.right + second.left) // 2
    ink[100:120, middle - 5 : middle + 5] = 255
    assert len(boxes(ink)) == 2


def test_lines_below_each_other_stay_apart():
    ink = paper()
    write(ink, "888", 50, 80)
    write(ink, "888", 50, 155)
    assert len(boxes(ink)) == 6


def test_a_dash_and_a_long_stroke_are_no_digits():
    ink = paper()
    write(ink, "88", 50, 150)
    ink[118:124, 250:280], ink[180:183, 20:500] = 255, 255
    assert len(boxes(ink)) == 2


@pytest.mark.parametrize("shape", [(1, 1), (1, 10_000), (10_000, 1), (4, 4)])
def test_row_20_what_is_too_low_is_no_digit(shape):
    found = boxes(np.full(shape, 255, np.uint8))
    assert found == ([Box(0, 0, 1, 10_000)] if shape == (10_000, 1) else [])


def test_row_23_no_ink_and_patterns_give_nothing():
    assert boxes(paper()) == []
    dots = np.zeros((400, 400), np.uint8)
    dots[::10, ::10] = dots[1::10, ::10] = 255
    assert boxes(dots.repeat(4, 0)) == []


def test_what_comes_in_over_the_edge_is_no_digit():
    ink = paper(300, 400)
    write(ink, "31", 100, 100)
    ink[140:300, 200:212] = 255  # the shadow of a finger
    assert len(boxes(ink)) == 2


def test_signs_that_are_much_lower_than_the_edge_of_a_note():
    ink = paper(600, 600)
    write(ink, "31", 200, 300)
    ink[80:90, 80:500] = ink[80:500, 80:90] = 255
    low = find_glyphs(ink / np.float32(255), low=True)
    assert sorted(glyph.box.height for glyph in low) == [60, 60]
    assert find_glyphs(paper() / np.float32(255), low=True) == []
