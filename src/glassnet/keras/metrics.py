"""What is measured beside the loss, by Keras's names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_number, nearest
from glassnet.errors import ParameterError
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.names import refusing
from glassnet.keras.tensors import Tensor, as_tensor

Values = Callable[[Array, Array], Array]


def answers(y: Array, threshold: float = 0.5) -> Array:
    """The class that each row stands for: the largest; with one number, whether it is above the threshold."""
    return y.argmax(-1) if y.shape[-1] > 1 else (y[..., 0] > threshold).astype(np.int64)


def _right(t: Array, y: Array) -> Array:
    labels = t.reshape(-1) if t.shape[-1] == 1 and y.shape[-1] > 1 else answers(t)
    return answers(y) == labels


def _right_in_each(t: Array, y: Array) -> Array:
    return ((y > 0.5) == (t > 0.5)).mean(-1)


def _squared(t: Array, y: Array) -> Array:
    return ((y - t) ** 2).mean(-1)


def _absolute(t: Array, y: Array) -> Array:
    return np.abs(y - t).mean(-1)


class Metric:
    """A figure over samples: the mean of a value for each.

    Attributes
    ----------
    name : under which it stands in the history.   values : (targets (N, O), outputs (N, O)) → (N,).
    """

    kind = ""
    values: Values

    @keras_arguments()
    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        self.name = name or self.kind
        self.reset_state()

    def counted(self, outputs: int) -> bool:
        """Whether it is the share of samples whose class is right, which training counts anyway."""
        return False

    def result_of(self, t: Array, y: Array) -> float:
        """The figure for targets and outputs, (N, O) each."""
        return float(type(self).values(t, y).mean())

    def update_state(self, y_true: Any, y_pred: Any) -> None:
        """Take more samples in."""
        y = np.asarray(y_pred)
        y = y.reshape(len(y), -1)
        values = type(self).values(np.asarray(y_true).reshape(len(y), -1), y)
        self._sum += float(values.sum())
        self._count += values.size

    def result(self) -> Tensor:
        """The mean over all samples taken in."""
        return as_tensor(self._sum / max(self._count, 1))

    def reset_state(self) -> None:
        """Begin anew."""
        self._sum = 0.0
        self._count = 0

    def __call__(self, y_true: Any, y_pred: Any) -> Tensor:
        self.update_state(y_true, y_pred)
        return self.result()


class Accuracy(Metric):
    """The share of samples whose class is right."""

    kind, values = "accuracy", staticmethod(_right)

    def counted(self, outputs: int) -> bool:
        return True


class CategoricalAccuracy(Accuracy):
    """Accuracy where targets are one-hot."""

    kind = "categorical_accuracy"


class SparseCategoricalAccuracy(Accuracy):
    """Accuracy where targets are labels."""

    kind = "sparse_categorical_accuracy"


class BinaryAccuracy(Metric):
    """The share of outputs on the right side of one half."""

    kind, values = "binary_accuracy", staticmethod(_right_in_each)

    @keras_arguments()
    def __init__(self, name: str | None = None, dtype: Any = None, threshold: float = 0.5) -> None:
        check_number("BinaryAccuracy", "threshold", threshold, "[0.5, 0.5]")
        super().__init__(name)

    def counted(self, outputs: int) -> bool:
        return outputs == 1


class MeanSquaredError(Metric):
    """The mean of squared differences."""

    kind, values = "mean_squared_error", staticmethod(_squared)


class MeanAbsoluteError(Metric):
    """The mean of differences without their sign."""

    kind, values = "mean_absolute_error", staticmethod(_absolute)


CLASSES: dict[str, type[Metric]] = {
    kind.kind: kind
    for kind in (
        Accuracy,
        BinaryAccuracy,
        CategoricalAccuracy,
        SparseCategoricalAccuracy,
        MeanSquaredError,
        MeanAbsoluteError,
    )
}
SHORT = {"acc": "accuracy", "mse": "mean_squared_error", "mae": "mean_absolute_error"}


def get(identifier: Any) -> Metric:
    """The metric that a name, a class or a metric means; it keeps the name that it was asked for by."""
    if isinstance(identifier, Metric):
        return identifier
    if isinstance(identifier, type) and issubclass(identifier, Metric):
        return identifier()
    name = identifier if isinstance(identifier, str) else getattr(identifier, "__name__", None)
    if name is None:
        raise ParameterError(f"compile: a metric is such as 'accuracy'. Got {identifier!r:.60}.")
    by_class = {kind.__name__.lower(): known for known, kind in CLASSES.items()}
    known = SHORT.get(name.lower()) or by_class.get(name.lower()) or name.lower()
    if known not in CLASSES:
        hint = nearest(name, [*CLASSES, *SHORT]) or f"There are {', '.join([*CLASSES, *SHORT])}."
        raise ParameterError(f"There is no metric {name!r} here.", hint)
    return CLASSES[known](name=name)


def _function(name: str) -> Any:
    def apply(y_true: Any, y_pred: Any) -> Tensor:
        y = np.asarray(y_pred)
        return as_tensor(CLASSES[name].values(np.asarray(y_true).reshape(*y.shape[:-1], -1), y))

    apply.__name__ = apply.__qualname__ = name
    apply.__doc__ = f"{name} of each sample."
    return apply


binary_accuracy = _function("binary_accuracy")
categorical_accuracy, sparse_categorical_accuracy = (
    _function("categorical_accuracy"),
    _function("sparse_categorical_accuracy"),
)
mean_squared_error = mse = MSE = _function("mean_squared_error")
mean_absolute_error = mae = MAE = _function("mean_absolute_error")

__getattr__ = refusing(__name__, [*CLASSES, *SHORT, "get", *(kind.__name__ for kind in CLASSES.values())])
