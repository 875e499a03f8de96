from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import AveragePooling2D
from tests.layers.working import picture, rows, there_and_back

X = picture([1, 3, 2, 2], [4, 4, 2, 2], [0, -1, 5, 6], [-2, -3, 7, 7])


def test_forward_by_hand():
    # (1 + 3 + 4 + 4)/4, (2 + 2 + 2 + 2)/4, (0 − 1 − 2 − 3)/4, (5 + 6 + 7 + 7)/4
    y, _, _ = there_and_back(AveragePooling2D(), {}, X, np.zeros((1, 2, 2, 1)))
    assert rows(y) == [[3, 2], [-1.5, 6.25]]


def test_backward_by_hand():
    _, dx, _ = there_and_back(AveragePooling2D(), {}, X, picture([4, 8], [12, 16]))
    assert rows(dx) == [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]


def test_overlapping_windows_add_up():
    # (2 + 4)/2, (4 + 6)/2; the middle pixel gets half of both: 2/2 + 4/2
    y, dx, _ = there_and_back(AveragePooling2D((1, 2), stride=1), {}, picture([2, 4, 6]), picture([2, 4]))
    assert rows(y) == [[3, 5]]
    assert rows(dx) == [[1, 3, 2]]


def test_same_divides_by_the_numbers_inside():
    # one window over four pixels, one over two, one over two, one over the last alone
    x = picture([1, 3, 5], [4, 8, 7], [10, 20, 9])
    y, dx, _ = there_and_back(AveragePooling2D(padding="same"), {}, x, picture([4, 2], [6, 5]))
    assert rows(y) == [[4, 6], [15, 9]]
    assert rows(dx) == [[1, 1, 1], [1, 1, 1], [3, 3, 5]]


def test_row_55_bad_arguments():
    with pytest.raises(ParameterError, match=r"^AveragePooling2D: stride must be a whole number, 1 or more\. Got 0"):
        AveragePooling2D(stride=0)
