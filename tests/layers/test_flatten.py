from __future__ import annotations

import numpy as np

from glassnet.layers import Flatten
from tests.layers.working import there_and_back


def test_row_order_there_and_back():
    x = np.arange(12).reshape(1, 2, 3, 2)  # row 0: (0, 1), (2, 3), (4, 5); row 1: (6, 7), …
    y, dx, _ = there_and_back(Flatten(), {}, x, np.arange(12).reshape(1, 12) * 10)
    assert y.tolist() == [list(range(12))]
    np.testing.assert_array_equal(dx, x * 10)


def test_samples_stay_apart():
    y, _, _ = there_and_back(Flatten(), {}, [[[1, 2]], [[3, 4]]], np.zeros((2, 2)))
    assert y.tolist() == [[1, 2], [3, 4]]


def test_output_shape():
    assert Flatten().build((7, 7, 64)).shape == (3136,)
    assert Flatten().build((5,)).shape == (5,)
