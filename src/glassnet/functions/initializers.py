"""First values of a parameter, drawn from uniform numbers.

For a kernel of shape (…, in, out) the fans count the connections of one unit: fan_in = in · (all axes before) and
fan_out = out · (all axes before).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, prod, sqrt
from typing import Any

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import check_number
from glassnet.errors import ParameterError

Draw = Callable[[int], Array]


def fans(shape: Shape) -> tuple[int, int]:
    """(fan_in, fan_out) of a kernel of shape (…, in, out); of a bias (out,) both are out."""
    if len(shape) == 1:
        return shape[0], shape[0]
    window = prod(shape[:-2])
    return window * shape[-2], window * shape[-1]


def check_initializer(owner: str, name: str, value: Any) -> None:
    """Raise ParameterError unless `value` can draw first values, as the descriptions below do."""
    if isinstance(value, type) or not callable(value):
        raise ParameterError(f"{owner}: {name} must be such as GlorotUniform(). Got {value!r:.100}.")


def uniform_in(shape: Shape, limit: float, uniform: Draw) -> Array:
    """Numbers spread evenly over (−limit, limit)."""
    return (2 * uniform(prod(shape)) - 1).reshape(shape) * limit


def normal_around_zero(shape: Shape, deviation: float, uniform: Draw) -> Array:
    """Normal numbers. Source: Box, Muller, "A note on the generation of random normal deviates", 1958, equation 1."""
    u1, u2 = uniform(2 * prod(shape)).reshape(2, *shape)
    return np.sqrt(-2 * np.log(u1)) * np.cos(2 * pi * u2) * deviation


@dataclass(frozen=True)
class Zeros:
    """All zero."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return np.zeros(shape)


@dataclass(frozen=True)
class Ones:
    """All one."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return np.ones(shape)


@dataclass(frozen=True)
class Uniform:
    """Spread evenly over (low, high)."""

    low: float = -0.05
    high: float = 0.05

    def __post_init__(self) -> None:
        check_number("Uniform", "low", self.low)
        check_number("Uniform", "high", self.high)
        if self.low >= self.high:
            raise ParameterError(f"Uniform: low must be below high. Got {self.low} and {self.high}.")

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return self.low + (self.high - self.low) * uniform(prod(shape)).reshape(shape)


@dataclass(frozen=True)
class Normal:
    """Normal around zero with the given standard deviation."""

    deviation: float = 0.05

    def __post_init__(self) -> None:
        check_number("Normal", "deviation", self.deviation, "(0, inf)")

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return normal_around_zero(shape, self.deviation, uniform)


@dataclass(frozen=True)
class GlorotUniform:
    """Over ±√(6 / (fan_in + fan_out)). Glorot, Bengio, AISTATS 2010, equation 16."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return uniform_in(shape, sqrt(6 / sum(fans(shape))), uniform)


@dataclass(frozen=True)
class GlorotNormal:
    """Normal with variance 2 / (fan_in + fan_out). Glorot, Bengio, AISTATS 2010, equation 12."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return normal_around_zero(shape, sqrt(2 / sum(fans(shape))), uniform)


@dataclass(frozen=True)
class HeUniform:
    """Over ±√(6 / fan_in). He, Zhang, Ren, Sun, arXiv:1502.01852, equation 10, as a uniform of the same variance."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return uniform_in(shape, sqrt(6 / fans(shape)[0]), uniform)


@dataclass(frozen=True)
class HeNormal:
    """Normal with variance 2 / fan_in. He, Zhang, Ren, Sun, arXiv:1502.01852, equation 10."""

    def __call__(self, shape: Shape, uniform: Draw) -> Array:
        return normal_around_zero(shape, sqrt(2 / fans(shape)[0]), uniform)


INITIALIZERS: dict[str, type] = {
    kind.__name__: kind for kind in (Zeros, Ones, Uniform, Normal, GlorotUniform, GlorotNormal, HeUniform, HeNormal)
}
