"""mlp: MNIST, 784-128(ReLU)-10, softmax cross-entropy, Adam, batch 128, one epoch of 60 000 in shuffled order.

Inputs are float32 in [0, 1]. Without the MNIST files as many random pictures stand in: the arithmetic is the same.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from glassnet import Activation, Adam, CategoricalCrossentropy, Dataset, Dense, Recipe, Sequential, load_data, train
from glassnet.errors import GlassnetError

NAME = "mlp, one epoch of 60 000"
BATCH = 128
Contender = Callable[[], float]


def contenders() -> tuple[Contender, dict[str, Contender]]:
    """Ours, and the peers by name; each returns its seconds."""
    x, y = pictures()
    data = Dataset("mlp", x, y, tuple(range(10)))
    return lambda: glassnet(data), {"hand-written NumPy": lambda: hand_written(x, y)}


def pictures() -> tuple[np.ndarray, np.ndarray]:
    """(60 000, 784) float32 in [0, 1] and their labels."""
    try:
        train_part = load_data("mnist", seed=0).train
        return train_part.x.reshape(-1, 784) / np.float32(255), train_part.y
    except GlassnetError:
        draw = np.random.default_rng(0)
        lit = draw.random((60000, 784), np.float32) * (draw.random((60000, 784), np.float32) < 0.2)
        return lit, draw.integers(0, 10, 60000)


def glassnet(data: Dataset) -> float:
    """The reference engine."""
    layers = [Dense(128), Activation("relu"), Dense(10), Activation("softmax")]
    network = Sequential(layers, (784,))
    recipe = Recipe(CategoricalCrossentropy(), Adam(), epochs=1, batch_size=BATCH)
    start = perf_counter()
    train(network, data, recipe)
    return perf_counter() - start


def hand_written(x: np.ndarray, y: np.ndarray) -> float:
    """The same steps as a careful person writes them out in NumPy, with Adam in place."""
    draw = np.random.default_rng(0)

    def he(*shape: int) -> np.ndarray:
        return (draw.normal(size=shape) * np.sqrt(2 / shape[0])).astype(np.float32)

    weights = [he(784, 128), np.zeros(128, np.float32), he(128, 10), np.zeros(10, np.float32)]
    W1, b1, W2, b2 = weights
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    start = perf_counter()
    order = draw.permutation(len(x))
    for t, begin in enumerate(range(0, len(x), BATCH), start=1):
        rows = order[begin : begin + BATCH]
        a, count = x[rows], len(rows)
        z = a @ W1 + b1
        h = np.maximum(z, 0)
        s = h @ W2 + b2
        p = np.exp(s - s.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(count), y[rows]] -= 1
        p /= count
        dh = p @ W2.T
        dh *= z > 0
        rate = 0.001 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        for w, g, m, v in zip(weights, (a.T @ dh, dh.sum(0), h.T @ p, p.sum(0)), first, second, strict=True):
            m *= 0.9
            m += 0.1 * g
            v *= 0.999
            v += 0.001 * (g * g)
            w -= rate * m / (np.sqrt(v) + 1e-7)
    return perf_counter() - start
