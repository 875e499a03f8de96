import numpy as np
import pytest

from glassnet.errors import ParameterError, ShapeError
from glassnet.preparation import PREPARATIONS, Fit


def test_a_picture_of_just_this_size_comes_pixel_for_pixel():
    grey = np.arange(20, dtype=np.uint8).reshape(4, 5)
    colours = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    assert Fit(4, 5, 1)(grey)[..., 0].tolist() == grey.tolist()
    assert Fit(4, 5, 3)(colours).tolist() == colours.tolist()
    assert Fit(4, 5, 3)(grey).tolist() == np.stack([grey] * 3, axis=2).tolist()


def test_grey_is_as_bright_as_the_eye_sees_the_colour():
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert Fit(1, 4, 1)(colours).ravel().tolist() == [76, 150, 29, 255]  # 0.299, 0.587, 0.114 of 255


def test_half_as_large_is_the_mean_of_four():
    grey = np.array([[0, 100, 8, 8], [100, 200, 8, 8]], np.uint8)
    assert Fit(1, 2, 1)(grey).ravel().tolist() == [100, 8]


def test_a_quarter_as_large_is_the_mean_of_sixteen():
    grey = np.zeros((4, 8), np.uint8)
    grey[0, 0], grey[3, 7] = 160, 80
    assert Fit(1, 2, 1)(grey).ravel().tolist() == [10, 5]


def test_what_is_left_is_the_colour_of_the_border():
    colours = np.full((2, 4, 3), (200, 100, 50), np.uint8)
    colours[0, 0] = 0  # one of eight: the median does not mind
    fitted = Fit(4, 4, 3)(colours)
    assert fitted.shape == Fit(4, 4, 3).shape == (4, 4, 3)
    assert (fitted[[0, 3]] == (200, 100, 50)).all()
    assert fitted[1:3].tolist() == colours.tolist()


@pytest.mark.parametrize(("size", "inside"), [((100, 50), np.s_[:, 8:24]), ((10, 40), np.s_[12:20, :])])
def test_the_shape_of_a_picture_is_kept(size, inside):
    picture = np.full(size, 90, np.uint8)
    picture[size[0] // 5 : -size[0] // 5, size[1] // 5 : -size[1] // 5] = 200
    fitted = Fit(32, 32, 1)(picture)[..., 0]
    outside = np.ones((32, 32), bool)
    outside[inside] = False
    assert (fitted[outside] == 90).all()
    assert (fitted[inside] > 150).mean() > 0.3


@pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1), (3, 40_000)])
def test_row_20_very_small_and_very_long_pictures(size):
    fitted = Fit(32, 48, 3)(np.full((*size, 3), 77, np.uint8))
    assert fitted.shape == (32, 48, 3)
    assert (fitted == 77).all()


def test_the_given_pixels_are_not_changed():
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    before = pixels.copy()
    Fit(9, 7, 1)(pixels)
    assert (pixels == before).all()


@pytest.mark.parametrize(
    "pixels", [np.zeros((4, 4)), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4), np.uint8), np.zeros(4, np.uint8)]
)
def test_other_arrays_are_refused(pixels):
    with pytest.raises(
        ShapeError, match=r"Fit: expected a picture, \(height, width\) or \(height, width, 3\) of uint8"
    ):
        Fit(8, 8)(pixels)


@pytest.mark.parametrize(("wrong", "said"), [((0, 8), "height"), ((8, 1025), "width"), ((8, 8, 2), "channels")])
def test_sizes_outside_are_refused(wrong, said):
    with pytest.raises(ParameterError, match=f"Fit: {said} must be"):
        Fit(*wrong)


def test_a_model_file_may_hold_it():
    assert PREPARATIONS["Fit"] is Fit
