"""One call of fit: glassnet's training, with what Keras does between two epochs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.engines import fit_task, predict
from glassnet.errors import DivergedError
from glassnet.keras.callbacks import Callback, History
from glassnet.keras.metrics import Metric
from glassnet.keras.progress import Progress
from glassnet.keras.samples import targets_of
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import Event, measure, training

Logs = dict[str, float]


@dataclass
class Fitting:
    """A training of `model` on `data`, from epoch `first` to `epochs`.

    held, held_weight : what is measured after each epoch, or None.   weight : (N,) how much each sample counts.
    """

    model: Any
    data: Dataset
    weight: Array | None
    held: Dataset | None
    held_weight: Array | None
    callbacks: list[Callback]
    recipe: Recipe
    first: int
    epochs: int
    verbose: int

    def __post_init__(self) -> None:
        self.steps = -(-len(self.data) // self.recipe.batch_size)
        self.progress = Progress(self.verbose, self.epochs, self.steps)
        others = [one for one in self.callbacks if type(one) is not History]
        self.measured = [one for one in self.model.measures if not self._counted(one)]
        self.by_batch = any(one.looks_at_batches for one in others)
        self.by_epoch = bool(self.verbose or others or self.held or self.measured)
        self.epoch, self.batch = self.first, 0
        self.changed = False

    def run(self) -> None:
        """Train; the model, its optimizer and the history then hold what came of it, also where it is interrupted."""
        model, optimizer = self.model, self.model.optimizer
        run = Run.start(model.network, self.recipe)
        if model.slots is not None and model.slots.shape == run.slots.shape:
            run.slots, run.earlier = model.slots.copy(), optimizer.iterations
        self._tell("on_train_begin")
        self._begin_epoch()
        try:
            while not run.ended and not model.stop_training:
                self._go_on(run)
        finally:
            model.slots, optimizer.iterations = run.slots, run.earlier + run.step
        self._tell("on_train_end")

    def _go_on(self, run: Run) -> None:
        """Train until it is over, or until a callback has changed the rate or the weights."""
        model, optimizer, network = self.model, self.model.optimizer, self.model.network
        described = optimizer.describe()
        events = training(
            network,
            self.data,
            replace(self.recipe, optimizer=described),
            run=run,
            sample_weight=self.weight,
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
            vectors = network.vectors
            self._after(event, run)
            model.take_up()
            if network.vectors is not vectors:
                run.vectors = network.vectors.copy()
                return
            if model.stop_training or optimizer.describe() != described:
                return

    def _after(self, event: Event, run: Run) -> None:
        """What comes after a span: of one batch, a part of an epoch, or several epochs that nobody looks at."""
        if self.by_batch:
            self._tell("on_train_batch_end", self.batch, {"loss": event.loss})
            self.batch += 1
            if not event.epoch_ended:
                self._tell("on_train_batch_begin", self.batch)
        self.progress.update(run)
        while self.epoch - self.first < len(run.history.get("loss", ())):
            k = self.epoch - self.first
            logs = {"loss": run.history["loss"][k]}
            counted = run.history["accuracy"][k] if "accuracy" in run.history else None
            figures = {} if not self.measured else figures_of(self.model, self.data, self.measured)
            for metric in self.model.measures:
                logs[metric.name] = figures.get(metric.name, counted)
            if self.held is not None:
                found = evaluation(self.model, self.held, self.held_weight)
                logs |= {f"val_{name}": value for name, value in found.items()}
            self.progress.end_epoch(logs)
            self._tell("on_epoch_end", self.epoch, logs)
            self.epoch += 1
            if self.epoch < self.epochs and not self.model.stop_training:
                self._begin_epoch()

    def _begin_epoch(self) -> None:
        self.batch = 0
        self.progress.begin_epoch(self.epoch)
        self._tell("on_epoch_begin", self.epoch)
        if self.by_batch:
            self._tell("on_train_batch_begin", 0)

    def _tell(self, hook: str, *arguments: Any) -> None:
        for callback in self.callbacks:
            getattr(callback, hook)(*arguments)

    def _counted(self, metric: Metric) -> bool:
        return self.data.classes is not None and metric.counted(self.model.network.output_shape[0])


def evaluation(model: Any, data: Dataset, weight: Array | None = None) -> Logs:
    """The loss and the metrics of samples, outside training."""
    network = model.network
    task = fit_task(
        network, data, model.loss_.described, model.optimizer.describe(), total_steps=1, seed=0, sample_weight=weight
    )
    loss, accuracy = measure(task, network.vectors)
    rest = [m for m in model.measures if data.classes is None or not m.counted(network.output_shape[0])]
    figures = figures_of(model, data, rest) if rest else {}
    return {"loss": loss} | {m.name: figures.get(m.name, accuracy) for m in model.measures}


def figures_of(model: Any, data: Dataset, metrics: list[Metric]) -> Logs:
    """What these metrics say of the model's outputs."""
    y = predict(model.network, data.x)
    t = targets_of(data, y.shape[1])
    return {metric.name: metric.result_of(t, y) for metric in metrics}
