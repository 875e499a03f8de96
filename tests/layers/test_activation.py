from __future__ import annotations

from math import log

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import Activation
from tests.layers.working import there_and_back


def test_relu_by_hand():
    y, dx, _ = there_and_back(Activation("relu"), {}, [[-1, 0, 2]], [[5, 6, 7]])
    assert y.tolist() == [[0, 0, 2]]
    assert dx.tolist() == [[0, 0, 7]]


def test_sigmoid_by_hand():
    # σ(ln 3) = 1 / (1 + 1/3) = 3/4, and its slope 3/4 · 1/4 = 3/16
    y, dx, _ = there_and_back(Activation("sigmoid"), {}, [[log(3), 0]], [[16, 16]])
    np.testing.assert_allclose(y, [[0.75, 0.5]], rtol=1e-15)
    np.testing.assert_allclose(dx, [[3, 4]], rtol=1e-15)


def test_softmax_by_hand():
    # e to (0, ln 3) is (1, 3): shares 1/4, 3/4. dx = y·(dy − Σ dy·y) = (1/4·(1 − 1/4), 3/4·(0 − 1/4))
    y, dx, _ = there_and_back(Activation("softmax"), {}, [[0, log(3)]], [[1, 0]])
    np.testing.assert_allclose(y, [[0.25, 0.75]], rtol=1e-15)
    np.testing.assert_allclose(dx, [[0.1875, -0.1875]], rtol=1e-15)


def test_an_unknown_function_is_told_its_nearest():
    with pytest.raises(ParameterError, match=r"^Activation: function must be one of linear, .* Did you mean 'relu'\?"):
        Activation("rely")
