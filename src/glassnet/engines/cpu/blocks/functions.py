"""eˣ and its kin in float32, as sums and products that the compiler turns into vector instructions.

Source: W. Cody, W. Waite, "Software manual for the elementary functions", 1980, chapters 6 and 13, for the ways of
reducing the argument. The polynomials are Taylor's; on the reduced arguments their rest lies below float32's rounding.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.numbers import floor, multiply_add, power_of_two, where_less
from glassnet.engines.cpu.building import part

ZERO, ONE, HALF = np.float32(0), np.float32(1), np.float32(0.5)
LOG2_E, LN2_HIGH, LN2_LOW = np.float32(1.4426950408889634), np.float32(0.693359375), np.float32(-2.12194440e-4)
E = [np.float32(1 / k) for k in (1, 2, 6, 24, 120, 720, 5040, 40320)]
E1, E2, E3, E4, E5, E6, E7, E8 = E
TWO = np.float32(2)
A3, A5, A7, A9, A11 = (np.float32(1 / k) for k in (3, 5, 7, 9, 11))
LOWEST, HIGHEST = np.float32(-87.336544), np.float32(88.8)  # of x: eˣ is less than every normal number, or infinite
INFINITE = np.float32(np.inf)
MOST = np.float32(127)  # of k: no number is 2¹²⁸


@part  # not inline: kernels may add up in any order, which would put ln 2 together again
def exp(x):
    """eˣ = 2ᵏ·eʳ, |r| ≤ ln 2 / 2; the series in pairs, which do not wait for each other."""
    k = floor(multiply_add(x, LOG2_E, HALF))
    r = multiply_add(k, -LN2_LOW, multiply_add(k, -LN2_HIGH, x))
    square = r * r
    y = multiply_add(square, multiply_add(E7, r, E6), multiply_add(E5, r, E4))
    y = multiply_add(square, y, multiply_add(E3, r, E2))
    y = multiply_add(square, y, E1 + r)
    y = where_less(MOST, k, y + y, y) * power_of_two(where_less(MOST, k, MOST, k))
    return where_less(x, LOWEST, ZERO, where_less(HIGHEST, x, INFINITE, y))


@part(inline="always")
def magnitude(x):
    """|x|."""
    return where_less(x, ZERO, ZERO - x, x)


@part(inline="always")
def expm1(x):
    """eˣ − 1, which near 0 has its own series, so that no digit is lost."""
    series = (((((((E8 * x + E7) * x + E6) * x + E5) * x + E4) * x + E3) * x + E2) * x + E1) * x
    return where_less(magnitude(x), HALF, series, exp(x) - ONE)


@part(inline="always")
def sigmoid(x):
    """1 / (1 + e⁻ˣ), through e⁻|ˣ|."""
    e = exp(ZERO - magnitude(x))
    return where_less(x, ZERO, e, ONE) / (ONE + e)


@part(inline="always")
def tanh(x):
    """±(1 − e⁻²|ˣ|) / (1 + e⁻²|ˣ|), the numerator through expm1."""
    e = expm1(ZERO - (magnitude(x) + magnitude(x)))
    y = e / (e + ONE + ONE)
    return where_less(x, ZERO, y, ZERO - y)


@part(inline="always")
def log_of_one_plus(e):
    """ln(1 + e) for e in [0, 1], as 2·artanh(e / (2 + e)): a series in at most 1/3."""
    s = e / (TWO + e)
    square = s * s
    series = (((A11 * square + A9) * square + A7) * square + A5) * square + A3
    return TWO * s * (series * square + ONE)
