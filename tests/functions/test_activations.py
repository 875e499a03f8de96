from __future__ import annotations

from math import erf, exp, sqrt

import numpy as np
import pytest

from glassnet.functions import ACTIVATIONS
from tests.numeric import assert_same_gradient, gradient, spread

FIGURES: dict[str, list[float]] = {  # at −2, 0 and 1
    "linear": [-2, 0, 1],
    "step": [0, 0, 1],
    "sigmoid": [1 / (1 + exp(2)), 0.5, 1 / (1 + exp(-1))],
    "tanh": [(exp(-2) - exp(2)) / (exp(-2) + exp(2)), 0, (exp(1) - exp(-1)) / (exp(1) + exp(-1))],
    "relu": [0, 0, 1],
    "leaky_relu": [-0.02, 0, 1],
    "elu": [exp(-2) - 1, 0, 1],
    "gelu": [-0.04540231, 0, 0.84119199],  # −2·½(1 + tanh(0.7978846·(−2 − 0.35772))) = −(1 − 0.95459769)
    "softmax": [exp(-2) / (exp(-2) + 1 + exp(1)), 1 / (exp(-2) + 1 + exp(1)), exp(1) / (exp(-2) + 1 + exp(1))],
}


def test_every_function_has_its_figures():
    assert FIGURES.keys() == ACTIVATIONS.keys()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_figures_by_hand(name):
    y = ACTIVATIONS[name].value(np.array([[-2.0, 0.0, 1.0]]))
    np.testing.assert_allclose(y, [FIGURES[name]], atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_by_numeric_differentiation(name):
    f = ACTIVATIONS[name]
    x, dy = spread((4, 5), 1), spread((4, 5), 2)
    assert_same_gradient(f.back(x, f.value(x), dy), gradient(lambda x: (f.value(x) * dy).sum(), x))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_type_stays(name, dtype):
    f = ACTIVATIONS[name]
    x = spread((2, 3), 3).astype(dtype)
    y = f.value(x)
    assert y.dtype == dtype
    assert f.back(x, y, np.ones_like(x)).dtype == dtype


@pytest.mark.parametrize(
    ("name", "slope"), [("relu", 0), ("leaky_relu", 0.01), ("elu", 1), ("step", 0), ("sigmoid", 0.25)]
)
def test_slope_at_zero(name, slope):
    x = np.zeros((1, 1))
    y = ACTIVATIONS[name].value(x)
    assert ACTIVATIONS[name].back(x, y, np.ones((1, 1))) == slope


def test_gelu_is_near_the_exact_one():
    x = np.linspace(-4, 4, 81)
    exact = [0.5 * z * (1 + erf(z / sqrt(2))) for z in x]
    np.testing.assert_allclose(ACTIVATIONS["gelu"].value(x), exact, atol=5e-4)


@pytest.mark.parametrize("sums", [[1000.0, 0.0], [-1000.0, 0.0]])
def test_row_41_softmax_of_huge_sums(sums):
    f = ACTIVATIONS["softmax"]
    x = np.array([sums], np.float32)
    y = f.value(x)
    assert y.tolist() == [[1, 0] if sums[0] > 0 else [0, 1]]
    assert np.isfinite(f.back(x, y, np.array([[1.0, -1.0]], np.float32))).all()


def test_row_42_sigmoid_far_out():
    f = ACTIVATIONS["sigmoid"]
    x = np.array([-100.0, 100.0], np.float32)
    y = f.value(x)
    assert 0 <= y[0] < 1e-40
    assert y[1] == 1
    slope = f.back(x, y, np.ones_like(x))
    assert np.isfinite(slope).all()
    assert (abs(slope) < 1e-40).all()


def test_softmax_shifts_make_no_difference():
    x = spread((3, 4), 4)
    softmax = ACTIVATIONS["softmax"].value
    np.testing.assert_allclose(softmax(x + 50), softmax(x), rtol=1e-12)
    np.testing.assert_allclose(softmax(x).sum(1), 1)
