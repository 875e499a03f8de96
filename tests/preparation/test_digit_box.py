from __future__ import annotations

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import ParameterError, ShapeError
from glassnet.preparation import PREPARATIONS, DigitBox

SMALL = DigitBox(8, 8, "box", 16)


def bar(height, width, room=3):
    return np.pad(np.ones((height, width)), room)


def test_the_longer_side_fills_the_box_and_the_aspect_ratio_stays():
    square = DigitBox()(bar(100, 40))
    assert square.shape == (28, 28, 1)
    assert square.dtype == np.uint8
    rows, columns = np.flatnonzero(square.any((1, 2))), np.flatnonzero((square == 255).all(2).any(0))
    assert len(rows) in (20, 21)  # the centre of mass lies in the middle of a pixel, so that a row is shared
    assert len(columns) in (7, 8)


def test_what_lies_in_the_box_already_keeps_its_pixels():
    scan = np.zeros((8, 8))
    scan[:, 2:6] = np.linspace(0.5, 1, 32).reshape(8, 4)
    assert SMALL(scan)[:, :, 0].tolist() == pytest.approx(np.rint(scan * 16), abs=1)


def test_pixels_are_counts_of_blocks():
    ink = np.zeros((32, 32))
    ink[:, :10] = 1  # comes to lie in the columns 11 to 20 of 0 to 31: one of block 2, blocks 3 and 4, one of block 5
    assert SMALL(ink)[0, :, 0].tolist() == [0, 0, 4, 16, 16, 4, 0, 0]


def test_the_centre_of_mass_lies_where_mnist_has_it():
    ink = np.zeros((40, 40))
    ink[:, 12:24], ink[:8] = 1, 1  # a T, heavier above and on the left
    square = DigitBox()(ink)[:, :, 0].astype(float)
    for axis in (0, 1):
        assert square.sum(1 - axis) @ np.arange(28) / square.sum() == pytest.approx(14, abs=0.15)


def test_a_lopsided_digit_does_not_jut_out():
    ink = np.zeros((200, 200))
    ink[:, :2], ink[:20, :20] = 1, 1
    square = DigitBox()(ink)
    assert np.flatnonzero(square.any((1, 2))).size >= 20
    assert square.max() == 255


@pytest.mark.parametrize("strength", [0.05, 0.3, 1.0])
def test_the_strongest_ink_is_full(strength):
    assert DigitBox()(bar(60, 12) * strength).max() == 255
    assert SMALL(bar(60, 12) * strength).max() == 16


def test_faint_ink_around_a_digit_does_not_count():
    ink = bar(100, 40, room=50)
    assert (DigitBox()(np.maximum(ink, 0.1)) >= 200).sum() == (DigitBox()(ink) >= 200).sum()


@pytest.mark.parametrize("shape", [(1, 1), (1, 10_000), (10_000, 1), (1, 3), (2, 7)])
def test_row_20_any_shape_gives_a_square(shape):
    for box in (DigitBox(), SMALL):
        square = box(np.ones(shape))
        assert square.shape == (box.size, box.size, 1)
        assert square.max() == box.levels


@pytest.mark.parametrize("ink", [np.zeros((5, 5)), np.zeros((0, 7)), np.full((3, 3), np.nan), -np.ones((4, 4))])
def test_no_ink_gives_zeros(ink):
    assert not DigitBox()(ink).any()


def test_row_54_the_ink_is_not_changed():
    ink = bar(30, 10).astype(np.float32) * 3
    before = ink.copy()
    DigitBox()(ink)
    assert np.array_equal(ink, before)


def test_row_47_ink_of_another_rank():
    with pytest.raises(ShapeError, match=r"\(height, width\)\. Got shape \(28, 28, 1\)"):
        DigitBox()(np.zeros((28, 28, 1)))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"size": 0}, "size must be a whole number"),
        ({"size": 10**9}, "size must be a whole number, 1 to 1024"),
        ({"box": 29}, "box must be a whole number, 1 to 28"),
        ({"levels": 256}, "levels must be a whole number, 1 to 255"),
        ({"centre": "middle"}, "centre must be one of mass, box"),
    ],
)
def test_settings_out_of_range(settings, words):
    with pytest.raises(ParameterError, match=words):
        DigitBox(**settings)


def test_it_travels_as_a_config():
    assert from_config(to_config(SMALL), PREPARATIONS) == SMALL
