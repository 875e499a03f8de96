from __future__ import annotations

from math import log

import numpy as np
import pytest

from glassnet.losses import BinaryCrossentropy

BARE, SUMS = BinaryCrossentropy(), BinaryCrossentropy(from_sums=True)
Y, Z, T = np.array([[0.25, 0.75]]), np.array([[-log(3), log(3)]]), np.array([[1.0, 0.0]])  # σ(∓ln 3) = ¼, ¾


def test_probabilities_by_hand():
    # −(ln ¼ + ln(1 − ¾))/2 = ln 4; gradient (¼ − 1)/(¼·¾)/2 = −2 and (¾ − 0)/(¾·¼)/2 = 2
    value, dy = BARE(Y, T)
    assert value == pytest.approx(log(4), rel=1e-15)
    np.testing.assert_allclose(dy, [[-2, 2]], rtol=1e-15)


def test_sums_by_hand():
    # the same loss; gradient (¼ − 1)/2, (¾ − 0)/2
    value, dy = SUMS(Z, T)
    assert value == pytest.approx(log(4), rel=1e-15)
    np.testing.assert_allclose(dy, [[-0.375, 0.375]], rtol=1e-15)


def test_two_samples_share_the_gradient():
    value, dy = SUMS(np.array([[0.0], [-log(3)]]), np.array([[1.0], [1.0]]))
    assert value == pytest.approx((log(2) + log(4)) / 2)
    np.testing.assert_allclose(dy, [[-0.25], [-0.375]])  # (½ − 1)/2, (¼ − 1)/2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_certain_answers_are_kept_inside_the_bounds(dtype):
    y = np.array([[0.0], [1.0], [0.0], [1.0]], dtype)
    t = np.array([[1.0], [0.0], [0.0], [1.0]], dtype)
    each, dy = BARE.each(y, t)
    far = -log(1e-7)
    np.testing.assert_allclose(each, [far, far, 1e-7, 1e-7], rtol=0.25 if dtype == np.float32 else 1e-7)
    assert (dy == 0).all()  # beyond the bounds the loss does not change


def test_row_41_huge_sums():
    z = np.array([[1000.0], [0.0], [-1000.0], [1000.0]], np.float32)
    each, dz = SUMS.each(z, np.array([[0.0], [0.0], [1.0], [1.0]], np.float32))
    np.testing.assert_allclose(each, [1000, log(2), 1000, 0], rtol=1e-6)
    assert dz.ravel().tolist() == [1, 0.5, -1, 0]


def test_decisions():
    assert BARE.decide(np.array([[0.4], [0.5], [0.6]])).tolist() == [0, 0, 1]
    assert SUMS.decide(np.array([[-0.1], [0.0], [0.1]])).tolist() == [0, 0, 1]
    assert SUMS.decide(np.array([[1.0, 3.0, 2.0]])).tolist() == [1]
