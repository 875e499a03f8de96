from __future__ import annotations

import numpy as np

from glassnet.pictures import find_sheet
from tests.pictures.drawing import paper, write


def test_a_note_on_a_desk_is_found():
    desk = np.full((300, 400), 80, np.uint8)
    desk[60:200, 100:330] = 210
    desk[100:160, 150:158] = 40
    found = find_sheet(desk)
    assert found is not None
    box, mask = found
    assert np.abs(np.subtract(box, (100, 60, 230, 140))).max() <= 10
    assert mask.shape == (box.height, box.width)
    assert mask.mean() > 0.9


def test_light_that_falls_off_is_no_sheet():
    slope = np.linspace(90, 240, 400)[None, :] * np.ones((300, 1))
    assert find_sheet(slope.astype(np.uint8)) is None


def test_an_even_picture_is_one_sheet():
    assert find_sheet(np.full((50, 60), 200, np.uint8)) is None


def test_a_row_of_chalk_digits_is_no_sheet():
    board = paper(300, 400) + np.uint8(50)
    write(board, "7836", 60, 130)
    assert find_sheet(board) is None
