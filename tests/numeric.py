"""Numeric differentiation, and numbers that it works on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.arrays import Array, Shape


def gradient(f: Callable[[Array], Any], x: Array, h: float = 1e-5) -> Array:
    """∂f/∂x by central differences, entry by entry: (f(x + h) − f(x − h)) / 2h."""
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[place] += h
        below[place] -= h
        slopes[place] = (f(above) - f(below)) / (2 * h)
    return slopes


def assert_same_gradient(analytic: Array, numeric: Array) -> None:
    """Every entry agrees to a millionth of the largest (and 10⁻⁹, where all are nothing)."""
    assert analytic.shape == numeric.shape
    np.testing.assert_allclose(analytic, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max(initial=0) + 1e-9)


def spread(shape: Shape, seed: int) -> Array:
    """Numbers in (−2, 2) in random order, apart from each other and from 0: away from kinks and ties."""
    count = int(np.prod(shape))
    numbers = (np.arange(count) + 0.25 - count / 2) * 4 / count
    return np.random.default_rng(seed).permutation(numbers).reshape(shape)
