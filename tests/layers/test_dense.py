from __future__ import annotations

import pytest

from glassnet.errors import ParameterError, ShapeError
from glassnet.layers import Dense
from tests.layers.working import there_and_back

X, W, B = [[1, 2], [3, 4]], [[1, 0, 2], [-1, 1, 0]], [1, 2, 3]
DY = [[1, 0, -1], [2, 1, 0]]


def test_forward_by_hand():
    # y[0] = (1·1 + 2·(−1) + 1, 1·0 + 2·1 + 2, 1·2 + 2·0 + 3)
    # y[1] = (3·1 + 4·(−1) + 1, 3·0 + 4·1 + 2, 3·2 + 4·0 + 3)
    y, _, _ = there_and_back(Dense(3), {"W": W, "b": B}, X, DY)
    assert y.tolist() == [[0, 4, 5], [0, 6, 9]]


def test_backward_by_hand():
    _, dx, grads = there_and_back(Dense(3), {"W": W, "b": B}, X, DY)
    # ∂W[i,o] = Σₙ x[n,i]·dy[n,o]: the first row 1·1 + 3·2, 1·0 + 3·1, 1·(−1) + 3·0; the second 2·1 + 4·2, 2·0 + 4·1,
    # 2·(−1) + 4·0
    assert grads["W"].tolist() == [[7, 3, -1], [10, 4, -2]]
    assert grads["b"].tolist() == [3, 1, -1]  # 1 + 2, 0 + 1, −1 + 0
    # dx[0] = (1·1 + 0·0 − 1·2, 1·(−1) + 0·1 − 1·0), dx[1] = (2·1 + 1·0, 2·(−1) + 1·1)
    assert dx.tolist() == [[-1, -1], [2, -1]]


def test_without_bias():
    y, dx, grads = there_and_back(Dense(3, use_bias=False), {"W": W}, X, DY)
    assert y.tolist() == [[-1, 2, 2], [-1, 4, 6]]  # as above, less (1, 2, 3)
    assert dx.tolist() == [[-1, -1], [2, -1]]
    assert grads.keys() == {"W"}


def test_parameters():
    built = Dense(3).build((2,))
    assert built.shape == (3,)
    assert {name: (spec.shape, spec.decay) for name, spec in built.params.items()} == {
        "W": ((2, 3), True),
        "b": ((3,), False),
    }
    assert Dense(3, use_bias=False).build((2,)).params.keys() == {"W"}


@pytest.mark.parametrize("units", [0, -1, 2.5, "ten", True, None])
def test_row_55_units(units):
    with pytest.raises(ParameterError, match=r"^Dense: units must be a whole number, 1 or more\. Got "):
        Dense(units)


def test_a_picture_is_told_to_be_flattened():
    with pytest.raises(ShapeError, match=r"Dense expects inputs of shape \(I,\), got \(28, 28, 1\)\. Put Flatten\(\)"):
        Dense(10).build((28, 28, 1))
