"""xor: four samples, 2-2-1, ReLU and sigmoid, binary cross-entropy, SGD 0.1, batch 1, 1000 epochs."""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from glassnet import Sequential, load_data, train
from glassnet.presets import preset

NAME = "xor, 4000 steps"
Contender = Callable[[], float]


def contenders() -> tuple[Contender, dict[str, Contender]]:
    """Ours, and the peers by name; each returns its seconds."""
    return glassnet, {"hand-written NumPy": hand_written}


def glassnet() -> float:
    """The preset of the XOR article on the reference engine."""
    data = load_data("xor", seed=0).train
    chosen = preset("xor", data)
    network = Sequential(chosen.layers, data.sample_shape)
    start = perf_counter()
    train(network, data, chosen.recipe)
    return perf_counter() - start


def hand_written() -> float:
    """The same steps, written out."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    t = np.array([[0], [1], [1], [0]], np.float32)
    draw = np.random.default_rng(0)
    W1, b1 = draw.normal(size=(2, 2)).astype(np.float32), np.zeros(2, np.float32)
    W2, b2 = draw.normal(size=(2, 1)).astype(np.float32), np.zeros(1, np.float32)
    start = perf_counter()
    for _ in range(1000):
        for i in draw.permutation(4):
            row = x[i : i + 1]
            z = row @ W1 + b1
            h = np.maximum(z, 0)
            dz = 1 / (1 + np.exp(-(h @ W2 + b2))) - t[i : i + 1]
            dh = dz @ W2.T * (z > 0)
            W2 -= 0.1 * (h.T @ dz)
            b2 -= 0.1 * dz[0]
            W1 -= 0.1 * (row.T @ dh)
            b1 -= 0.1 * dh[0]
    return perf_counter() - start
