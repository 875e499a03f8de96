"""Small trainings in Keras's own words, which run under Keras and under glassnet.keras alike.

Each takes the module `keras` and returns figures; make.py wrote down what Keras itself answers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Figures = dict[str, Any]


def numbers(shape: tuple[int, ...], seed: int) -> Any:
    """The same everywhere: (−1, 1), three digits."""
    count = int(np.prod(shape))
    return (np.sin(np.arange(1, count + 1) * (1.7 + seed)) * 0.9).round(3).reshape(shape).astype("float32")


X, LABELS = numbers((8, 3), 0), np.array([0, 1, 1, 0, 1, 0, 0, 1])
WEIGHTS = [numbers((3, 4), 1), numbers((4,), 2) / 8, numbers((4, 2), 3), numbers((2,), 4) / 8]
ONE_HOT = np.eye(2, dtype="float32")[LABELS]


def small(keras: Any, last: str = "softmax", **penalties: Any) -> Any:
    """3-4-2, tanh and softmax, always from the same weights."""
    layers = keras.layers
    model = keras.Sequential(
        [layers.Input((3,)), layers.Dense(4, activation="tanh", **penalties), layers.Dense(2, activation=last)]
    )
    model.set_weights(WEIGHTS)
    return model


def lists(arrays: Any) -> Any:
    return [np.asarray(array).tolist() for array in arrays]


def five_steps(keras: Any) -> Figures:
    """Five steps of every optimizer. A tiny epsilon, for the place where it is added differs."""
    optimizers, tiny = keras.optimizers, 1e-12
    schedules = optimizers.schedules
    made = {
        "SGD": optimizers.SGD(0.1),
        "momentum": optimizers.SGD(0.1, momentum=0.9),
        "Nesterov": optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        "RMSprop": optimizers.RMSprop(0.01, epsilon=tiny),
        "Adam": optimizers.Adam(0.01, epsilon=tiny),
        "Adagrad": optimizers.Adagrad(0.1),
        "Adadelta": optimizers.Adadelta(1.0),
        "InverseTimeDecay": optimizers.SGD(schedules.InverseTimeDecay(0.5, 1, 0.3)),
        "ExponentialDecay": optimizers.SGD(schedules.ExponentialDecay(0.5, 2, 0.5, staircase=True)),
    }
    figures = {}
    for name, optimizer in made.items():
        model = small(keras)
        model.compile(optimizer, "sparse_categorical_crossentropy")
        losses = [model.fit(X, LABELS, batch_size=8, epochs=n, shuffle=False, verbose=0) for n in (2, 3)]
        losses = [loss for history in losses for loss in history.history["loss"]]
        figures[name] = {"losses": losses, "weights": lists(model.get_weights())}
    return figures


def one_fit(keras: Any) -> Figures:
    """Penalties, class weights, a validation share, batches that do not come out even."""
    regularizers = keras.regularizers
    model = small(keras, kernel_regularizer=regularizers.L1L2(0.01, 0.02), bias_regularizer=regularizers.L2(0.05))
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["acc"])
    settings = {"batch_size": 4, "epochs": 3, "shuffle": False, "verbose": 0}
    history = model.fit(X, LABELS, validation_split=0.25, class_weight={0: 1.0, 1: 3.0}, **settings)
    weight = np.arange(8.0)
    return {
        "history": {name: list(map(float, values)) for name, values in history.history.items()},
        "epoch": history.epoch,
        "evaluate": list(map(float, model.evaluate(X, LABELS, sample_weight=weight, verbose=0))),
        "weights": lists(model.get_weights()),
    }


def evaluations(keras: Any) -> Figures:
    """Every loss and metric for the same weights."""
    metrics = ["accuracy", "binary_accuracy", "categorical_accuracy", "mae", "mse"]
    figures = {}
    for loss in ("mse", "binary_crossentropy", "categorical_crossentropy"):
        model = small(keras)
        model.compile("sgd", loss, metrics=metrics)
        found = model.evaluate(X, ONE_HOT, verbose=0, return_dict=True)
        figures[loss] = {name: float(found[name]) for name in ["loss", *metrics]}
    losses = keras.losses
    scores = numbers((8, 2), 5)
    made = {
        "sparse": losses.SparseCategoricalCrossentropy(from_logits=True)(LABELS, scores),
        "categorical": losses.CategoricalCrossentropy(from_logits=True)(ONE_HOT, scores),
        "binary": losses.BinaryCrossentropy(from_logits=True)(ONE_HOT, scores),
        "squares": losses.MeanSquaredError()(ONE_HOT, scores),
    }
    return figures | {name: float(value) for name, value in made.items()}


def sigmoids_for_classes(keras: Any) -> Figures:
    """Outputs that are no shares: a categorical cross-entropy divides them by their sum."""
    figures = {}
    for loss, y in (("categorical_crossentropy", ONE_HOT), ("sparse_categorical_crossentropy", LABELS)):
        model = small(keras, last="sigmoid")
        model.compile(keras.optimizers.SGD(0.5), loss, metrics=["accuracy"])
        history = model.fit(X, y, batch_size=8, epochs=5, shuffle=False, verbose=0).history
        figures[loss] = {"losses": history["loss"], "weights": lists(model.get_weights())}
    return figures


def pictures(keras: Any) -> Figures:
    """Convolution, batch normalisation and poolings with padding, forward and after two steps."""
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Input((7, 6, 2)),
            layers.Conv2D(3, 3, strides=2, padding="same", activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(2, padding="same"),
            layers.AveragePooling2D(2, strides=1, padding="same"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
    )
    weights = [numbers(array.shape, k) for k, array in enumerate(model.get_weights())]
    weights[5] = abs(weights[5]) + np.float32(0.1)  # a variance
    model.set_weights(weights)
    x = numbers((3, 7, 6, 2), 9)
    before = model.predict(x, verbose=0)
    model.compile(keras.optimizers.SGD(0.1), "mse")
    model.fit(x, np.ones((3, 2)), batch_size=3, epochs=2, shuffle=False, verbose=0)
    return {
        "names": [layer.name.rstrip("_0123456789") for layer in model.layers],
        "outputs": before.tolist(),
        "weights": lists(model.get_weights()),
        "parameters": model.count_params(),
    }


SCENES = {scene.__name__: scene for scene in (five_steps, one_fit, evaluations, sigmoids_for_classes, pictures)}
