from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.engines.cpu.bare import NAME
from tests.engines.cpu.calling import call

EVERY_KIND = np.concatenate([
    np.linspace(-110, 95, 400_001),
    np.linspace(-1, 1, 100_001),
    np.geomspace(1e-45, 3e38, 100_001),
    -np.geomspace(1e-45, 3e38, 100_001),
]).astype(np.float32)  # fmt: skip
TRUE: dict[str, Any] = {
    "exp": np.exp,
    "expm1": np.expm1,
    "sigmoid": lambda x: np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))),
    "tanh": np.tanh,
}


def computed(name, x):
    y = np.full_like(x, 7)
    call(f"{NAME}.{name}", x, y, hi=x.size)
    return y


def ulps(got, wanted):
    """How many float32 numbers lie between each and the true one. Below all normal numbers, 0 is as good as any."""
    least = np.finfo(np.float32).tiny
    apart = np.abs(got.astype(np.float64) - wanted)
    tiny = (np.abs(wanted) < least) & (np.abs(got) <= least)
    return np.where(
        tiny, 0, apart / np.spacing(np.maximum(np.abs(wanted), least).astype(np.float32)).astype(np.float64)
    )


@pytest.mark.parametrize(("name", "most"), [("exp", 5), ("expm1", 5), ("sigmoid", 5), ("tanh", 4)])
def test_the_last_digits_are_right_over_the_whole_range(name, most):
    with np.errstate(over="ignore", under="ignore"):
        wanted = TRUE[name](EVERY_KIND.astype(np.float64))
        finite = wanted < np.finfo(np.float32).max
        got = computed(name, EVERY_KIND)
        worst = ulps(got[finite], wanted[finite])
    assert worst.max() <= most, f"{worst.max():.1f} ulp at {EVERY_KIND[finite][worst.argmax()]!r}"
    assert (got[~finite] == np.inf).all()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("exp", [0, 1, 1, np.inf, np.nan]),
        ("expm1", [-1, 0, 0, np.inf, np.nan]),
        ("sigmoid", [0, 0.5, 0.5, 1, np.nan]),
        ("tanh", [-1, 0, 0, 1, np.nan]),
    ],
)
def test_values_at_the_ends_at_zero_and_at_no_number(name, values):
    x = np.array([-np.inf, -0.0, 0.0, np.inf, np.nan], np.float32)
    np.testing.assert_array_equal(computed(name, x), np.array(values, np.float32))


@pytest.mark.parametrize("name", TRUE)
def test_numbers_grow_where_they_should(name):
    x = np.linspace(-20, 20, 100_001, dtype=np.float32)
    steps = np.diff(computed(name, x).astype(np.float64)) / np.spacing(np.abs(computed(name, x)[1:]))
    assert steps.min() >= -4  # in ulp


def test_the_logarithm_of_one_plus_what_is_at_most_one():
    x = np.concatenate([np.linspace(0, 1, 100_001), np.geomspace(1e-38, 1, 10_001)]).astype(np.float32)
    assert ulps(computed("log_of_one_plus", x), np.log1p(x.astype(np.float64))).max() <= 4
    assert np.isnan(computed("log_of_one_plus", np.full(1, np.nan, np.float32)))
