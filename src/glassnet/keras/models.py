"""Sequential as Keras's users know it: compile, fit, evaluate, predict, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer, check_kind, nearest
from glassnet.data import Dataset
from glassnet.engines import predict
from glassnet.errors import ParameterError, ShapeError
from glassnet.keras import losses, metrics, optimizers
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.callbacks import Callback, History
from glassnet.keras.fitting import Fitting, evaluation
from glassnet.keras.layers.layer import Symbol
from glassnet.keras.names import refusing
from glassnet.keras.notes import note
from glassnet.keras.progress import Progress
from glassnet.keras.samples import as_dataset
from glassnet.keras.saving import load_model, model_from_json, read_weights, save_model, to_json
from glassnet.keras.seeds import next_seed
from glassnet.keras.stack import Stack
from glassnet.keras.summary import summary
from glassnet.recipe import Recipe

GONE = {
    "fit_generator": "Write fit(x, y) with all samples as one array.",
    "evaluate_generator": "Write evaluate(x, y).",
    "predict_generator": "Write predict(x).",
}


class Sequential(Stack):
    """Layers, one after the other.

    Attributes
    ----------
    layers, name, optimizer, loss, metrics_names : as in Keras.   network : the same network as glassnet knows it.
    stop_training : a callback sets it to end the training after the epoch.   history : of the last fit.
    """

    def __init__(self, layers: Sequence[Any] | None = None, name: str | None = None) -> None:
        super().__init__(layers, name)
        self.optimizer: Any = None
        self.loss: Any = None
        self.measures: list[metrics.Metric] = []
        self.slots: Array | None = None  # what the optimizer remembers between two trainings
        self.classes: tuple[Any, ...] | None = None  # of the samples last trained on
        self.stop_training = False
        self.history: History | None = None

    @keras_arguments(
        class_mode=lambda mode: {},  # Keras 0.3 said here what the loss says now
    )
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        metrics: Any = None,
        loss_weights: Any = None,
        weighted_metrics: Any = None,
        run_eagerly: Any = None,
        steps_per_execution: Any = None,
        jit_compile: Any = None,
        sample_weight_mode: Any = None,
    ) -> None:
        """Say what is made small, how, and what is measured. The optimizer then begins anew; the weights stay."""
        for argument in ("loss_weights", "weighted_metrics", "sample_weight_mode"):
            only("compile", argument, locals()[argument], (None,))
        if loss is None:
            raise ParameterError("compile: the loss is missing.", "Write loss='binary_crossentropy', say.")
        self.optimizer = optimizers.get(optimizer)
        self.loss, self.loss_ = loss, losses.get(loss)
        asked = metrics if isinstance(metrics, (list, tuple)) else [] if metrics is None else [metrics]
        self.measures = [_metric(one) for one in asked]
        self.slots = None

    @property
    def metrics_names(self) -> list[str]:
        """What evaluate gives, in its order."""
        return ["loss", *(metric.name for metric in self.measures)]

    @keras_arguments(nb_epoch="epochs", show_accuracy=lambda shown: {"_show_accuracy": shown})
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: bool = True,
        class_weight: Any = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        steps_per_epoch: Any = None,
        validation_batch_size: Any = None,
        validation_freq: int = 1,
        _show_accuracy: bool = False,
    ) -> History:
        """Train; a second fit goes on where the first one ended, the optimizer's memory included.

        validation_split : the last share of the samples, before any shuffling, is measured and not trained on.
        validation_data : (x, y) or (x, y, sample_weight).   class_weight : {label: weight}.
        """
        self._check_compiled("fit")
        only("fit", "steps_per_epoch", steps_per_epoch, (None,), "An epoch goes through all samples.")
        only("fit", "validation_freq", validation_freq, (1,))
        check_integer("fit", "epochs", epochs, 0)
        check_integer("fit", "initial_epoch", initial_epoch, 0)
        if _show_accuracy and not self.measures:
            self.measures = [_metric("accuracy")]
        data = self._dataset(x, y)
        weight = _weights(data, class_weight, sample_weight)
        data, weight, held, held_weight = self._held_out(data, weight, validation_split, validation_data)
        batch_size = 32 if batch_size is None else batch_size
        self.history = History()
        self.stop_training = False
        level = 1 if verbose == "auto" else int(verbose)
        hooks = self._hooks(callbacks, {"verbose": level, "epochs": epochs, "steps": -(-len(data) // batch_size)})
        if epochs > initial_epoch:
            recipe = Recipe(
                self.loss_.described,
                self.optimizer.describe(),
                epochs=epochs - initial_epoch,
                batch_size=batch_size,
                shuffle=bool(shuffle),
                seed=next_seed(),
            )
            fitting = Fitting(self, data, weight, held, held_weight, hooks, recipe, initial_epoch, epochs, level)
            fitting.run()
        self.classes = data.classes
        return self.history

    def _hooks(self, callbacks: Any, params: dict[str, Any]) -> list[Callback]:
        given = callbacks if isinstance(callbacks, (list, tuple)) else [] if callbacks is None else [callbacks]
        hooks = [self.history, *given]
        for callback in hooks:
            check_kind("fit", "a callback", callback, Callback, "EarlyStopping()")
            callback.set_params(params)
            callback.set_model(self)
        return hooks

    def _held_out(
        self, data: Dataset, weight: Array | None, split: float, given: Any
    ) -> tuple[Dataset, Array | None, Dataset | None, Array | None]:
        """What is trained on and what is measured, each with its weights."""
        if given is not None:
            if not isinstance(given, (tuple, list)) or len(given) not in (2, 3):
                raise ParameterError("fit: validation_data must be (x, y) or (x, y, sample_weight).")
            held = self._dataset(given[0], given[1], "the validation data")
            return data, weight, held, _weights(held, None, given[2] if len(given) == 3 else None)
        if not split:
            return data, weight, None, None
        count = int(len(data) * (1 - split)) if 0 < split < 1 else 0
        if not 0 < count < len(data):
            raise ParameterError(f"fit: validation_split={split!r} leaves no samples to train on, or none to measure.")
        first, last = np.arange(count), np.arange(count, len(data))
        parts = (None, None) if weight is None else (weight[:count], weight[count:])
        return data.take(first), parts[0], data.take(last), parts[1]

    def _dataset(self, x: Any, y: Any, name: str = "the training data") -> Dataset:
        return as_dataset(self._ready(x), y, self.network, self.loss_, name)

    @keras_arguments(show_accuracy=lambda shown: {})
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        return_dict: bool = False,
        callbacks: Any = None,
        steps: Any = None,
    ) -> Any:
        """The loss, or a list of the loss and the metrics."""
        self._check_compiled("evaluate")
        only("evaluate", "steps", steps, (None,))
        only("evaluate", "callbacks", callbacks, (None, []))
        data = self._dataset(x, y)
        level = 1 if verbose == "auto" else int(verbose)
        progress = Progress(level, 0, -(-len(data) // (batch_size or 32)))
        figures = evaluation(self, data, _weights(data, None, sample_weight))
        progress.end_epoch(figures)
        return figures if return_dict else _flat(figures)

    @keras_arguments()
    def predict(
        self, x: Any, batch_size: int | None = None, verbose: Any = 0, steps: Any = None, callbacks: Any = None
    ) -> Array:
        """Outputs (N, …) for samples x (N, …)."""
        only("predict", "steps", steps, (None,))
        only("predict", "callbacks", callbacks, (None, []))
        samples = self._ready(x)
        return predict(self.network, samples)

    def predict_on_batch(self, x: Any) -> Array:
        """As predict."""
        outputs: Array = self.predict(x)
        return outputs

    @keras_arguments()
    def predict_proba(self, x: Any, batch_size: int | None = None, verbose: int = 0) -> Array:
        """As predict, by its old name."""
        note("predict_proba", "model.predict_proba(x) is read as model.predict(x)")
        outputs: Array = self.predict(x)
        return outputs

    @keras_arguments()
    def predict_classes(self, x: Any, batch_size: int | None = None, verbose: int = 0) -> Array:
        """The class of each sample: the largest output, or whether the one output is above one half."""
        note("predict_classes", "model.predict_classes(x) is read as argmax, or > 0.5, of model.predict(x)")
        outputs = self.predict(x)
        return outputs.argmax(-1) if outputs.shape[-1] > 1 else (outputs > 0.5).astype("int32")  # type: ignore[no-any-return]

    @keras_arguments()
    def train_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, class_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """One step with all these samples; the figures before it."""
        self._check_compiled("train_on_batch")
        data = self._dataset(x, y)
        history = History()
        weight = _weights(data, class_weight, sample_weight)
        recipe = Recipe(
            self.loss_.described,
            self.optimizer.describe(),
            epochs=1,
            batch_size=len(data),
            shuffle=False,
            seed=next_seed(),
        )
        self.stop_training = False
        Fitting(self, data, weight, None, None, [history], recipe, 0, 1, 0).run()
        figures = {name: values[0] for name, values in history.history.items()}
        return figures if return_dict else _flat(figures)

    @keras_arguments()
    def test_on_batch(self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False) -> Any:
        """The figures of these samples."""
        return self.evaluate(x, y, sample_weight=sample_weight, verbose=0, return_dict=return_dict)

    @keras_arguments()
    def summary(
        self, line_length: int | None = None, positions: Any = None, print_fn: Callable[[str], Any] | None = None
    ) -> None:
        """Print a table of the layers."""
        summary(self, line_length, positions, print_fn or print)

    def save(self, filepath: Any, overwrite: bool = True, **options: Any) -> None:
        """Write the model to one file, in glassnet's format whatever its name is."""
        save_model(self, filepath, overwrite)

    def save_weights(self, filepath: Any, overwrite: bool = True, **options: Any) -> None:
        """Write the weights to one file: it holds the whole model."""
        save_model(self, filepath, overwrite)

    def load_weights(self, filepath: Any, **options: Any) -> None:
        """Take the weights from a file that save or save_weights wrote."""
        self.set_weights(read_weights(filepath))

    def to_json(self, **options: Any) -> str:
        """The layers without their numbers, for model_from_json."""
        return to_json(self)

    def _check_compiled(self, what: str) -> None:
        if self.optimizer is None:
            raise ParameterError(
                f"{what} needs a loss and an optimizer.", "Write model.compile(optimizer='adam', loss='mse') before it."
            )

    def __getattr__(self, name: str) -> Any:
        public = [one for one in dir(type(self)) if not one.startswith("_")]
        raise AttributeError(
            f"{type(self).__name__} has no {name!r}. {GONE.get(name) or nearest(name, public)}".rstrip()
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, {len(self.layers)} layers>"


class Model(Sequential):
    """Model(inputs, outputs), where the layers between stand in one line."""

    def __init__(self, inputs: Any = None, outputs: Any = None, name: str | None = None, **old: Any) -> None:
        inputs, outputs = old.get("input", inputs), old.get("output", outputs)
        if isinstance(inputs, (list, tuple)) and len(inputs) == 1:
            inputs = inputs[0]
        if not isinstance(inputs, Symbol) or not isinstance(outputs, Symbol) or inputs.layers:
            raise ParameterError(
                "Model joins one Input with one output through layers in one line.",
                "Classes of one's own and networks that branch cannot be built here; Sequential([…]) is the way.",
            )
        super().__init__([inputs, *outputs.layers], name)


def _metric(identifier: Any) -> metrics.Metric:
    if identifier in ("acc", "Acc"):
        note("acc", "The metric 'acc' is 'accuracy'; its figures keep the name 'acc'")
    return metrics.get(identifier)


def _weights(data: Dataset, class_weight: Any, sample_weight: Any) -> Array | None:
    """(N,) how much each sample counts, or None."""
    weight = None
    if sample_weight is not None:
        weight = np.asarray(sample_weight, float).reshape(-1)
        if len(weight) != len(data):
            raise ShapeError(f"sample_weight has {len(weight)} numbers; there are {len(data)} samples.")
    if class_weight is not None:
        if class_weight == "auto" or not isinstance(class_weight, dict) or data.classes is None:
            raise ParameterError(
                f"class_weight must be such as {{0: 1.0, 1: 5.0}}, for labels. Got {class_weight!r:.60}."
            )
        unknown = [label for label in class_weight if label not in data.classes]
        if unknown:
            raise ParameterError(f"class_weight names {unknown[0]!r}; the labels are {data.classes}.")
        by_class = np.array([class_weight.get(label, 1.0) for label in data.classes], float)[data.y]
        weight = by_class if weight is None else weight * by_class
    return weight


def _flat(figures: dict[str, float]) -> Any:
    values = list(figures.values())
    return values[0] if len(values) == 1 else values


__getattr__ = refusing(__name__, ["Model", "Sequential", "load_model", "model_from_json", "save_model"])
__all__ = ["Model", "Sequential", "load_model", "model_from_json", "save_model"]
