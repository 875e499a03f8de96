"""One call of fit: glassnet's training, with what Keras does between two epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from glassnet.blas import one_blas_thread
from glassnet.errors import DivergedError
from glassnet.keras.callbacks import Callback, History
from glassnet.keras.callbacks.callback import Figures
from glassnet.keras.progress import Progress
from glassnet.keras.samples import Samples
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import Event, training


@dataclass
class Fitting:
    """A training of `model`, a Sequential, on `given`.

    held : what is measured after each epoch, or None.   first : how the first epoch is counted.   verbose : 0, 1 or 2.
    """

    model: Any
    given: Samples
    held: Samples | None
    callbacks: list[Callback]
    recipe: Recipe
    first: int
    verbose: int

    def __post_init__(self) -> None:
        others = [one for one in self.callbacks if type(one) is not History]
        self.epochs = self.first + self.recipe.epochs
        self.progress = Progress(self.verbose, self.epochs, -(-len(self.given.data) // self.recipe.batch_size))
        self.uncounted = self.model.uncounted(self.given.data)
        self.counted = [one for one in self.model.measures if one not in self.uncounted]
        self.by_batch = any(one.looks_at_batches for one in others)
        self.by_epoch = bool(self.verbose or others or self.held or self.uncounted)
        self.epoch, self.batch = self.first, 0

    def run(self) -> None:
        """Train; the model, its optimizer and the history then hold what came of it, also where it is interrupted."""
        model, optimizer = self.model, self.model.optimizer
        run = Run.start(model.network, self.recipe)
        if model.slots is not None and model.slots.shape == run.slots.shape:
            run.slots, run.earlier = model.slots.copy(), optimizer.iterations
        self._tell("on_train_begin", {})
        self._begin_epoch()
        try:
            with one_blas_thread():  # as Session.events says why
                while not run.ended and not model.stop_training:
                    self._go_on(run)
        finally:
            model.slots, optimizer.iterations = run.slots, run.earlier + run.step
        self._tell("on_train_end", {})

    def _go_on(self, run: Run) -> None:
        """Train until it is over, or until a callback has changed the rate or the weights."""
        model, optimizer, network = self.model, self.model.optimizer, self.model.network
        described = optimizer.describe()
        events = training(
            network,
            self.given.data,
            replace(self.recipe, optimizer=described),
            run=run,
            sample_weight=self.given.weight,
            seconds=0.0 if self.by_batch else 0.1 if self.by_epoch else 1.0,
            by_epoch=self.by_epoch,
        )
        for event in events:
            model.hand_out()
            optimizer.iterations = run.earlier + run.step
            if run.ended.startswith("diverged"):
                raise DivergedError(
                    f"fit: the training {run.ended}. The model holds the last good weights.",
                    f"Try a smaller rate than {described.learning_rate:g}.",
                )
            learnt = network.vectors
            self._look(event, run)
            model.take_up()
            if network.vectors is not learnt:
                run.vectors = network.vectors.copy()
                return
            if model.stop_training or optimizer.describe() != described:
                return

    def _look(self, event: Event, run: Run) -> None:
        """What comes after a span: of one batch, a part of an epoch, or several epochs that nobody looks at."""
        if self.by_batch:
            right = {one.name: float(event.hits.sum()) / event.samples for one in self.counted}
            self._tell("on_train_batch_end", self.batch, Figures({"loss": event.loss, **right}))
            self.batch += 1
            if not event.epoch_ended:
                self._tell("on_train_batch_begin", self.batch, {})
        self.progress.update(run)
        while self.epoch - self.first < len(run.history.get("loss", ())):
            self._end_epoch(run, self.epoch - self.first)
            self.epoch += 1
            if self.epoch < self.epochs and not self.model.stop_training:
                self._begin_epoch()

    def _begin_epoch(self) -> None:
        self.batch = 0
        self.progress.begin_epoch(self.epoch)
        self._tell("on_epoch_begin", self.epoch, {})
        if self.by_batch:
            self._tell("on_train_batch_begin", 0, {})

    def _end_epoch(self, run: Run, k: int) -> None:
        """Tell the figures of the k-th epoch of this training. Those that training does not count are measured now."""
        model = self.model
        accuracy = run.history["accuracy"][k] if "accuracy" in run.history else math.nan
        found = model.measured(self.given.data, self.uncounted)
        logs = Figures({"loss": run.history["loss"][k]})
        logs |= {metric.name: found.get(metric.name, accuracy) for metric in model.measures}
        if self.held is not None:
            held = model.figures(self.held)
            logs |= {f"val_{name}": value for name, value in held.items()}
        self.progress.end_epoch(logs)
        self._tell("on_epoch_end", self.epoch, logs)

    def _tell(self, hook: str, *arguments: Any) -> None:
        for callback in self.callbacks:
            getattr(callback, hook)(*arguments)
