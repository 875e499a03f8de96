"""Callbacks that go by one figure: early stopping, saving the best model, a smaller rate on a plateau."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import Any

from glassnet.checks import check_choice, check_integer, check_number
from glassnet.errors import ParameterError
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.callbacks.callback import OLD_FIGURES, Callback
from glassnet.keras.notes import note


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
        if self.waited >= self.patience and epoch > 0:  # the first epoch never ends it
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
            found = ", ".join(["epoch", *logs])
            raise ParameterError(f"ModelCheckpoint: {self.filepath!r} names {error}; there are {found}.") from None
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
