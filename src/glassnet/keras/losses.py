"""The losses, by the names that Keras has, or once had, for them. A loss can be called: loss(y_true, y_pred)."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from glassnet import losses as own
from glassnet.arrays import Array
from glassnet.checks import check_flag, nearest
from glassnet.descriptions import from_config as from_description, to_config as to_description
from glassnet.errors import ParameterError, ShapeError
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.names import refusing
from glassnet.keras.tensors import Tensor, as_tensor

REDUCTIONS = (None, "auto", "sum_over_batch_size", "sum_over_batch")


class Loss:
    """A loss as Keras's users know it.

    Attributes
    ----------
    targets : what it wants for targets: "numbers" (N, O), "one-hot" rows (N, K) or "labels" (N,).
    described : the same loss as glassnet knows it.
    """

    targets = "numbers"
    described: own.Loss

    def __init__(self, reduction: Any = "sum_over_batch_size", name: str | None = None) -> None:
        owner = type(self).__name__
        only(owner, "reduction", reduction, REDUCTIONS, "The loss is the mean over the samples.")
        self.name = name or owner

    def each(self, y_true: Any, y_pred: Any) -> Array:
        """The loss of each sample, (N,)."""
        y = np.asarray(y_pred)
        y = y.astype(np.result_type(y.dtype, np.float32), copy=False)
        y = y.reshape(len(y), -1) if y.ndim else y.reshape(1, 1)
        t, labels = np.asarray(y_true), self.targets == "labels"
        if t.size != (len(y) if labels else y.size):
            raise ShapeError(f"{type(self).__name__}: y_true has shape {t.shape}, y_pred {np.shape(y_pred)}.")
        t = t.reshape(-1).astype(np.int64) if labels else t.reshape(y.shape).astype(y.dtype)
        return np.asarray(self.described.each(y, t)[0])

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Tensor:
        """The mean loss of the samples, each times its weight; `.numpy()` gives it as a plain number."""
        losses = self.each(y_true, y_pred)
        if sample_weight is not None:
            losses = losses * np.asarray(sample_weight).reshape(-1)
        return as_tensor(losses.mean())

    def to_config(self) -> Any:
        """The loss for JSON, as a file keeps it."""
        name = next(name for name, kind in CLASSES.items() if kind is type(self))
        return {"loss": name, "settings": to_description(self.described)}

    def get_config(self) -> dict[str, Any]:
        """The settings by Keras's names."""
        return {"name": self.name, "from_logits": getattr(self.described, "from_sums", False)}


class MeanSquaredError(Loss):
    """The mean of squared differences."""

    described = own.MeanSquaredError()

    @keras_arguments()
    def __init__(self, reduction: Any = "sum_over_batch_size", name: str | None = None) -> None:
        super().__init__(reduction, name)


class _Crossentropy(Loss):
    """A cross-entropy, of probabilities or (from_logits) of the sums before the last activation."""

    kind: type[own.BinaryCrossentropy] | type[own.CategoricalCrossentropy]
    settings: ClassVar[dict[str, bool]] = {}

    @keras_arguments()
    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str | None = None,
    ) -> None:
        super().__init__(reduction, name)
        owner = type(self).__name__
        check_flag(owner, "from_logits", from_logits)
        only(owner, "label_smoothing", label_smoothing, (0,))
        only(owner, "axis", axis, (-1, 1))
        self.described = self.kind(from_logits, **self.settings)


class BinaryCrossentropy(_Crossentropy):
    """For targets 0 and 1, and one sigmoid output (or several)."""

    kind = own.BinaryCrossentropy


class CategoricalCrossentropy(_Crossentropy):
    """For one-hot rows, and a softmax output for each class."""

    kind = own.CategoricalCrossentropy
    settings: ClassVar[dict[str, bool]] = {"normalize": True}
    targets = "one-hot"


class SparseCategoricalCrossentropy(_Crossentropy):
    """For whole numbers as labels, and a softmax output for each class."""

    kind = own.CategoricalCrossentropy
    settings: ClassVar[dict[str, bool]] = {"normalize": True}
    targets = "labels"


CLASSES: dict[str, type[Loss]] = {
    "mean_squared_error": MeanSquaredError,
    "binary_crossentropy": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
}
SHORT = {"mse": "mean_squared_error"}


def from_config(config: Any) -> Loss:
    """The loss that `to_config` wrote down."""
    loss = CLASSES[config["loss"]]()
    loss.described = from_description(config["settings"], own.LOSSES)
    return loss


def _function(name: str) -> Any:
    """The function of that name: the loss of each sample."""

    def apply(y_true: Any, y_pred: Any, from_logits: bool = False) -> Tensor:
        kind = CLASSES[name]
        loss = kind(from_logits=from_logits) if issubclass(kind, _Crossentropy) else kind()
        return as_tensor(loss.each(y_true, y_pred))

    apply.__name__ = apply.__qualname__ = name
    apply.__doc__ = f"{name} of each sample, (N,)."
    return apply


mean_squared_error = mse = MSE = _function("mean_squared_error")
binary_crossentropy = _function("binary_crossentropy")
categorical_crossentropy = _function("categorical_crossentropy")
sparse_categorical_crossentropy = _function("sparse_categorical_crossentropy")
FUNCTIONS = (mean_squared_error, binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy)


def get(identifier: Any) -> Loss:
    """The loss that a name, a class, a function of this module, a loss, or a list of one of them means."""
    if isinstance(identifier, list) and len(identifier) == 1:
        (identifier,) = identifier
    if isinstance(identifier, Loss):
        return identifier
    if isinstance(identifier, type) and issubclass(identifier, Loss):
        return identifier()
    if identifier in FUNCTIONS:
        identifier = identifier.__name__
    if not isinstance(identifier, str):
        raise ParameterError(
            f"compile: loss must be a name or a loss of glassnet.keras.losses. Got {identifier!r:.60}.",
            "A function of one's own has no slope that glassnet would know.",
        )
    by_class = {kind.__name__.lower(): name for name, kind in CLASSES.items()}
    lower = identifier.lower()
    name = SHORT.get(lower) or by_class.get(lower) or lower
    if name not in CLASSES:
        hint = nearest(lower, [*CLASSES, *SHORT]) or f"There are {', '.join(CLASSES)}."
        raise ParameterError(f"There is no loss {identifier!r} here.", hint)
    return CLASSES[name]()


__getattr__ = refusing(__name__, [*CLASSES, *SHORT, "MSE", "get", *(kind.__name__ for kind in CLASSES.values())])
