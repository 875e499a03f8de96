from __future__ import annotations

from functools import partial
from math import sqrt

import numpy as np
import pytest

from glassnet import randomness
from glassnet.errors import ParameterError
from glassnet.functions import (
    INITIALIZERS,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Normal,
    Ones,
    Uniform,
    Zeros,
)
from glassnet.functions.initializers import fans
from glassnet.randomness import Purpose

DENSE, CONV = (300, 200), (5, 4, 30, 40)  # fans 300, 200; and 5·4·30 = 600, 5·4·40 = 800


def uniform(count, seed=0):
    return randomness.uniform(randomness.words(seed, Purpose.WEIGHTS, 0, 0, count))


def test_fans():
    assert fans(DENSE) == (300, 200)
    assert fans(CONV) == (600, 800)
    assert fans((7,)) == (7, 7)  # a bias: each stands alone, as Keras has it


@pytest.mark.parametrize(
    ("initializer", "low", "high"),
    [
        (Uniform(), -0.05, 0.05),
        (Uniform(1.0, 3.0), 1, 3),
        (GlorotUniform(), -sqrt(6 / 1400), sqrt(6 / 1400)),
        (HeUniform(), -sqrt(6 / 600), sqrt(6 / 600)),
    ],
)
def test_uniform_ones_fill_their_interval(initializer, low, high):
    values = initializer(CONV, uniform)
    assert values.shape == CONV
    width = high - low
    assert low < values.min() < low + 0.001 * width
    assert high - 0.001 * width < values.max() < high
    # Of n uniform numbers, σ = width/√12, the mean is off by σ/√n, and their deviation by a share of √(0.2/n):
    # allow five of these.
    n, sigma = values.size, width / sqrt(12)
    assert abs(values.mean() - (low + high) / 2) < 5 * sigma / sqrt(n)
    assert values.std() == pytest.approx(sigma, rel=5 * sqrt(0.2 / n))


@pytest.mark.parametrize(
    ("initializer", "shape", "deviation"),
    [
        (Normal(), DENSE, 0.05),
        (Normal(2.0), DENSE, 2.0),
        (GlorotNormal(), DENSE, sqrt(2 / 500)),
        (GlorotNormal(), CONV, sqrt(2 / 1400)),
        (HeNormal(), DENSE, sqrt(2 / 300)),
        (HeNormal(), CONV, sqrt(2 / 600)),
    ],
)
def test_normal_ones_have_their_deviation(initializer, shape, deviation):
    values = initializer(shape, uniform)
    n = values.size
    assert values.shape == shape
    assert abs(values.mean()) < 5 * deviation / sqrt(n)
    assert values.std() == pytest.approx(deviation, rel=5 * sqrt(0.5 / n))
    beyond = np.mean(np.abs(values) > 1.959964 * deviation)  # 5% of a normal's numbers
    assert beyond == pytest.approx(0.05, abs=5 * sqrt(0.05 * 0.95 / n))


def test_constants():
    assert Zeros()((2, 3), uniform).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert Ones()((2,), uniform).tolist() == [1, 1]


@pytest.mark.parametrize("kind", INITIALIZERS.values(), ids=INITIALIZERS)
def test_same_words_give_the_same_values(kind):
    np.testing.assert_array_equal(kind()(DENSE, uniform), kind()(DENSE, uniform))
    if kind not in (Zeros, Ones):
        assert (kind()(DENSE, uniform) != kind()(DENSE, partial(uniform, seed=1))).all()


def test_bad_arguments_are_told():
    with pytest.raises(ParameterError, match=r"low must be below high\. Got 1 and -1"):
        Uniform(1, -1)
    with pytest.raises(ParameterError, match=r"Normal: deviation must be a number in \(0, inf\)\. Got 0"):
        Normal(0)
