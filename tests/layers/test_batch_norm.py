from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import BatchNormalization
from tests.layers.working import PREDICTING, TRAINING, there_and_back

LAYER = BatchNormalization(momentum=0.75, epsilon=3.0)
P = {"gamma": np.array([2.0]), "beta": np.array([1.0])}
S = {"mean": np.array([4.0]), "variance": np.array([1.0])}
X = np.array([[1.0], [3.0]])


def test_forward_in_training_by_hand():
    # μ = 2, σ² = ((1 − 2)² + (3 − 2)²)/2 = 1, √(σ² + ε) = √(1 + 3) = 2: x̂ = −½, ½ and y = 2x̂ + 1
    assert LAYER.forward(P, S, X, TRAINING)[0].tolist() == [[0], [2]]


def test_backward_in_training_by_hand():
    # ∂β = 1 + 0, ∂γ = 1·(−½) + 0·½. dx = γ/2·(dy − ∂β/2 − x̂·∂γ/2):
    # 1·(1 − ½ − (−½)(−¼)) = 0.375 and 1·(0 − ½ − ½·(−¼)) = −0.375
    _, dx, grads = there_and_back(LAYER, P, X, [[1], [0]], TRAINING)
    assert grads["beta"].tolist() == [1]
    assert grads["gamma"].tolist() == [-0.5]
    assert dx.tolist() == [[0.375], [-0.375]]


def test_moving_averages_by_hand():
    # 0.75·4 + 0.25·2 and 0.75·1 + 0.25·1
    saved = LAYER.forward(P, S, X, TRAINING)[1]
    after = LAYER.advance(S, saved)
    assert {name: values.tolist() for name, values in after.items()} == {"mean": [3.5], "variance": [1]}
    assert S["mean"].tolist() == [4]  # the old state stays


def test_predicting_by_hand():
    # x̂ = (1 − 4)/2, (3 − 4)/2 with the moving averages; y = 2x̂ + 1; dx = γ/2·dy
    y, saved = LAYER.forward(P, S, X, PREDICTING)
    assert y.tolist() == [[-2], [0]]
    dx, grads = LAYER.backward(P, saved, np.array([[5.0], [7.0]]), True)
    assert dx is not None
    assert dx.tolist() == [[5], [7]]
    assert grads["gamma"].tolist() == [5 * -1.5 + 7 * -0.5]
    assert grads["beta"].tolist() == [12]


def test_a_channel_of_pictures_is_normalised_over_all_pixels():
    # channel 0 holds 0, 2, 4, 6: μ = 3, σ² = (9 + 1 + 1 + 9)/4 = 5; channel 1 holds 1 throughout
    x = np.array([0.0, 1, 2, 1, 4, 1, 6, 1]).reshape(2, 1, 2, 2)
    p = {"gamma": np.ones(2), "beta": np.array([0.0, 8.0])}
    y, saved = BatchNormalization(epsilon=4.0).forward(p, {}, x, TRAINING)
    assert y[..., 0].ravel().tolist() == [-1, -1 / 3, 1 / 3, 1]
    assert y[..., 1].ravel().tolist() == [8] * 4
    assert saved["mean"].tolist() == [3, 1]
    assert saved["variance"].tolist() == [5, 0]


@pytest.mark.parametrize("x", [[[5.0]], [[5.0], [5.0], [5.0]]], ids=["one", "equal"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_row_46_a_batch_of_one_and_no_variance(x, dtype):
    p = {name: values.astype(dtype) for name, values in P.items()}
    y, saved = BatchNormalization().forward(p, {}, np.array(x, dtype), TRAINING)
    assert (y == 1).all()  # β
    dx, grads = BatchNormalization().backward(p, saved, np.ones_like(y), True)
    assert all(np.isfinite(array).all() for array in (dx, *grads.values()) if array is not None)


def test_after_training_mean_and_spread_are_the_learnt_ones():
    x = np.random.default_rng(1).normal(5, 3, (64, 2))
    p = {"gamma": np.array([1.0, 2.0]), "beta": np.array([0.0, 3.0])}
    y = BatchNormalization(epsilon=1e-9).forward(p, {}, x, TRAINING)[0]
    np.testing.assert_allclose(y.mean(0), [0, 3], atol=1e-12)
    np.testing.assert_allclose(y.std(0), [1, 2], rtol=1e-8)


def test_first_values():
    built = BatchNormalization().build((7, 7, 2))
    assert {name: (spec.shape, spec.decay) for name, spec in built.params.items()} == {
        "gamma": ((2,), False),
        "beta": ((2,), False),
    }
    assert built.state.keys() == {"mean", "variance"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"momentum": 1}, r"BatchNormalization: momentum must be a number in \[0, 1\)\. Got 1"),
        ({"epsilon": 0}, r"BatchNormalization: epsilon must be a number in \(0, inf\)\. Got 0"),
    ],
)
def test_bad_arguments_are_told(arguments, message):
    with pytest.raises(ParameterError, match=message):
        BatchNormalization(**arguments)
