"""A layer set to work on figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.layers import Context, Layer

NO_STATE: dict[str, Array] = {}


def no_words(count: int) -> Array:
    raise AssertionError("no random words are needed here")


PREDICTING = Context(training=False, words=no_words)
TRAINING = Context(training=True, words=no_words)


def there_and_back(layer: Layer, p: dict[str, Any], x: Any, dy: Any, context: Context = PREDICTING) -> Any:
    """y, dx and the gradients, for lists of numbers."""
    params = {name: np.array(values, float) for name, values in p.items()}
    y, saved = layer.forward(params, NO_STATE, np.array(x, float), context)
    dx, grads = layer.backward(params, saved, np.array(dy, float), True)
    return y, dx, grads


def picture(*rows: list[float]) -> Array:
    """One picture with one channel, (1, H, W, 1)."""
    return np.array(rows, float)[None, :, :, None]


def rows(pictures: Array) -> Any:
    """The first channel of the first picture, as lists."""
    return pictures[0, :, :, 0].tolist()
