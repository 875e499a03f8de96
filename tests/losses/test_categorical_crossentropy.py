from __future__ import annotations

from math import log

import numpy as np
import pytest

from glassnet.losses import CategoricalCrossentropy

BARE, SUMS = CategoricalCrossentropy(), CategoricalCrossentropy(from_sums=True)
Y, Z = np.array([[0.25, 0.75]]), np.array([[0.0, log(3)]])  # softmax(0, ln 3) = (¼, ¾)


@pytest.mark.parametrize("t", [np.array([1]), np.array([[0.0, 1.0]])], ids=["index", "one-hot"])
def test_by_hand(t):
    value, dy = BARE(Y, t)
    assert value == pytest.approx(-log(0.75))
    np.testing.assert_allclose(dy, [[0, -4 / 3]])
    value, dz = SUMS(Z, t)
    assert value == pytest.approx(-log(0.75))
    np.testing.assert_allclose(dz, [[0.25, -0.25]])


def test_a_distribution_by_hand():
    # −(½·ln ¼ + ½·ln ¾); gradient −½/¼, −½/¾; of the sums ¼ − ½, ¾ − ½
    t = np.array([[0.5, 0.5]])
    value, dy = BARE(Y, t)
    assert value == pytest.approx(-(log(0.25) + log(0.75)) / 2)
    np.testing.assert_allclose(dy, [[-2, -2 / 3]])
    assert SUMS(Z, t)[0] == pytest.approx(value)
    np.testing.assert_allclose(SUMS(Z, t)[1], [[-0.25, 0.25]])


def test_outputs_that_are_no_shares_are_divided_by_their_sum():
    # (½, 1½) are shares of ¼ and ¾; ∂q = (0, −4/3), Σ ∂q·q = −1, so that ∂y = ((0 + 1)/2, (−4/3 + 1)/2)
    loss = CategoricalCrossentropy(normalize=True)
    value, dy = loss(2 * Y, np.array([1]))
    assert value == pytest.approx(-log(0.75))
    np.testing.assert_allclose(dy, [[1 / 2, -1 / 6]])
    assert (loss(np.zeros((1, 2), np.float32), np.array([1]))[1] == 0).all()
    sums = loss.on_sums()(Z, np.array([1]))
    assert sums[0] == pytest.approx(-log(0.75))
    np.testing.assert_allclose(sums[1], [[0.25, -0.25]])


def test_targets_that_do_not_add_up_to_one():
    # 2·(ln 4 − 0); gradient 2·(¼, ¾) − (2, 0)
    value, dz = SUMS(Z, np.array([[2.0, 0.0]]))
    assert value == pytest.approx(2 * log(4))
    np.testing.assert_allclose(dz, [[-1.5, 1.5]])


def test_probability_zero_is_kept_inside_the_bounds():
    value, dy = BARE(np.array([[0.0, 1.0]], np.float32), np.array([0]))
    assert value == pytest.approx(-log(1e-7))
    assert dy.tolist() == [[0, 0]]


@pytest.mark.parametrize(("sums", "expected"), [([1000.0, 0.0], 1000), ([-1000.0, 0.0], 0)])
def test_row_41_huge_sums(sums, expected):
    value, dz = SUMS(np.array([sums], np.float32), np.array([1]))
    assert value == expected
    assert dz.tolist() == ([[1, -1]] if expected else [[0, 0]])


def test_the_type_stays():
    for loss in (BARE, SUMS):
        value, dy = loss(Y.astype(np.float32), np.array([1]))
        assert value.dtype == dy.dtype == np.float32


def test_a_tie_gives_the_first_class():
    assert SUMS.decide(np.array([[1.0, 2.0, 2.0]])).tolist() == [1]
