"""The networks, data and recipes of the workloads, as glassnet writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.functions import HeNormal
from glassnet.layers import Activation, Conv2D, Dense, Flatten, Layer, MaxPooling2D
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import Adam, OneCycle
from glassnet.preparation import Preparation, Scale
from glassnet.presets import preset
from glassnet.recipe import Recipe

MANY = 1000  # networks side by side
DIGITS = tuple(range(10))


@dataclass(frozen=True)
class Training:
    """What `training` is called with."""

    network: Sequential
    data: Dataset
    recipe: Recipe


def make(name: str, x: Array, y: Array, seed: int = 0) -> Training:
    """The training of a workload for these samples; bytes are pictures, and taken as shares of 255.

    name : of the workload, with "-bf16" behind it for that precision.
    """
    name, precision = name.removesuffix("-bf16"), "bf16" if name.endswith("-bf16") else "float32"
    scale = Scale(1 / 255) if x.dtype == np.uint8 else Scale()
    classes = (0, 1) if name in ("xor", "xor-1000") else DIGITS
    data = Dataset(name, x, y, classes, Preparation(scale=scale))
    layers, recipe = _chosen(name, data)
    return Training(
        Sequential(layers, data.sample_shape, seed=seed), data, replace(recipe, seed=seed, precision=precision)
    )


def _chosen(name: str, data: Dataset) -> tuple[list[Layer], Recipe]:
    he, relu, pool, softmax = HeNormal(), Activation("relu"), MaxPooling2D(), Activation("softmax")
    recipe = Recipe(CategoricalCrossentropy(), Adam(), epochs=1, batch_size=128)
    if name in ("xor", "xor-1000", "perceptron"):
        chosen = preset(name.removesuffix("-1000"), data)
        return chosen.layers, chosen.recipe
    if name == "mlp":
        return [Dense(128, kernel_initializer=he), relu, Dense(10), softmax], recipe
    quick = Adam(0.01, beta_1=0.7, beta_2=0.9, schedule=OneCycle())
    if name == "to-99":
        body: list[Layer] = [Conv2D(24, 5), pool, relu, Conv2D(32, 3), pool, relu, Flatten(), Dense(256), relu]
        return [*body, Dense(10), softmax], replace(recipe, optimizer=quick, batch_size=256)
    if name == "to-99-any":  # chosen on held-out training samples: docs/benchmarks.md
        quick = replace(quick, schedule=OneCycle(warmup=0.15))
        body = [Conv2D(16, 5, stride=2), relu, Conv2D(32, 3), pool, relu, Flatten(), Dense(128), relu]
        return [*body, Dense(10), softmax], replace(recipe, optimizer=quick, batch_size=256, epochs=2)
    body = [Conv2D(32, kernel_initializer=he), relu, pool, Conv2D(64, kernel_initializer=he), relu, pool, Flatten()]
    return [*body, Dense(128, kernel_initializer=he), relu, Dense(10), softmax], recipe
