"""Callbacks that do the same in every epoch: a rate by schedule, a table, functions of one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.keras.arguments import keras_arguments
from glassnet.keras.callbacks.callback import BATCH_HOOKS, Callback
from glassnet.keras.notes import note


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


class TensorBoard(Callback):
    """Does nothing: there is no board here to show the figures on."""

    def __init__(self, log_dir: Any = "logs", **options: Any) -> None:
        super().__init__()
        note(
            "TensorBoard", "TensorBoard writes nothing here; CSVLogger does, and fit returns the figures of each epoch"
        )
