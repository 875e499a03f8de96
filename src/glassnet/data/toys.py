"""Toy sets: small enough to follow by hand, or to draw on a sheet of paper."""

from __future__ import annotations

from collections.abc import Callable
from math import pi

import numpy as np

from glassnet.arrays import Array
from glassnet.data.dataset import Dataset, Parts
from glassnet.preparation import Preparation, Scale
from glassnet.randomness import Purpose, uniform, words

TRAIN, TEST = 400, 200  # points of the drawn sets


def xor(seed: int) -> Parts:
    """Either, but not both: four samples, which are the test as well. The seed changes nothing."""
    data = _table("xor", [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    return Parts(data, data)


def people(seed: int) -> Parts:
    """Pounds and inches of four people, 1 is a woman and 0 a man; two others are the test. The seed changes nothing."""
    shift = Preparation((), Scale(1.0, (-135.0, -66.0)))
    train = _table("people", [[133, 65], [160, 72], [152, 70], [120, 60]], [1, 0, 0, 1], shift)
    return Parts(train, _table("people", [[128, 63], [155, 68]], [1, 0], shift))


def first_input(seed: int) -> Parts:
    """The answer is the first of three inputs; the test is a sample that was not seen. The seed changes nothing."""
    train = _table("first-input", [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]], [0, 1, 1, 0])
    return Parts(train, _table("first-input", [[1, 0, 0]], [1]))


def moons(seed: int) -> Parts:
    """Two half circles that reach into each other."""
    return _drawn("moons", seed, 2, 0.12, lambda t, k: _polar(1, pi * (t + k)) + np.outer(k, (1.0, 0.5)))


def circles(seed: int) -> Parts:
    """A circle within a circle."""
    return _drawn("circles", seed, 2, 0.08, lambda t, k: _polar(1 - k / 2, 2 * pi * t))


def spirals(seed: int) -> Parts:
    """Two arms that wind around each other, one and a half turns."""
    return _drawn("spirals", seed, 2, 0.03, lambda t, k: _polar(np.sqrt(t), 3 * pi * np.sqrt(t) + pi * k))


def blobs(seed: int) -> Parts:
    """Three round clouds."""
    return _drawn("blobs", seed, 3, 0.35, lambda t, k: _polar(1, 2 * pi * k / 3))


TOYS: dict[str, Callable[[int], Parts]] = {
    "xor": xor,
    "people": people,
    "first-input": first_input,
    "moons": moons,
    "circles": circles,
    "spirals": spirals,
    "blobs": blobs,
}


def _table(name: str, rows: list[list[int]], y: list[int], preparation: Preparation = Preparation()) -> Dataset:
    return Dataset(name, np.array(rows, np.float32), np.array(y), (0, 1), preparation)


def _drawn(name: str, seed: int, classes: int, noise: float, place: Callable[[Array, Array], Array]) -> Parts:
    """Points (N, 2): place(t, k) for t evenly spread over (0, 1) and the classes k in turn, plus normal noise.

    Noise as G. Box, M. Muller, "A note on the generation of random normal deviates", 1958, gives it.
    """
    count = TRAIN + TEST
    t, u, angle = uniform(words(seed, Purpose.DATA, 0, 0, 3 * count)).reshape(3, count)
    k = np.arange(count) % classes
    x = place(t, k) + noise * _polar(np.sqrt(-2 * np.log(u)), 2 * pi * angle)
    data = Dataset(name, x.astype(np.float32), k, tuple(range(classes)))
    return Parts(data.take(np.arange(TRAIN)), data.take(np.arange(TRAIN, count)))


def _polar(radius: Array | float, angle: Array) -> Array:
    """Points (N, 2) at these distances from the origin, in these directions."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
