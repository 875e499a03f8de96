"""Activation functions, element by element, and softmax over rows. Row, forward: x, y, size of a sample.

Row, backward: x, y, dy, size of a sample. dx takes the place of dy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.engines.cpu.blocks.functions import HALF, ONE, exp, expm1, sigmoid, tanh
from glassnet.engines.cpu.blocks.memory import floats
from glassnet.engines.cpu.building import part
from glassnet.functions.activations import GELU_CUBE, GELU_SCALE, LEAK

ZERO, SMALL = np.float32(0), np.float32(LEAK)
SCALE, CUBE, THREE = np.float32(GELU_SCALE), np.float32(GELU_CUBE), np.float32(3)


def _forward(value: Any) -> Callable[..., None]:
    value = part(inline="always")(value)

    def forward(now, row, lo, hi):
        start, size = 4 * lo * row[2], (hi - lo) * row[2]
        x, y = floats(row[0] + start, size), floats(row[1] + start, size)
        for i in range(size):
            y[i] = value(x[i])

    return forward


def _backward(slope: Any) -> Callable[..., None]:
    slope = part(inline="always")(slope)

    def backward(now, row, lo, hi):
        start, size = 4 * lo * row[3], (hi - lo) * row[3]
        x, y, dy = floats(row[0] + start, size), floats(row[1] + start, size), floats(row[2] + start, size)
        for i in range(size):
            dy[i] *= slope(x[i], y[i])

    return backward


def _gelu_slope(x, y):
    t = tanh(SCALE * (x + CUBE * x * x * x))
    return HALF * (ONE + t) + HALF * x * (ONE - t * t) * SCALE * (ONE + THREE * CUBE * x * x)


linear_forward = _forward(lambda x: x)
linear_backward = _backward(lambda x, y: ONE)
step_forward = _forward(lambda x: ONE if x > ZERO else ZERO)
step_backward = _backward(lambda x, y: ZERO)
sigmoid_forward = _forward(lambda x: sigmoid(x))
sigmoid_backward = _backward(lambda x, y: y * (ONE - y))
tanh_forward = _forward(lambda x: tanh(x))
tanh_backward = _backward(lambda x, y: ONE - y * y)
relu_forward = _forward(lambda x: ZERO if x < ZERO else x)
relu_backward = _backward(lambda x, y: ONE if y > ZERO else ZERO)
leaky_relu_forward = _forward(lambda x: SMALL * x if x < ZERO else x)
leaky_relu_backward = _backward(lambda x, y: ONE if x > ZERO else SMALL)
elu_forward = _forward(lambda x: expm1(x) if x < ZERO else x)
elu_backward = _backward(lambda x, y: ONE if x > ZERO else y + ONE)
gelu_forward = _forward(lambda x: HALF * x * (ONE + tanh(SCALE * (x + CUBE * x * x * x))))
gelu_backward = _backward(_gelu_slope)


def softmax_forward(now, row, lo, hi):
    """y = eˣ / Σeˣ of each sample."""
    K = row[2]
    for n in range(lo, hi):
        x, y = floats(row[0] + 4 * n * K, K), floats(row[1] + 4 * n * K, K)
        largest = x[0]
        for k in range(K):
            largest = x[k] if x[k] > largest else largest
        total = ZERO
        for k in range(K):
            y[k] = exp(x[k] - largest)
            total += y[k]
        for k in range(K):
            y[k] /= total


def softmax_backward(now, row, lo, hi):
    """dx = y·(dy − Σⱼ dyⱼ·yⱼ) of each sample."""
    K = row[3]
    for n in range(lo, hi):
        y, dy = floats(row[1] + 4 * n * K, K), floats(row[2] + 4 * n * K, K)
        total = ZERO
        for k in range(K):
            total += dy[k] * y[k]
        for k in range(K):
            dy[k] = y[k] * (dy[k] - total)
