"""Small networks with weights away from their first values, one for every kind of layer and more."""

from __future__ import annotations

import numpy as np

from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Reshape,
)
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential, Vectors

PICTURE = (5, 4, 2)
STACKS = {
    "dense": ([Dense(3), Activation("tanh"), Dense(4), Activation("elu"), Dense(2)], (3,), MeanSquaredError()),
    "no bias": ([Dense(1, use_bias=False), Activation("sigmoid")], (3,), MeanSquaredError("sum")),
    "two ways to say yes": (
        [Dense(2), Activation("relu"), Dense(2), Activation("sigmoid")],
        (2,),
        BinaryCrossentropy(),
    ),
    "perceptron": ([Flatten(), Dense(3), Activation("relu")], (2, 2, 1), Perceptron()),
    "softmax and squares": (
        [Dense(3), Activation("softmax"), Dense(2), Activation("softmax")],
        (2,),
        MeanSquaredError(),
    ),
    "normalised": (
        [Dense(4), BatchNormalization(), Activation("gelu"), Dropout(0.5), Dense(2), Activation("softmax")],
        (3,),
        CategoricalCrossentropy(),
    ),
    "convolution": (
        [
            Conv2D(2, padding="same"),
            BatchNormalization(),
            Activation("leaky_relu"),
            MaxPooling2D(),
            Flatten(),
            Dense(2),
        ],
        PICTURE,
        MeanSquaredError(),
    ),
    "subsampling": (
        [Conv2D(1, 2, stride=2, use_bias=False), Activation("tanh"), AveragePooling2D((2, 1)), Flatten(), Dense(2)],
        PICTURE,
        MeanSquaredError(),
    ),
    "reshaped": (
        [Dense(8), Activation("linear"), Reshape((2, 2, 2)), Conv2D(1, 1), Dropout(0.1), Flatten(), Dense(1)],
        (2,),
        MeanSquaredError(),
    ),
    "overlapping": ([MaxPooling2D(2, stride=1), Conv2D(2, 2), Flatten(), Dense(1)], (4, 4, 1), MeanSquaredError()),
    "poolings beyond the edge": (
        [MaxPooling2D(2, padding="same"), AveragePooling2D(2, stride=1, padding="same"), Flatten(), Dense(1)],
        (5, 3, 1),
        MeanSquaredError(),
    ),
    "twice active": ([Dense(2), Activation("tanh"), Activation("sigmoid"), Dense(1)], (2,), MeanSquaredError()),
}


def random_network(layers, shape, seed):
    """The network, in float64, with random weights and moving averages."""
    random = np.random.default_rng(seed)
    network = Sequential(layers, shape, dtype="float64", seed=seed)
    state = random.uniform(0.5, 1.5, network.state_layout.size)
    network.vectors = Vectors(random.normal(0, 0.7, network.weight_layout.size), state)
    return network, random.normal(size=shape)


def target_for(loss, network, seed):
    """A target that this loss takes."""
    (outputs,) = network.output_shape
    if loss.labels == "index":
        return seed % outputs
    return np.random.default_rng(seed).integers(0, 2, outputs).astype(float)
