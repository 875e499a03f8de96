"""Keras on PyTorch or TensorFlow, through `fit`, as the articles use it."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import log
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


def adam_to_check(keras: Any) -> Any:
    """Adam to compare losses with. Keras's own adds epsilon elsewhere and computes 1 − βᵗ in float32, to four digits;
    after 50 steps that shows in the third digit of a loss. What is timed is Keras's own.
    """

    class Checked(keras.optimizers.Adam):  # type: ignore[misc]  # whatever it is, it is not there for everybody
        def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
            k, t = self._get_variable_index(variable), keras.ops.cast(self.iterations + 1, "float32")
            m, v = self._momentums[k], self._velocities[k]
            m_left, v_left = (-keras.ops.expm1(t * log(beta)) for beta in (self.beta_1, self.beta_2))
            self.assign(m, self.beta_1 * m + (1 - self.beta_1) * gradient)
            self.assign(v, self.beta_2 * v + (1 - self.beta_2) * gradient * gradient)
            size = keras.ops.sqrt(v / v_left) + self.epsilon
            self.assign_sub(variable, learning_rate * (m / m_left) / size)

    return Checked()


def contender(work: Work, to_check: Any, to_time: Any, y: np.ndarray, epochs: int, scale: float) -> Contender:
    """Networks that are compiled: one to check batch by batch, one to time through `fit`."""
    x, size = work.x, len(work.batches[0])
    for count in {size, len(work.batches[-1])}:  # traced for each size of a batch
        to_time.fit(x[:count], y[:count], batch_size=size, verbose=0)

    def check() -> list[float]:
        to_check.set_weights(work.weights())
        losses = []
        for rows in work.batches[:CHECKED]:
            to_check.reset_metrics()  # it would answer with the mean so far
            losses.append(to_check.train_on_batch(x[rows], y[rows]))
        return losses

    def run() -> float:
        to_time.set_weights(work.weights())
        start = perf_counter()
        to_time.fit(x, y, batch_size=size, epochs=epochs, verbose=0)
        return (perf_counter() - start) * scale

    return Contender(check, run)


def xor(work: Work) -> Contender:
    """The network of the article on XOR."""
    keras = start_keras(work)
    dense = keras.layers.Dense

    def network() -> Any:
        made = keras.Sequential([keras.Input((2,)), dense(2, "relu"), dense(1, "sigmoid")])
        made.compile(keras.optimizers.SGD(0.1), "binary_crossentropy")
        return made

    y = work.y[:, None].astype(np.float32)
    return contender(work, network(), network(), y, XOR_TIMED, XOR_EPOCHS / XOR_TIMED)


def mnist(convolutions: bool) -> Callable[[Work], Contender]:
    """Digits with a dense or a convolutional network."""

    def prepare(work: Work) -> Contender:
        keras = start_keras(work)
        layers = keras.layers

        def network(adam: Any) -> Any:
            body = [keras.Input(work.x.shape[1:])]
            if convolutions:
                for filters in (32, 64):
                    body += [layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D()]
                body.append(layers.Flatten())
            made = keras.Sequential([*body, layers.Dense(128, "relu"), layers.Dense(10)])
            made.compile(adam, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
            return made

        return contender(work, network(adam_to_check(keras)), network(keras.optimizers.Adam()), work.y, 1, 1.0)

    return prepare


WORKLOADS = {"xor": xor, "mlp": mnist(convolutions=False), "cnn": mnist(convolutions=True)}
WHOLE: dict[str, object] = {}
