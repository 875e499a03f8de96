"""MNIST as Keras gives it."""

from __future__ import annotations

from glassnet.arrays import Array
from glassnet.data import load_data as load
from glassnet.keras.arguments import keras_arguments

Pair = tuple[Array, Array]


@keras_arguments()
def load_data(path: str = "mnist.npz") -> tuple[Pair, Pair]:
    """((x_train, y_train), (x_test, y_test)): uint8 pictures (N, 28, 28) and labels (N,), 60 000 and 10 000.

    `path` is where Keras would keep its copy; glassnet looks in $GLASSNET_DATA and in its own cache, then downloads.
    """
    train, test = ((part.x[..., 0].copy(), part.y.astype("uint8")) for part in load("mnist"))
    return train, test
