"""Every layer in representative configurations: the rows that each test of the contract runs through."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial

import numpy as np
import pytest

from glassnet.arrays import Array, Shape
from glassnet.functions import ACTIVATIONS, HeNormal, Normal, Uniform
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Context,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Reshape,
)
from glassnet.randomness import Purpose, words
from tests.numeric import spread

LAYERS: list[tuple[Layer, Shape]] = [
    (Dense(3), (4,)),
    (Dense(1), (1,)),
    (Dense(2, use_bias=False, kernel_initializer=HeNormal()), (3,)),
    (Dense(2, kernel_penalty=(0.1, 0.2), bias_penalty=(0.0, 0.3)), (3,)),
    (Conv2D(2), (4, 5, 3)),
    (Conv2D(3, 1), (3, 3, 2)),
    (Conv2D(2, 1, stride=2), (4, 3, 2)),
    (Conv2D(2, (2, 3), padding="same", bias_initializer=Uniform(-1.0, 1.0)), (4, 4, 2)),
    (Conv2D(2, 2, stride=2), (4, 5, 1)),
    (Conv2D(2, 3, stride=(2, 1), padding="same", use_bias=False), (5, 4, 2)),
    (Conv2D(1, (4, 2), stride=3, padding="same"), (5, 7, 1)),
    (Conv2D(2, 3, padding="same", kernel_initializer=Normal(0.5)), (2, 2, 1)),  # the kernel is larger than the picture
    (MaxPooling2D(), (4, 4, 2)),
    (MaxPooling2D(), (5, 3, 1)),  # a row and a column are left over
    (MaxPooling2D(3, stride=2), (5, 7, 2)),  # windows overlap
    (MaxPooling2D((1, 2), stride=(3, 1)), (5, 4, 1)),  # rows are left out between windows
    (MaxPooling2D(3, padding="same"), (5, 4, 2)),  # padding on both sides of the rows, on one of the columns
    (MaxPooling2D((3, 2), stride=1, padding="same"), (2, 3, 1)),  # the window is larger than the picture
    (AveragePooling2D(), (4, 4, 2)),
    (AveragePooling2D(), (5, 3, 1)),
    (AveragePooling2D(3, stride=2), (5, 7, 2)),
    (AveragePooling2D((1, 2), stride=(3, 1)), (5, 4, 1)),
    (AveragePooling2D(3, padding="same"), (5, 4, 2)),
    (AveragePooling2D((3, 2), stride=1, padding="same"), (2, 3, 1)),
    (Flatten(), (2, 3, 2)),
    (Flatten(), (4,)),
    (Reshape((3, 2, 1)), (6,)),
    (Reshape((-1, 2)), (2, 2, 2)),
    *((Activation(name), (5,)) for name in ACTIVATIONS),
    (Activation("relu"), (2, 3, 2)),
    (Dropout(0.5), (7,)),
    (Dropout(0.25), (3, 3, 2)),
    (Dropout(0.0), (4,)),
    (BatchNormalization(), (4,)),
    (BatchNormalization(momentum=0.9, epsilon=1e-5), (3, 2, 2)),
]


@dataclass(frozen=True)
class Row:
    """A layer and the shape of its samples, with numbers to run it on. Batches of three; the words of one address."""

    layer: Layer
    in_shape: Shape

    def params(self, dtype: str = "float64") -> dict[str, Array]:
        """Parameters away from their first values, so that none hides behind a 0 or a 1."""
        specs = self.layer.build(self.in_shape).params
        return {name: spread(spec.shape, k).astype(dtype) for k, (name, spec) in enumerate(specs.items())}

    def state(self, dtype: str = "float64") -> dict[str, Array]:
        specs = self.layer.build(self.in_shape).state
        return {name: np.abs(spread(spec.shape, 10 + k)).astype(dtype) for k, (name, spec) in enumerate(specs.items())}

    def x(self, dtype: str = "float64") -> Array:
        return spread((3, *self.in_shape), 20).astype(dtype)

    def dy(self, dtype: str = "float64") -> Array:
        return spread((3, *self.layer.build(self.in_shape).shape), 21).astype(dtype)

    def context(self, training: bool) -> Context:
        return Context(training, partial(words, 7, Purpose.DROPOUT, 5, 2))


ROWS = [Row(layer, shape) for layer, shape in LAYERS]


def _name(row):
    own = [
        f"{f.name}={getattr(row.layer, f.name)}" for f in fields(row.layer) if getattr(row.layer, f.name) != f.default
    ]
    return f"{type(row.layer).__name__}({', '.join(own)}) on {row.in_shape}"


every_row = pytest.mark.parametrize("row", ROWS, ids=_name)
both_modes = pytest.mark.parametrize("training", [True, False], ids=["training", "predicting"])
