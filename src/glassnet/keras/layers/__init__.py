"""The layers, by the names and arguments that Keras has, or once had, for them."""

from glassnet.keras.layers.activation import ELU, LeakyReLU, ReLU, Softmax
from glassnet.keras.layers.convolutional import Conv2D, Convolution2D
from glassnet.keras.layers.core import Activation, Dense, Dropout, Flatten, Input, InputLayer, Reshape
from glassnet.keras.layers.layer import Layer
from glassnet.keras.layers.normalization import BatchNormalization
from glassnet.keras.layers.pooling import (
    AveragePooling2D,
    AvgPool2D,
    GlobalAveragePooling2D,
    GlobalAvgPool2D,
    GlobalMaxPool2D,
    GlobalMaxPooling2D,
    MaxPool2D,
    MaxPooling2D,
)
from glassnet.keras.names import alias, refusing

__all__ = [
    "ELU",
    "Activation",
    "AveragePooling2D",
    "AvgPool2D",
    "BatchNormalization",
    "Conv2D",
    "Convolution2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalAvgPool2D",
    "GlobalMaxPool2D",
    "GlobalMaxPooling2D",
    "Input",
    "InputLayer",
    "Layer",
    "LeakyReLU",
    "MaxPool2D",
    "MaxPooling2D",
    "ReLU",
    "Reshape",
    "Softmax",
]

_ONE_LINE = "Layers stand in one line here, each with one input: a network that branches cannot be built."
_INSTEAD = {
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "TimeDistributed", "Embedding"),
        "glassnet has no layers for sequences; for vectors and pictures there are Dense and Conv2D."),
    **dict.fromkeys(("Conv1D", "Convolution1D", "Conv3D", "Conv2DTranspose", "SeparableConv2D", "DepthwiseConv2D"),
        "The one convolution here is Conv2D, over (height, width, channels)."),
    **dict.fromkeys(("MaxPooling1D", "AveragePooling1D", "MaxPooling3D", "UpSampling2D"),
        "There are MaxPooling2D and AveragePooling2D, over (height, width, channels)."),
    **dict.fromkeys(("Add", "Concatenate", "Multiply", "Average", "Merge", "concatenate", "merge", "add"), _ONE_LINE),
    "ZeroPadding2D": "Write Conv2D(…, padding='same').",
    "Rescaling": "Divide the samples before: x = x / 255.",
    "LayerNormalization": "There is BatchNormalization.",
    "MaxoutDense": "There is Dense.",
    "Lambda": "A function cannot be saved, nor its slope be known; use Activation('relu') and the like.",
}  # fmt: skip

alias(__name__, "advanced_activations", "reshaping", "recurrent", "embeddings", "wrappers", "noise")
__getattr__ = refusing(__name__, __all__, _INSTEAD)
