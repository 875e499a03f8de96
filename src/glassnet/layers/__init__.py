"""The layers, one a file, and the list of those that a file may name."""

from glassnet.layers.activation import Activation
from glassnet.layers.average_pool2d import AveragePooling2D
from glassnet.layers.batch_norm import BatchNormalization
from glassnet.layers.conv2d import Conv2D
from glassnet.layers.dense import Dense
from glassnet.layers.dropout import Dropout
from glassnet.layers.flatten import Flatten
from glassnet.layers.layer import Built, Context, Layer
from glassnet.layers.max_pool2d import MaxPooling2D
from glassnet.layers.reshape import Reshape

__all__ = [
    "LAYERS",
    "Activation",
    "AveragePooling2D",
    "BatchNormalization",
    "Built",
    "Context",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPooling2D",
    "Reshape",
]

LAYERS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        Dense,
        Conv2D,
        MaxPooling2D,
        AveragePooling2D,
        Flatten,
        Reshape,
        Activation,
        Dropout,
        BatchNormalization,
    )
}
