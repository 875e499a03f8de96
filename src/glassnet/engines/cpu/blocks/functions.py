"""eˣ and its kin in float32, as sums and products that the compiler turns into vector instructions.

Source: W. Cody, W. Waite, "Software manual for the elementary functions", 1980, chapters 6 and 13, for the ways of
reducing the argument. The polynomials are Taylor's; on the reduced arguments their rest lies below float32's rounding.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import float_of_bits
from glassnet.engines.cpu.building import part

ZERO, ONE, HALF = np.float32(0), np.float32(1), np.float32(0.5)
LOG2_E, LN2_HIGH, LN2_LOW = np.float32(1.4426950408889634), np.float32(0.693359375), np.float32(-2.12194440e-4)
E = [np.float32(1 / k) for k in (1, 2, 6, 24, 120, 720, 5040, 40320)]
E1, E2, E3, E4, E5, E6, E7, E8 = E
TWO = np.float32(2)
A3, A5, A7, A9, A11 = (np.float32(1 / k) for k in (3, 5, 7, 9, 11))
LOWEST, HIGHEST = np.float32(-87.336544), np.float32(89)  # of x: below, eˣ is less than every normal number
MOST = np.float32(127)  # of k: no number is 2¹²⁸


@part  # not inline: kernels may add up in any order, which would put ln 2 together again
def exp(x):
    """eˣ = 2ᵏ·eʳ, |r| ≤ ln 2 / 2."""
    inside = LOWEST if x < LOWEST else x  # comparisons this way round: no number stays no number
    inside = HIGHEST if inside > HIGHEST else inside
    k = np.floor(inside * LOG2_E + HALF)
    r = (inside - k * LN2_HIGH) - k * LN2_LOW
    y = ((((((E7 * r + E6) * r + E5) * r + E4) * r + E3) * r + E2) * r + E1) * r + ONE
    y = y + y if k > MOST else y
    y *= power_of_two(np.int32(MOST if k > MOST else k))
    return ZERO if x < LOWEST else y


@part(inline="always")
def power_of_two(k):
    """2ᵏ for k from −126 to 127."""
    return float_of_bits(np.int32((k + 127) << 23))


@part(inline="always")
def expm1(x):
    """eˣ − 1, which near 0 has its own series, so that no digit is lost."""
    series = (((((((E8 * x + E7) * x + E6) * x + E5) * x + E4) * x + E3) * x + E2) * x + E1) * x
    return series if abs(x) < HALF else exp(x) - ONE


@part(inline="always")
def sigmoid(x):
    """1 / (1 + e⁻ˣ), through e⁻|ˣ|."""
    e = exp(-abs(x))
    return (ONE if x >= 0 else e) / (ONE + e)


@part(inline="always")
def tanh(x):
    """±(1 − e⁻²|ˣ|) / (1 + e⁻²|ˣ|), the numerator through expm1."""
    e = expm1(-(abs(x) + abs(x)))
    y = -e / (e + ONE + ONE)
    return y if x >= 0 else -y


@part(inline="always")
def log_of_one_plus(e):
    """ln(1 + e) for e in [0, 1], as 2·artanh(e / (2 + e)): a series in at most 1/3."""
    s = e / (TWO + e)
    square = s * s
    series = A11
    for a in (A9, A7, A5, A3):
        series = series * square + a
    return TWO * s * (series * square + ONE)
