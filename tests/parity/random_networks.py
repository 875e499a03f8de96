"""Networks drawn at random: every kind of layer, in sizes that no kernel was made for."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import Task, fit_task
from glassnet.functions import ACTIVATIONS
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Reshape,
)
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError, Perceptron
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, Optimizer, RMSprop
from glassnet.preparation import Preparation, Scale

HIDDEN = [name for name in ACTIVATIONS if name not in ("softmax", "step")]
ENDS: list[tuple[str, Loss]] = [
    ("softmax", CategoricalCrossentropy()),
    ("sigmoid", BinaryCrossentropy()),
    ("relu", Perceptron()),
    ("softmax", MeanSquaredError()),
    ("tanh", MeanSquaredError("sum")),
    ("linear", MeanSquaredError()),
]
OPTIMIZERS: list[Optimizer] = [
    SGD(0.01),
    SGD(0.01, momentum=0.9, nesterov=True, weight_decay=0.01),
    RMSprop(),
    Adagrad(),
    Adadelta(0.1),
    Adam(clip_norm=0.5),
    AdamW(),
]


def drawn(number: int) -> tuple[Task, Batches]:
    """Network `number`, with data and batches; the last batch of an epoch is a smaller one."""
    random = np.random.default_rng(number)
    pictures = number % 3 > 0
    sizes = [*random.integers(5, 12, 2), random.integers(1, 4)] if pictures else [random.integers(1, 31)]
    shape = tuple(int(length) for length in sizes)
    batch = int(random.choice([1, 2, 3, 7, 8, 9, 16, 17]))
    count = 2 * batch + int(random.integers(1, batch + 1))
    classes = int(random.choice([2, 3, 10, 17]))
    last, loss = ENDS[number // 3 % len(ENDS)]
    layers = list(_hidden(random, shape, normalize=batch > 3))
    layers += [Dense(classes, use_bias=bool(random.integers(2))), Activation(last)]
    network = Sequential(layers, shape, seed=number)
    data = Dataset.from_arrays(
        random.integers(0, 256, (count, *shape), np.uint8),
        random.integers(0, classes, count).tolist(),
        classes=range(classes),
        preparation=Preparation(scale=Scale(1 / 256)),
    )
    weight = random.uniform(0, 2, count) if number % 4 == 0 else None
    optimizer = OPTIMIZERS[number % len(OPTIMIZERS)]
    task = fit_task(network, data, loss, optimizer, total_steps=100, seed=number, sample_weight=weight)
    return task, Batches(count, batch, shuffle=True, seed=number)


def _hidden(random: Any, shape: tuple[int, ...], *, normalize: bool) -> Any:
    """Layers up to the last one."""
    yield from _between(random, normalize=normalize and bool(random.integers(2)))
    if len(shape) == 3:
        for _ in range(random.integers(1, 3)):
            conv = _convolution(random, shape)
            yield conv
            shape = conv.build(shape).shape
            relu = [Activation("relu")] * int(random.integers(2))
            pooling = [_pooling(random, shape)] * int(random.integers(4) > 0)
            for layer in (*relu, *pooling, *_between(random, normalize=normalize)):
                yield layer
                shape = layer.build(shape).shape
        yield Flatten() if random.integers(2) else Reshape((-1,))
    for _ in range(random.integers(0, 3)):
        yield Dense(int(random.integers(1, 41)), use_bias=bool(random.integers(4)))
        yield from _between(random, normalize=normalize)


def _between(random: Any, *, normalize: bool) -> list[Layer]:
    """Some of what may stand anywhere, in any order."""
    layers: list[Layer] = [Activation(str(random.choice(HIDDEN))), Activation("relu"), Dropout(0.3)]
    layers += [BatchNormalization(momentum=0.9)] * normalize
    return [layers[k] for k in random.permutation(len(layers))[: random.integers(0, 3)]]


def _convolution(random: Any, shape: tuple[int, ...]) -> Conv2D:
    kernel = (int(random.integers(1, min(4, shape[0]) + 1)), int(random.integers(1, min(4, shape[1]) + 1)))
    stride = (1, 1) if random.integers(3) else (int(random.integers(1, 4)), int(random.integers(1, 3)))
    padding = "same" if random.integers(2) else "valid"
    return Conv2D(int(random.integers(1, 21)), kernel, stride, padding, use_bias=bool(random.integers(4)))


def _pooling(random: Any, shape: tuple[int, ...]) -> Layer:
    """Windows side by side, windows that overlap, windows that leave rows out."""
    kind = AveragePooling2D if random.integers(3) == 0 else MaxPooling2D
    size = (int(random.integers(1, min(3, shape[0]) + 1)), int(random.integers(1, min(3, shape[1]) + 1)))
    stride = None if random.integers(2) else (int(random.integers(1, 4)), int(random.integers(1, 4)))
    return kind(size, stride)
