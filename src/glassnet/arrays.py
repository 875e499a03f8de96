"""Arrays: the types that the rooms share, and one flat vector with named views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Protocol

import numpy as np

Array = np.ndarray[Any, Any]  # a NumPy array; under jax.jit a tracer with the same methods
Shape = tuple[int, ...]
Penalty = tuple[float, float]  # (λ₁, λ₂) of a parameter w: λ₁·Σ|w| + λ₂·Σw² is added to the objective
Params = Mapping[str, Array]  # the parameters, or the state, of one layer by their short names


class Initializer(Protocol):
    """Draws the first values of a parameter, float64 of the given shape; `uniform(n)` gives n numbers in (0, 1)."""

    def __call__(self, shape: Shape, uniform: Callable[[int], Array]) -> Array: ...


@dataclass(frozen=True)
class Spec:
    """What a layer says of one parameter: its shape, its first values, whether weight decay applies, its penalty."""

    shape: Shape
    initializer: Initializer
    decay: bool = True
    penalty: Penalty = (0.0, 0.0)


def aligned_zeros(size: int, dtype: np.dtype[Any]) -> Array:
    """A vector of zeros that begins on a 64-byte boundary: a cache line, and the widest vector register."""
    raw = np.zeros(size * dtype.itemsize + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size * dtype.itemsize].view(dtype)


def aligned_copy(vector: Array) -> Array:
    """A copy of a vector that begins on a 64-byte boundary."""
    copy = aligned_zeros(vector.size, vector.dtype)
    copy[:] = vector
    return copy


class Layout:
    """Where each named array of each layer lies in one flat vector.

    Parameters
    ----------
    blocks : for each layer its name and the shapes of its arrays, in order: ("dense_1", {"W": (2, 3), "b": (3,)}).
    """

    def __init__(self, blocks: Sequence[tuple[str, Mapping[str, Shape]]]) -> None:
        self.places: list[dict[str, tuple[slice, Shape]]] = []
        self.layers = [name for name, _ in blocks]
        self.size = 0
        for _, shapes in blocks:
            place = {}
            for name, shape in shapes.items():
                place[name] = (slice(self.size, self.size + prod(shape)), shape)
                self.size += prod(shape)
            self.places.append(place)

    def views(self, vector: Array) -> list[dict[str, Array]]:
        """For each layer, views into `vector` by short name: [{"W": …, "b": …}, {}, …]."""
        return [{name: vector[part].reshape(shape) for name, (part, shape) in place.items()} for place in self.places]

    def named(self, vector: Array) -> dict[str, Array]:
        """Views into `vector` by whole name: {"dense_1.W": …, "dense_1.b": …}."""
        pairs = zip(self.layers, self.views(vector), strict=True)
        return {f"{layer}.{name}": view for layer, views in pairs for name, view in views.items()}
