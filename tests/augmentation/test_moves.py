from __future__ import annotations

import numpy as np
import pytest

from glassnet.augmentation import Flip, Rotate, Shear, Shift, Zoom
from glassnet.augmentation.augmentation import origins, resample
from glassnet.errors import ParameterError
from tests.augmentation.pictures import noise

LETTER = np.array([[9, 9, 9, 0], [9, 0, 0, 0], [9, 9, 0, 0], [9, 0, 0, 0]], np.uint8)  # an F


def moved(move, numbers, picture=LETTER):
    u = np.array([numbers], float)
    matrices = move.matrices(u, picture.shape)
    return resample(picture[None, :, :, None], origins(matrices, picture.shape))[0, :, :, 0]


def test_a_shift_by_one_pixel():
    right = moved(Shift(0.25), [1, 0.5])
    assert right[:, 1:].tolist() == LETTER[:, :-1].tolist()
    down = moved(Shift(0.25), [0.5, 1])
    assert down[1:].tolist() == LETTER[:-1].tolist()
    assert down[0].tolist() == LETTER[1].tolist()  # from beyond the edge comes what lies inside, as in a mirror


def test_a_shift_is_a_share_of_the_side():
    tall = noise(1, 20, 4)[0, :, :, 0]
    assert moved(Shift(0.1), [0.5, 0], tall)[:-2].tolist() == tall[2:].tolist()


def test_a_shift_by_half_a_pixel_is_the_mean_of_two():
    row = np.array([[0, 100, 200, 40]], np.uint8)
    assert moved(Shift(0.25), [0.75, 0.5], row)[0, 1:].tolist() == [50, 150, 120]


def test_a_quarter_turn_clockwise_and_back():
    assert moved(Rotate(90), [1]).tolist() == np.rot90(LETTER, -1).tolist()
    assert moved(Rotate(180), [0.25]).tolist() == np.rot90(LETTER, 1).tolist()
    assert moved(Rotate(180), [1]).tolist() == LETTER[::-1, ::-1].tolist()


def test_a_mirror():
    assert moved(Flip(), [0.4]).tolist() == LETTER[:, ::-1].tolist()
    assert moved(Flip(), [0.6]).tolist() == LETTER.tolist()


def test_twice_as_wide():
    row = np.array([[0, 0, 80, 80, 0, 0]], np.uint8)
    assert moved(Zoom(1.0), [1, 0.5], row)[0].tolist() == [20, 60, 80, 80, 60, 20]


def test_smaller_by_as_much_as_larger():
    (zoomed,) = Zoom(1.0).matrices(np.array([[0.0, 1.0]]), (9, 7))
    assert zoomed.tolist() == np.diag([0.5, 2, 1]).tolist()


def test_a_slant_moves_the_upper_half_to_one_side_and_the_lower_to_the_other():
    bar = np.zeros((3, 5), np.uint8)
    bar[:, 2] = 50
    assert np.argmax(moved(Shear(1.0), [0.0], bar), 1).tolist() == [3, 2, 1]
    assert np.argmax(moved(Shear(1.0), [1.0], bar), 1).tolist() == [1, 2, 3]


@pytest.mark.parametrize("move", [Shift(), Rotate(), Zoom(), Shear()])
def test_the_middle_number_moves_nothing(move):
    assert move.matrices(np.full((2, move.numbers), 0.5), (9, 7)).tolist() == [np.eye(3).tolist()] * 2


@pytest.mark.parametrize("kind", [Shift, Zoom, Shear])
@pytest.mark.parametrize("most", [-0.1, 1.5, float("nan"), "0.1", True])
def test_amounts_out_of_reason(kind, most):
    with pytest.raises(ParameterError, match=rf"^{kind.__name__}: most must be a number in \[0, 1\]\. Got "):
        kind(most)


def test_a_turn_by_more_than_half():
    with pytest.raises(ParameterError, match=r"Rotate: most must be a number in \[0, 180\]\. Got 181\."):
        Rotate(181)
