"""From what a data set stores to numbers for the first layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import cast, check_number
from glassnet.errors import ParameterError, ShapeError

Numbers = float | tuple[float, ...]


@dataclass(frozen=True)
class Scale:
    """(x + offset) · factor. Engines apply it batch by batch, so that pixels stay uint8 until then.

    Parameters
    ----------
    factor, offset : one number for all features, or a tuple with one number for each (the last axis of x).

    Shapes    x (N, …, F) any real type   ->   (N, …, F) in the wanted floating type; x itself where nothing changes
    Raises    ParameterError for anything but finite numbers; ShapeError where F is not as many as the numbers;
              DataError where a result is too large for the type.
    """

    factor: Numbers = 1.0
    offset: Numbers = 0.0

    def __post_init__(self) -> None:
        for name in ("factor", "offset"):
            object.__setattr__(self, name, _plain(name, getattr(self, name)))  # the one way to set a frozen field

    def __call__(self, x: Array, dtype: Any) -> Array:
        for numbers in (self.factor, self.offset):
            if isinstance(numbers, tuple) and x.shape[-1:] != (len(numbers),):
                raise ShapeError(
                    f"Scale has a number for each of {len(numbers)} features, but samples have shape {x.shape[1:]}.",
                    "Give samples with the features that the preparation was made for.",
                )
        dtype = np.dtype(dtype)
        if x.dtype == dtype and self.offset == 0 and self.factor == 1:
            return x
        scaled = x.astype(np.result_type(x.dtype, dtype))  # a table in float64 is shifted before it is narrowed
        if self.offset != 0:
            scaled += self.offset
        if self.factor != 1:
            scaled *= self.factor
        return cast("Scale", scaled, dtype)

    def undo(self, y: Array) -> Array:
        """The float64 numbers that __call__ makes `y` of: y / factor − offset."""
        return y.astype(np.float64) / self.factor - self.offset


def _plain(name: str, value: Any) -> Numbers:
    """One number, or several, as Python floats, which JSON can hold."""
    several = isinstance(value, (tuple, list))
    numbers = tuple(value) if several else (value,)
    if not numbers:
        raise ParameterError(f"Scale: {name} must be a number or a tuple of numbers. Got an empty one.")
    for number in numbers:
        check_number("Scale", name, number)
    return tuple(map(float, numbers)) if several else float(value)
