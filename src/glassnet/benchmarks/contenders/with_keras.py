"""Keras on PyTorch or TensorFlow, through `fit`, as the articles use it."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from .contender import CHECKED, Contender, Work

PACKAGES = ("keras", "torch", "tensorflow-cpu", "tensorflow")
XOR_EPOCHS = 1000
XOR_TIMED = 50  # of them; the seconds are scaled, for all would take minutes


def start_keras(work: Work) -> Any:
    """Keras with the backend that the peer's name tells."""
    backend = work.peer.removeprefix("keras-")
    os.environ.update(KERAS_BACKEND=backend, TF_CPP_MIN_LOG_LEVEL="3")
    if backend == "torch":
        import torch

        torch.set_num_threads(work.threads)
    else:
        import tensorflow

        tensorflow.config.threading.set_intra_op_parallelism_threads(work.threads)
    import keras

    return keras


def contender(work: Work, network: Any, y: np.ndarray, epochs: int, scale: float) -> Contender:
    """Checked batch by batch, timed through `fit`."""
    x, size = work.x, len(work.batches[0])
    ends = [len(rows) for rows in work.batches[-1:]]
    for count in {size, *ends}:  # compiled for each size of a batch
        network.fit(x[:count], y[:count], batch_size=size, verbose=0)

    def fresh() -> None:
        network.set_weights(work.weights())
        for variable in network.optimizer.variables:
            if variable.path.split("/")[-1] != "learning_rate":
                variable.assign(np.zeros(variable.shape))

    def check() -> list[float]:
        fresh()
        losses = []
        for rows in work.batches[:CHECKED]:
            network.reset_metrics()  # it would answer with the mean so far
            losses.append(network.train_on_batch(x[rows], y[rows]))
        return losses

    def run() -> float:
        fresh()
        start = perf_counter()
        network.fit(x, y, batch_size=size, epochs=epochs, verbose=0)
        return (perf_counter() - start) * scale

    return Contender(check, run)


def xor(work: Work) -> Contender:
    """The network of the article on XOR."""
    keras = start_keras(work)
    dense = keras.layers.Dense
    network = keras.Sequential([keras.Input((2,)), dense(2, "relu"), dense(1, "sigmoid")])
    network.compile(keras.optimizers.SGD(0.1), "binary_crossentropy")
    return contender(work, network, work.y[:, None].astype(np.float32), XOR_TIMED, XOR_EPOCHS / XOR_TIMED)


def mnist(convolutions: bool) -> Callable[[Work], Contender]:
    """Digits with a dense or a convolutional network."""

    def prepare(work: Work) -> Contender:
        keras = start_keras(work)
        layers = keras.layers
        body = [keras.Input(work.x.shape[1:])]
        if convolutions:
            for filters in (32, 64):
                body += [layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D()]
            body.append(layers.Flatten())
        network = keras.Sequential([*body, layers.Dense(128, "relu"), layers.Dense(10)])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(keras.optimizers.Adam(), loss)
        return contender(work, network, work.y, 1, 1.0)

    return prepare


WORKLOADS = {"xor": xor, "mlp": mnist(convolutions=False), "cnn": mnist(convolutions=True)}
WHOLE: dict[str, object] = {}
