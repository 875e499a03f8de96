"""JAX: a training is one program, a scan over its batches; a convolution is a product, whose gradients are quick."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import log
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from .contender import CHECKED, Contender, Train, Work, training

PACKAGES = ("jax", "jaxlib")
Weights = list[Any]


def convolve(x: Any, W: Any, b: Any) -> Any:
    """x ⋆ W + b for pictures (N, H, W, C): the windows side by side, times the kernel as a matrix."""
    KH, KW, _, O = W.shape
    H, wide = x.shape[1] - KH + 1, x.shape[2] - KW + 1
    windows = jnp.concatenate([x[:, i : i + H, j : j + wide] for i in range(KH) for j in range(KW)], -1)
    return windows @ W.reshape(-1, O) + b


def pool(x: Any) -> Any:
    """The largest of each 2 × 2; of equals the first gets the gradient, where max would share it out."""
    N, H, W, C = x.shape
    x = x[:, : H // 2 * 2, : W // 2 * 2].reshape(N, H // 2, 2, W // 2, 2, C)
    above, below = larger(x[:, :, 0, :, 0], x[:, :, 0, :, 1]), larger(x[:, :, 1, :, 0], x[:, :, 1, :, 1])
    return larger(above, below)


def larger(a: Any, b: Any) -> Any:
    """Element by element, a where they are equal."""
    return jnp.where(a >= b, a, b)


def forward(weights: Weights, x: Any) -> Any:
    """Sums before the last activation: a convolution, ReLU and pooling for each kernel, dense layers after them."""
    while weights[0].ndim == 4:
        x, weights = pool(jax.nn.relu(convolve(x, *weights[:2]))), weights[2:]
    x = x.reshape(len(x), -1)
    while len(weights) > 2:
        x, weights = jax.nn.relu(x @ weights[0] + weights[1]), weights[2:]
    return x @ weights[0] + weights[1]


def one_loss(weights: Weights, x: Any, y: Any) -> Any:
    """Binary cross-entropy."""
    z = forward(weights, x)[:, 0]
    return jnp.mean(jnp.logaddexp(0, z) - y * z)


def ten_loss(weights: Weights, x: Any, y: Any) -> Any:
    """Categorical cross-entropy."""
    z = forward(weights, x)
    return jnp.mean(jax.nn.logsumexp(z, 1) - jnp.take_along_axis(z, y[:, None], 1)[:, 0])


def descend(x: Any, y: Any, weights: Weights, rows: Any) -> tuple[Weights, Any]:
    """A step of stochastic gradient descent."""
    loss, g = jax.value_and_grad(one_loss)(weights, x[rows], y[rows])
    return [a - 0.1 * b for a, b in zip(weights, g, strict=True)], loss


def adam(x: Any, y: Any, state: Any, rows: Any) -> tuple[Any, Any]:
    """A step of Adam."""
    weights, m, v, t = state
    loss, g = jax.value_and_grad(ten_loss)(weights, x[rows], y[rows])
    t = t + 1
    m = [0.9 * a + 0.1 * b for a, b in zip(m, g, strict=True)]
    v = [0.999 * a + 0.001 * b * b for a, b in zip(v, g, strict=True)]
    rate, size = (-1 / jnp.expm1(t * log(beta)) for beta in (0.9, 0.999))  # in float32, 1 − 0.999ᵗ has four digits
    moved = [w - 1e-3 * rate * a / (jnp.sqrt(size * b) + 1e-7) for w, a, b in zip(weights, m, v, strict=True)]
    return (moved, m, v, t), loss


def scanned(step: Any, work: Work, state: Any, batches: list[np.ndarray]) -> Callable[[], Any]:
    """All batches as one compiled program; smaller ones at the end follow as a second scan."""
    x, y = jnp.asarray(work.x), jnp.asarray(work.y, jnp.int32)
    whole = np.stack([rows for rows in batches if len(rows) == len(batches[0])]).astype(np.int32)
    last = np.stack(batches[len(whole) :]).astype(np.int32) if len(whole) < len(batches) else whole[:0]

    def program(x: Any, y: Any, state: Any, whole: Any, last: Any) -> Any:
        state, losses = jax.lax.scan(partial(step, x, y), state, whole)
        state, _ = jax.lax.scan(partial(step, x, y), state, last)
        return state, losses

    arguments = jax.device_put((x, y, state, whole, last))
    compiled = jax.jit(program).lower(*arguments).compile()
    return lambda: jax.block_until_ready(compiled(*arguments))


def trained(work: Work, step: Any, state: Any) -> Contender:
    """Compiled beforehand for the check and for the timed piece."""
    run = {n: scanned(step, work, state, work.batches[:n]) for n in (CHECKED, len(work.batches))}

    def begin() -> Train:
        return lambda count: run[count]()[1]

    return training(work, begin)


def xor(work: Work) -> Contender:
    """4000 steps."""
    return trained(work, descend, work.weights())


def many_xor(work: Work) -> Contender:
    """The same for many networks side by side; losses are their means."""

    def step(x: Any, y: Any, weights: Any, rows: Any) -> tuple[Any, Any]:
        weights, losses = jax.vmap(partial(descend, x, y))(weights, rows[:, None])
        return weights, losses.mean()

    return trained(work, step, work.weights())


def mnist(work: Work) -> Contender:
    """An epoch with Adam."""
    weights = work.weights()
    zeros = [np.zeros_like(w) for w in weights]
    return trained(work, adam, (weights, zeros, zeros, np.float32(0)))


WORKLOADS = {"xor": xor, "xor-1000": many_xor, "mlp": mnist, "cnn": mnist}
WHOLE: dict[str, object] = {}
