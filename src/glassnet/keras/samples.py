"""From the x and y of a fit call to a data set, so that the loss and the last layer find what they want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import check_number, check_numeric
from glassnet.data import Dataset
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.keras.losses import Loss
from glassnet.keras.notes import note
from glassnet.model import Sequential as Network


@dataclass(frozen=True)
class Samples:
    """A data set, and how much each of its samples counts."""

    data: Dataset
    weight: Array | None

    def take(self, rows: Array) -> Samples:
        """The samples with these numbers."""
        return Samples(self.data.take(rows), None if self.weight is None else self.weight[rows])


def as_samples(x: Any) -> Array:
    """x as an array of numbers (N, …); one number a sample becomes a column, as in Keras."""
    if isinstance(x, (list, tuple)) and len(x) == 1 and np.ndim(x[0]) > 1:
        x = x[0]  # Keras takes a list with one array for each input
    if not isinstance(x, (list, tuple)) and not hasattr(x, "__array__"):
        raise ParameterError(
            f"x must be an array or a list of numbers. Got {type(x).__name__}.",
            "Generators and tf.data are not read here: give all samples as one array.",
        )
    x = check_numeric("x", x)
    return x[:, None] if x.ndim == 1 else x


def with_channels(name: str, wanted: Shape, x: Array) -> Array:
    """x with a last axis of length 1 put in or left out, where the network wants it so, as Keras does.

    Raises
    ------
    ShapeError where pictures have their channels first.
    """
    given = x.shape[1:]
    if len(wanted) == 3 and given != wanted and given == (wanted[2], *wanted[:2]):
        raise ShapeError(
            f"{name!r} expects samples of shape (N, {', '.join(map(str, wanted))}), got {x.shape}.",
            "The channels come first there: x = np.moveaxis(x, 1, -1).",
        )
    if (*given, 1) != wanted and given != (*wanted, 1):
        return x
    note("channel axis", f"samples of shape {given} are read as {wanted}")
    return x.reshape(len(x), *wanted)


def as_dataset(x: Any, y: Any, network: Network, loss: Loss, name: str = "the training data") -> Dataset:
    """Samples with their targets in glassnet's form: classes where each sample has one, else numbers.

    Raises
    ------
    ShapeError, DataError where y is not what the loss and the last layer want, with what to write instead.
    """
    x = as_samples(x)
    if y is None:
        raise ParameterError("y is missing: each sample needs its target.", "Write fit(x, y).")
    y = check_numeric("y", y)
    if len(x) != len(y):
        raise ShapeError(f"x has {len(x)} samples, but y has {len(y)}.")
    if len(network.output_shape) > 1:
        raise ShapeError(
            f"The last layer gives {network.output_shape} for each sample; a loss compares vectors.",
            "End the network with Flatten() and a Dense.",
        )
    (outputs,) = network.output_shape
    kind = type(loss).__name__
    column = y.ndim == 1 or (y.ndim == 2 and y.shape[1] == 1)
    if loss.targets == "labels":
        if outputs == 1:
            raise ShapeError(f"{kind} needs an output for each class, but the last layer has 1.", ONE_OUTPUT)
        return Dataset(name, x, _labels(y, column, outputs, kind), tuple(range(outputs)))
    if loss.targets == "one-hot":
        if outputs == 1:
            raise ShapeError(f"{kind} needs an output for each class, but the last layer has 1.", ONE_OUTPUT)
        if column:
            raise ShapeError(
                f"{kind} wants one-hot rows of {outputs} numbers, but y has the shape {y.shape}: labels.",
                f"Use loss='sparse_categorical_crossentropy', or y = to_categorical(y, {outputs}).",
            )
        _check_width(y, outputs)
        if not _one_hot(y):
            raise DataError(f"{kind}: every row of y must hold one 1 and else 0.", "to_categorical makes such rows.")
        return Dataset(name, x, y.argmax(1), tuple(range(outputs)))
    if column and outputs > 1:
        raise ShapeError(
            f"The last layer has {outputs} outputs, but y has one number a sample.",
            f"For labels use loss='sparse_categorical_crossentropy', or y = to_categorical(y, {outputs}).",
        )
    y = y.reshape(len(y), -1) if column else y
    _check_width(y, outputs)
    if outputs == 1 and _zeros_and_ones(y):
        return Dataset(name, x, y[:, 0].astype(np.int64), (0, 1))
    if outputs > 1 and _one_hot(y):
        return Dataset(name, x, y.argmax(1), tuple(range(outputs)))
    return Dataset(name, x, y.astype(np.result_type(y.dtype, np.float32)), None)


def targets_of(data: Dataset, outputs: int) -> Array:
    """The targets as numbers (N, O) again: one-hot rows where there are several outputs."""
    if data.classes is None:
        return data.y
    return data.y[:, None].astype(float) if outputs == 1 else np.eye(outputs)[data.y]


ONE_OUTPUT = "For two classes and one sigmoid output use loss='binary_crossentropy'; else Dense(classes)."


def _labels(y: Array, column: bool, classes: int, kind: str) -> Array:
    if not column:
        raise ShapeError(
            f"{kind} wants one label a sample, but y has the shape {y.shape}.",
            "For one-hot rows use loss='categorical_crossentropy', or y = y.argmax(1).",
        )
    labels = y.reshape(-1).astype(np.int64)
    wrong = (labels != y.reshape(-1)) | (labels < 0) | (labels >= classes)
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(
            f"{kind}: row {row} of y has {y.reshape(-1)[row]}, but the last layer has {classes} outputs, for the "
            f"labels 0 to {classes - 1}.",
            "Give the last Dense layer as many units as there are classes, and number them from 0.",
        )
    return labels


def _check_width(y: Array, outputs: int) -> None:
    if y.ndim != 2 or y.shape[1] != outputs:
        raise ShapeError(
            f"The last layer has {outputs} output{'s' * (outputs != 1)}, but y has the shape {y.shape}.",
            f"Make it Dense({y.shape[-1]}), or give y with {outputs} in each row.",
        )


def _zeros_and_ones(y: Array) -> bool:
    return bool(((y == 0) | (y == 1)).all())


def _one_hot(y: Array) -> bool:
    return _zeros_and_ones(y) and bool((y.sum(1) == 1).all())


def weighed(data: Dataset, sample_weight: Any) -> Samples:
    """Samples that count as much as `sample_weight` (N,) says; once where it is None."""
    if sample_weight is None:
        return Samples(data, None)
    weight = check_numeric("sample_weight", sample_weight).reshape(-1)
    if len(weight) != len(data):
        raise ShapeError(f"sample_weight has {len(weight)} numbers; there are {len(data)} samples.")
    return Samples(data, weight)


def weighed_by_class(given: Samples, class_weight: Any) -> Samples:
    """The same samples, each counting as much as its class does, too: {0: 1.0, 1: 5.0}."""
    if class_weight is None:
        return given
    data = given.data
    if not isinstance(class_weight, dict) or data.classes is None:
        raise ParameterError(f"class_weight must be such as {{0: 1.0, 1: 5.0}}, for labels. Got {class_weight!r:.60}.")
    for label in class_weight:
        if label not in data.classes:
            raise ParameterError(f"class_weight has {label!r}, but the labels are 0 to {len(data.classes) - 1}.")
    weight = np.array([class_weight.get(label, 1.0) for label in data.classes], float)[data.y]
    return Samples(data, weight if given.weight is None else weight * given.weight)


def last_share(given: Samples, share: Any) -> tuple[Samples, Samples]:
    """What is trained on, and the last `share` of the samples as they came in, which is measured."""
    check_number("fit", "validation_split", share, "[0, 1)")
    size = len(given.data)
    count = int(size * (1 - share))
    if not 0 < count < size:
        raise ParameterError(f"fit: validation_split={share} of {size} samples leaves none to train on, or to measure.")
    return given.take(np.arange(count)), given.take(np.arange(count, size))
