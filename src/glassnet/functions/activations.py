"""Activation functions y = f(x), each beside the way a gradient goes back through it.

All but softmax work element by element, so there ∂L/∂x = ∂L/∂y · f′(x), and a function is told by f and f′ alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

from glassnet.arrays import Array

LEAK = 0.01  # Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013, section 2
GELU_SCALE, GELU_CUBE = sqrt(2 / pi), 0.044715


@dataclass(frozen=True)
class ActivationFunction:
    """f and its derivative.

    value : x → y, the same shape.
    back : (x, y, dy) → dx, with dy = ∂L/∂y and dx = ∂L/∂x.
    """

    value: Callable[[Array], Array]
    back: Callable[[Array, Array, Array], Array]


def elementwise(value: Callable[[Array], Array], slope: Callable[[Array, Array], Array]) -> ActivationFunction:
    """The function with the given value f(x) and slope f′(x), which may use y = f(x)."""
    return ActivationFunction(value, lambda x, y, dy: dy * slope(x, y))


def step(x: Array) -> Array:
    """1 where x > 0, else 0."""
    return (x > 0).astype(x.dtype)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e⁻ˣ), through e⁻|ˣ|, which never overflows."""
    xp = x.__array_namespace__()
    e = xp.exp(-xp.abs(x))
    return xp.where(x >= 0, 1, e) / (1 + e)


def tanh(x: Array) -> Array:
    """(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)."""
    return x.__array_namespace__().tanh(x)


def relu(x: Array) -> Array:
    """x where x > 0, else 0. Its slope at 0 is taken as 0."""
    return x.__array_namespace__().maximum(x, 0)


def leaky_relu(x: Array) -> Array:
    """x where x > 0, else x/100."""
    return x.__array_namespace__().where(x > 0, x, LEAK * x)


def elu(x: Array) -> Array:
    """x where x > 0, else eˣ − 1. Clevert, Unterthiner, Hochreiter, arXiv:1511.07289, equation 15, α = 1."""
    xp = x.__array_namespace__()
    return xp.where(x > 0, x, xp.expm1(xp.minimum(x, 0)))


def gelu(x: Array) -> Array:
    """½x(1 + tanh(√(2/π)(x + 0.044715x³))). Hendrycks, Gimpel, arXiv:1606.08415, section 2."""
    return 0.5 * x * (1 + tanh(GELU_SCALE * (x + GELU_CUBE * x**3)))


def _gelu_slope(x: Array, y: Array) -> Array:
    t = tanh(GELU_SCALE * (x + GELU_CUBE * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * GELU_SCALE * (1 + 3 * GELU_CUBE * x**2)


def softmax(x: Array) -> Array:
    """eˣ / Σeˣ over the last axis; the largest x is taken off first, so that nothing overflows."""
    xp = x.__array_namespace__()
    e = xp.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def _softmax_back(x: Array, y: Array, dy: Array) -> Array:
    return y * (dy - (dy * y).sum(-1, keepdims=True))  # the Jacobian is diag(y) − y yᵀ


ACTIVATIONS: dict[str, ActivationFunction] = {
    "linear": elementwise(lambda x: x, lambda x, y: x.__array_namespace__().ones_like(x)),
    "step": elementwise(step, lambda x, y: x.__array_namespace__().zeros_like(x)),
    "sigmoid": elementwise(sigmoid, lambda x, y: y * (1 - y)),
    "tanh": elementwise(tanh, lambda x, y: 1 - y**2),
    "relu": elementwise(relu, lambda x, y: x > 0),
    "leaky_relu": elementwise(leaky_relu, lambda x, y: x.__array_namespace__().where(x > 0, 1, LEAK).astype(x.dtype)),
    "elu": elementwise(elu, lambda x, y: x.__array_namespace__().where(x > 0, 1, y + 1)),
    "gelu": elementwise(gelu, _gelu_slope),
    "softmax": ActivationFunction(softmax, _softmax_back),
}
