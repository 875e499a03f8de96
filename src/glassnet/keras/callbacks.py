"""What is called while fit goes on."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from glassnet.checks import check_choice, check_integer, check_number
from glassnet.errors import ParameterError
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.names import refusing
from glassnet.keras.notes import note

OLD_FIGURES = {"acc": "accuracy", "val_acc": "val_accuracy", "accuracy": "acc", "val_accuracy": "val_acc"}
BATCH_HOOKS = ("on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end")


class Figures(dict[str, list[float]]):
    """The history by name; what Keras once called 'acc' is found under 'accuracy', and the other way round."""

    def __missing__(self, name: str) -> list[float]:
        other = OLD_FIGURES.get(name)
        if other is None or other not in self:
            raise KeyError(f"{name}; there are {', '.join(self)}")
        note(f"history {name}", f"history[{name!r}] is read as history[{other!r}]")
        return self[other]


class Callback:
    """Base of callbacks. `self.model` is the model, `self.params` tells epochs, steps and verbose."""

    def __init__(self) -> None:
        self.model: Any = None
        self.params: dict[str, Any] = {}

    @property
    def looks_at_batches(self) -> bool:
        """Whether a batch means anything to it; if none of the callbacks cares, training goes through many at once."""
        return any(getattr(type(self), hook) is not getattr(Callback, hook) for hook in BATCH_HOOKS)

    def set_model(self, model: Any) -> None:
        """Called before anything else."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Called before anything else."""
        self.params = params

    def on_train_begin(self, logs: Any = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Any = None) -> None:
        """After the last epoch."""

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """After an epoch, with its figures."""

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch; on_train_batch_begin calls it."""

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch; on_train_batch_end calls it."""

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch, with its loss."""
        self.on_batch_end(batch, logs)


class History(Callback):
    """What fit returns: `.history` has a list for each figure, `.epoch` the epochs."""

    def __init__(self) -> None:
        super().__init__()
        self.history, self.epoch = Figures(), []  # type: ignore[var-annotated]

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)


class Watching(Callback):
    """A callback that goes by one figure: smaller is better, for accuracies larger."""

    def __init__(self, monitor: str, mode: str, min_delta: float = 0.0) -> None:
        super().__init__()
        owner = type(self).__name__
        check_choice(owner, "mode", mode, ("auto", "min", "max"))
        check_number(owner, "min_delta", min_delta)
        self.monitor, self.min_delta = monitor, abs(min_delta)
        self.sign = -1.0 if mode == "max" or (mode == "auto" and "acc" in monitor) else 1.0
        self.best = math.inf

    def on_train_begin(self, logs: Any = None) -> None:
        self.best = math.inf

    def figure(self, logs: Mapping[str, float]) -> float | None:
        """The watched figure, None where the epoch has none."""
        name = self.monitor if self.monitor in logs else OLD_FIGURES.get(self.monitor, self.monitor)
        if name in logs:
            return logs[name]
        owner = type(self).__name__
        note(
            f"{owner} {name}",
            f"{owner} watches {self.monitor!r}, but there are {', '.join(logs)} alone: it does nothing",
        )
        return None

    def improved(self, value: float) -> bool:
        """Whether `value` is better than the best so far; then it is the best."""
        if self.sign * value < self.best - self.min_delta:
            self.best = self.sign * value
            return True
        return False


class EarlyStopping(Watching):
    """Stops after `patience` epochs without a better figure."""

    @keras_arguments()
    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ) -> None:
        super().__init__(monitor, mode, min_delta)
        check_integer("EarlyStopping", "patience", patience, 0)
        self.patience, self.verbose, self.baseline = patience, verbose, baseline
        self.restore, self.start = restore_best_weights, start_from_epoch
        self.waited, self.stopped_epoch = 0, 0
        self.best_weights: list[Any] | None = None

    def on_train_begin(self, logs: Any = None) -> None:
        self.best = math.inf if self.baseline is None else self.sign * self.baseline
        self.waited, self.stopped_epoch, self.best_weights = 0, 0, None

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        value = self.figure(logs)
        if value is None or epoch < self.start:
            return
        if self.restore and self.best_weights is None:
            self.best_weights = self.model.get_weights()
        if self.improved(value):
            self.waited = 0
            if self.restore:
                self.best_weights = self.model.get_weights()
            return
        self.waited += 1
        if self.waited >= max(self.patience, 1):
            self.stopped_epoch, self.model.stop_training = epoch, True

    def on_train_end(self, logs: Any = None) -> None:
        if self.stopped_epoch and self.verbose:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)


class ModelCheckpoint(Watching):
    """Saves the model after every epoch, or after the best ones; the name may have {epoch:02d} and {val_loss:.2f}."""

    @keras_arguments(period="save_freq")
    def __init__(
        self,
        filepath: Any,
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
        save_freq: Any = "epoch",
    ) -> None:
        only("ModelCheckpoint", "save_freq", save_freq, ("epoch", 1), "The model is saved after every epoch.")
        super().__init__(monitor, mode)
        self.filepath, self.verbose = os.fspath(filepath), verbose
        self.best_only, self.weights_only = save_best_only, save_weights_only

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if self.best_only:
            value = self.figure(logs)
            if value is None or not self.improved(value):
                return
        try:
            path = self.filepath.format(epoch=epoch + 1, **logs)
        except (KeyError, IndexError) as error:
            raise ParameterError(
                f"ModelCheckpoint: {self.filepath!r} names {error}; there are {', '.join(logs)}."
            ) from None
        if self.verbose:
            print(f"Epoch {epoch + 1}: saving model to {path}")
        if self.weights_only:
            self.model.save_weights(path)
        else:
            self.model.save(path)


class ReduceLROnPlateau(Watching):
    """Multiplies the rate by `factor` after `patience` epochs without a better figure."""

    @keras_arguments(epsilon="min_delta")
    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
    ) -> None:
        super().__init__(monitor, mode, min_delta)
        check_number("ReduceLROnPlateau", "factor", factor, "(0, 1)")
        self.factor, self.patience, self.verbose = factor, patience, verbose
        self.cooldown, self.min_lr = cooldown, min_lr
        self.waited = self.resting = 0

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        value = self.figure(logs)
        if value is None:
            return
        if self.resting:
            self.resting, self.waited = self.resting - 1, 0
        if self.improved(value):
            self.waited = 0
        elif not self.resting:
            self.waited += 1
            rate = self.model.optimizer.learning_rate
            if self.waited >= self.patience and rate > self.min_lr:
                self.model.optimizer.learning_rate = max(rate * self.factor, self.min_lr)
                self.resting, self.waited = self.cooldown, 0
                if self.verbose:
                    print(f"Epoch {epoch + 1}: the learning rate is {self.model.optimizer.learning_rate:g} now")


class LearningRateScheduler(Callback):
    """Sets the rate before each epoch: schedule(epoch, rate), or schedule(epoch)."""

    @keras_arguments()
    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        super().__init__()
        self.schedule, self.verbose = schedule, verbose

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        try:
            rate = self.schedule(epoch, self.model.optimizer.learning_rate)
        except TypeError:  # the form of Keras's first years
            rate = self.schedule(epoch)
        self.model.optimizer.learning_rate = float(rate)
        if self.verbose:
            print(f"Epoch {epoch + 1}: the learning rate is {rate:g} now")


class CSVLogger(Callback):
    """Writes the figures of each epoch into a table."""

    @keras_arguments()
    def __init__(self, filename: Any, separator: str = ",", append: bool = False) -> None:
        super().__init__()
        self.filename, self.separator, self.append = filename, separator, append

    def on_train_begin(self, logs: Any = None) -> None:
        self.headed = self.append and os.path.exists(self.filename)
        if not self.append:
            open(self.filename, "w", encoding="utf-8").close()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        import csv

        with open(self.filename, "a", encoding="utf-8", newline="") as file:
            table = csv.writer(file, delimiter=self.separator)
            if not self.headed:
                table.writerow(["epoch", *logs])
                self.headed = True
            table.writerow([epoch, *(np.float64(value).item() for value in logs.values())])


class LambdaCallback(Callback):
    """A callback from functions, one for each hook that is wanted."""

    @keras_arguments()
    def __init__(
        self,
        on_epoch_begin: Any = None,
        on_epoch_end: Any = None,
        on_train_begin: Any = None,
        on_train_end: Any = None,
        on_train_batch_begin: Any = None,
        on_train_batch_end: Any = None,
        on_batch_begin: Any = None,
        on_batch_end: Any = None,
    ) -> None:
        super().__init__()
        given = {name: value for name, value in locals().items() if name.startswith("on_") and value is not None}
        self.__dict__.update(given)

    @property
    def looks_at_batches(self) -> bool:
        return any(hook in self.__dict__ for hook in BATCH_HOOKS)


class TerminateOnNaN(Callback):
    """Nothing to do: a training whose loss runs away is stopped in any case."""


_KNOWN = [
    "CSVLogger",
    "Callback",
    "EarlyStopping",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "ModelCheckpoint",
    "ReduceLROnPlateau",
    "TerminateOnNaN",
]
_INSTEAD = {
    "TensorBoard": "CSVLogger writes the figures of each epoch; fit returns them, too.",
    "ProgbarLogger": "fit(verbose=1) shows the progress.",
}
__getattr__ = refusing(__name__, _KNOWN, _INSTEAD)
