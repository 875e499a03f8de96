"""Sequential as Keras's users know it: layers, compile, fit, evaluate, predict, save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from glassnet.checks import check_integer, check_kind, nearest
from glassnet.errors import MissingAttributeError, ParameterError
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.callbacks import Callback, History
from glassnet.keras.compiled import SPEED, Compiled, flat
from glassnet.keras.fitting import Fitting
from glassnet.keras.layers.layer import Learning, Symbol
from glassnet.keras.names import refusing
from glassnet.keras.notes import note
from glassnet.keras.progress import level
from glassnet.keras.samples import Samples, last_share, weighed, weighed_by_class
from glassnet.keras.saving import load_model, model_from_json, read_weights, save_model, to_json
from glassnet.keras.seeds import next_seed
from glassnet.keras.summary import summary
from glassnet.keras.tensors import Tensor, as_tensor
from glassnet.recipe import Recipe

__all__ = ["Model", "Sequential", "load_model", "model_from_json", "save_model"]

GONE = {
    "fit_generator": "Write fit(x, y) with all samples as one array.",
    "evaluate_generator": "Write evaluate(x, y).",
    "predict_generator": "Write predict(x).",
}


class Sequential(Learning, Compiled):
    """Layers, one after the other.

    Attributes
    ----------
    layers, name, optimizer, loss, metrics_names : as in Keras.   network : the same network as glassnet knows it.
    stop_training : a callback sets it to end the training after the epoch.   history : of the last fit.
    classes : the labels of the samples last trained on, for the file; None where targets are numbers.
    """

    def __init__(self, layers: Any = None, name: str | None = None) -> None:
        super().__init__(layers, name)
        self.classes: tuple[Any, ...] | None = None
        self.stop_training = False
        self.history: Any = None

    @keras_arguments(**SPEED, nb_epoch="epochs", show_accuracy=lambda shown: {"_show_accuracy": shown})
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
        only("fit", "steps_per_epoch", steps_per_epoch, (None,), "An epoch goes through all samples.")
        only("fit", "validation_freq", validation_freq, (1,), "Held-out samples are measured after every epoch.")
        check_integer("fit", "epochs", epochs, 0)
        check_integer("fit", "initial_epoch", initial_epoch, 0)
        batch_size = 32 if batch_size is None else batch_size
        check_integer("fit", "batch_size", batch_size)
        given = weighed(self.dataset("fit", x, y), sample_weight)
        self.show_accuracy(_show_accuracy)
        held = None if validation_data is None else self._held(validation_data)
        if held is None and validation_split:
            given, held = last_share(given, validation_split)
        given = weighed_by_class(given, class_weight)
        others = callbacks if isinstance(callbacks, (list, tuple)) else [] if callbacks is None else [callbacks]
        self.history = History()
        hooks = [self.history, *others]
        steps = -(-len(given.data) // batch_size)
        for hook in hooks:
            check_kind("fit", "a callback", hook, Callback, "EarlyStopping()")
            hook.set_params({"verbose": level(verbose), "epochs": epochs, "steps": steps})
            hook.set_model(self)
        if epochs > initial_epoch:
            recipe = self._recipe(epochs - initial_epoch, batch_size, bool(shuffle))
            self.stop_training = False
            Fitting(self, given, held, hooks, recipe, initial_epoch, level(verbose)).run()
        self.classes = given.data.classes
        return self.history

    @keras_arguments()
    def train_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, class_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """One step with all these samples; the figures of the weights before it."""
        given = weighed_by_class(weighed(self.dataset("train_on_batch", x, y), sample_weight), class_weight)
        history = History()
        self.stop_training = False
        Fitting(self, given, None, [history], self._recipe(1, len(given.data), shuffle=False), 0, 0).run()
        self.classes = given.data.classes
        figures = {name: values[0] for name, values in history.history.items()}
        return figures if return_dict else flat(figures)

    def _recipe(self, epochs: int, batch_size: int, shuffle: bool) -> Recipe:
        described = self.criterion.described, self.optimizer.describe()
        return Recipe(*described, epochs=epochs, batch_size=batch_size, shuffle=shuffle, seed=next_seed())

    def _held(self, given: Any) -> Samples:
        """validation_data: (x, y) or (x, y, sample_weight)."""
        if not isinstance(given, (tuple, list)) or len(given) not in (2, 3):
            raise ParameterError("fit: validation_data must be (x, y) or (x, y, sample_weight).")
        if isinstance(given, list):
            note("validation_data", "fit(validation_data=[x, y]) is read as (x, y)")
        x, y, weight = (*given, None)[:3]
        return weighed(self.dataset("fit", x, y, "the validation data"), weight)

    @keras_arguments()
    def summary(
        self, line_length: int | None = None, positions: Any = None, print_fn: Callable[[str], Any] | None = None
    ) -> None:
        """Print a table of the layers."""
        summary(self, line_length, positions, print_fn or print)

    @keras_arguments()
    def save(
        self, filepath: Any, overwrite: bool = True, include_optimizer: bool = True, save_format: Any = None
    ) -> None:
        """Write the model to one file, in glassnet's format whatever its name is."""
        save_model(self, filepath, overwrite)

    @keras_arguments()
    def save_weights(self, filepath: Any, overwrite: bool = True, save_format: Any = None) -> None:
        """Write the weights to one file; it holds the whole model."""
        save_model(self, filepath, overwrite)

    def load_weights(self, filepath: Any) -> None:
        """Take the weights from a file that save or save_weights wrote."""
        self.set_weights(read_weights(filepath))

    @property
    def weights(self) -> list[Tensor]:
        """As get_weights(), each with .numpy()."""
        return [as_tensor(array) for array in self.get_weights()]

    @property
    def trainable_weights(self) -> list[Tensor]:
        """The weights without moving averages, layer by layer."""
        return [array for leaf in self._built_leaves() for array in leaf.trainable_weights]

    def get_config(self) -> dict[str, Any]:
        """The settings of all layers."""
        layers = [{"class_name": type(one).__name__, "config": one.get_config()} for one in self._layers]
        return {"name": self.name, "layers": layers}

    def to_json(self) -> str:
        """The layers without their numbers, for model_from_json."""
        return to_json(self)

    def __getattr__(self, name: str) -> Any:
        public = [one for one in dir(type(self)) if not one.startswith("_")]
        raise MissingAttributeError(f"{type(self).__name__} has no {name!r}.", GONE.get(name) or nearest(name, public))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, {len(self.layers)} layers>"


class Model(Sequential):
    """Model(inputs, outputs), where the layers between stand in one line."""

    @keras_arguments(input="inputs", output="outputs")
    def __init__(self, inputs: Any = None, outputs: Any = None, name: str | None = None) -> None:
        if isinstance(inputs, (list, tuple)) and len(inputs) == 1:
            inputs = inputs[0]
        if not isinstance(inputs, Symbol) or not isinstance(outputs, Symbol) or inputs.layers:
            raise ParameterError(
                "Model joins one Input with one output through layers in one line.",
                "Classes of one's own and networks that branch cannot be built here; Sequential([…]) is the way.",
            )
        super().__init__([inputs, *outputs.layers], name)


__getattr__ = refusing(__name__, __all__)
