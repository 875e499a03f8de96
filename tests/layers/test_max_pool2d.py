from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import MaxPooling2D
from tests.layers.working import picture, rows, there_and_back

X = picture([1, 3, 2, 2], [4, 4, 2, 2], [0, -1, 5, 6], [-2, -3, 7, 7])


def test_forward_by_hand():
    y, _, _ = there_and_back(MaxPooling2D(), {}, X, np.zeros((1, 2, 2, 1)))
    assert rows(y) == [[4, 2], [0, 7]]


def test_backward_goes_to_the_first_of_equals_in_row_order():
    _, dx, _ = there_and_back(MaxPooling2D(), {}, X, picture([1, 2], [3, 4]))
    assert rows(dx) == [[0, 0, 2, 0], [1, 0, 0, 0], [3, 0, 0, 0], [0, 0, 4, 0]]


def test_overlapping_windows_add_up():
    # windows (1, 5), (5, 2), (2, 4): 5 wins twice, 1 + 2, and 4 once
    y, dx, _ = there_and_back(MaxPooling2D((1, 2), stride=1), {}, picture([1, 5, 2, 4]), picture([1, 2, 3]))
    assert rows(y) == [[5, 5, 4]]
    assert rows(dx) == [[0, 3, 0, 3]]


def test_channels_stay_apart():
    x = np.array([[[[1.0, 8], [2, 7]], [[3, 6], [4, 5]]]])
    y, dx, _ = there_and_back(MaxPooling2D(), {}, x, [[[[1, 10]]]])
    assert y.tolist() == [[[[4, 8]]]]
    assert dx.tolist() == [[[[0, 10], [0, 0]], [[0, 0], [1, 0]]]]


def test_same_by_hand():
    # ⌈3/2⌉ = 2 windows a side, the missing row and column after the picture: (−1, −4, −3, −2), (−5, −6), (−7, −8), (−9)
    x = picture([-1, -4, -5], [-3, -2, -6], [-7, -8, -9])
    y, dx, _ = there_and_back(MaxPooling2D(padding="same"), {}, x, picture([1, 2], [3, 4]))
    assert rows(y) == [[-1, -5], [-7, -9]]  # what lies outside is not 0: it is nothing
    assert rows(dx) == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]


def test_output_shapes():
    assert MaxPooling2D(padding="same").build((5, 7, 3)).shape == (3, 4, 3)
    assert MaxPooling2D(3, stride=2, padding="same").build((13, 13, 1)).shape == (7, 7, 1)
    assert MaxPooling2D().build((5, 7, 3)).shape == (2, 3, 3)
    assert MaxPooling2D(3, stride=2).build((13, 13, 1)).shape == (6, 6, 1)
    assert MaxPooling2D((3, 1)).build((7, 7, 1)).shape == (2, 7, 1)


@pytest.mark.parametrize(
    ("arguments", "name"), [({"pool_size": 0}, "pool_size"), ({"stride": 0}, "stride"), ({"stride": (2, -1)}, "stride")]
)
def test_row_55_bad_arguments(arguments, name):
    with pytest.raises(ParameterError, match=rf"^MaxPooling2D: {name} must be a whole number, 1 or more\. Got "):
        MaxPooling2D(**arguments)


def test_row_55_an_unknown_padding():
    with pytest.raises(ParameterError, match=r"^MaxPooling2D: padding must be one of valid, same\. Got 'sane'"):
        MaxPooling2D(padding="sane")
