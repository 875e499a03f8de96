"""Training as an iterator of events.

    for event in training(network, data, recipe):
        print(event.epoch, event.loss)

Each turn of the loop trains through a span of batches and tells what came of it. Between two turns nothing runs: to
pause is not to ask for the next event, to stop is to leave the loop, and the network then holds what it learnt so far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import Engine, Reference, Span, Task, fit_task
from glassnet.model import Sequential, Vectors
from glassnet.recipe import Recipe
from glassnet.run import Run

RUNAWAY = 1e6  # a loss that has grown so much leaves float32, with seven digits, none for the sample itself


@dataclass(frozen=True)
class Event:
    """What came of a span of batches.

    step, epoch : steps and whole epochs done after it.   total_steps : how many steps there will be at most.
    losses, hits : the objective of each batch (B,), and how many of its samples were answered rightly.
    samples : how many samples the span went through.   rate : the learning rate of its last step.
    epoch_ended : whether it ends with an epoch, whose figures then stand last in the run's history.
    ended : why the training is over, or "" where it goes on.
    """

    step: int
    epoch: int
    total_steps: int
    losses: Array
    hits: Array
    samples: int
    rate: float
    epoch_ended: bool
    ended: str

    @property
    def loss(self) -> float:
        """The mean objective of the span's batches."""
        return float(self.losses.mean())


def training(
    network: Sequential,
    data: Dataset,
    recipe: Recipe,
    validation: Dataset | None = None,
    *,
    engine: Engine | None = None,
    run: Run | None = None,
    sample_weight: Array | None = None,
    seconds: float = 0.1,
) -> Iterator[Event]:
    """Train `network` on `data`, span by span.

    Parameters
    ----------
    validation : measured after every epoch; the recipe's patience goes by it.
    run : where to go on; None starts anew from the network's numbers. It is brought forward with every event.
    sample_weight : (N,) how much each sample counts.
    seconds : about how long a span takes. Spans longer than an epoch end with an epoch; the numbers that are learnt do
        not depend on where spans end.

    Raises
    ------
    ShapeError, DataError, before the first step, where network, loss and data do not fit each other.
    """
    engine = engine or Reference()
    run = run or Run.start(network, recipe)
    network.vectors = run.result.copy()
    batches = Batches(len(data), recipe.batch_size, shuffle=recipe.shuffle, seed=recipe.seed)
    total = batches.per_epoch * recipe.epochs
    task = fit_task(
        network, data, recipe.loss, recipe.optimizer, total_steps=total, seed=recipe.seed, sample_weight=sample_weight
    )
    check = validation and fit_task(
        network, validation, recipe.loss, recipe.optimizer, total_steps=total, seed=recipe.seed
    )
    wished = 1
    good = network.vectors  # the latest that are known to answer with a sound loss
    while not run.ended:
        count = _span_length(wished, run.step, batches.per_epoch, total, every_epoch=check is not None)
        rows, cuts = batches.span(run.step, count)
        started = perf_counter()
        span = engine.train(task, run.vectors, run.slots, run.step, rows, cuts)
        wished = max(1, int(min(4 * count, count * seconds / (perf_counter() - started))))

        bad = _diverged(run, span)
        if bad != 0:
            good = network.vectors  # those that the span began with
        if bad is not None:
            run.ended = f"diverged at step {run.step + bad + 1}"
            run.vectors = good.copy()
        else:
            run.add(span, batches, task)
            epoch_ended = run.step % batches.per_epoch == 0
            if check and epoch_ended:
                _validate(run, check, recipe, engine)
            if run.step == total and not run.ended:
                run.ended = "all epochs done"
        network.vectors = run.result.copy()
        yield Event(
            step=run.step,
            epoch=run.step // batches.per_epoch,
            total_steps=total,
            losses=span.losses,
            hits=span.hits,
            samples=len(rows),
            rate=recipe.optimizer.rate(max(run.step - 1, 0), total),
            epoch_ended=bad is None and epoch_ended,
            ended=run.ended,
        )


def train(network: Sequential, data: Dataset, recipe: Recipe, validation: Dataset | None = None) -> Run:
    """Train to the end without looking; the run that it returns holds the history."""
    run = Run.start(network, recipe)
    for _ in training(network, data, recipe, validation, run=run, seconds=1.0):
        pass
    return run


def measure(task: Task, vectors: Vectors, engine: Engine, batch_size: int = 256) -> tuple[float, float]:
    """The objective over all samples, outside training, and the share answered rightly (NaN without classes)."""
    losses, hits, size = 0.0, 0, len(task.x)
    for start in range(0, size, batch_size):
        part = slice(start, start + batch_size)
        x = task.scale(task.x[part], task.network.dtype)
        y = engine.forward(task.network, vectors, x, task.depth)
        losses += float(task.loss.each(y, task.t[part])[0].sum(dtype=np.float64))
        if task.answers is not None:
            hits += int(np.count_nonzero(task.loss.decide(y) == task.answers[part]))
    return losses if task.loss.summed else losses / size, hits / size if task.answers is not None else np.nan


def _span_length(wished: int, step: int, per_epoch: int, total: int, *, every_epoch: bool) -> int:
    """Steps of the next span: as wished inside an epoch, else up to the end of an epoch."""
    left = per_epoch - step % per_epoch
    if wished < left:
        return wished
    more = 0 if every_epoch else (wished - left) // per_epoch
    return min(left + more * per_epoch, total - step)


def _diverged(run: Run, span: Span) -> int | None:
    """The first batch of the span whose loss ran away; the last where only the weights did; None where all is well."""
    if run.first_loss == np.inf and np.isfinite(span.losses[0]):
        run.first_loss = float(span.losses[0])
    bad = ~(np.abs(span.losses) < RUNAWAY * (1 + abs(run.first_loss)))
    if bad.any():
        return int(bad.argmax())
    sound = np.isfinite(run.vectors.weights).all() and np.isfinite(run.vectors.state).all()
    return None if sound else len(span.losses) - 1


def _validate(run: Run, check: Task, recipe: Recipe, engine: Engine) -> None:
    """Measure the held-out samples after an epoch, and go by them where the recipe has patience."""
    loss, accuracy = measure(check, run.vectors, engine)
    run.note(validation_loss=loss)
    if check.answers is not None:
        run.note(validation_accuracy=accuracy)
    if recipe.patience is not None:
        run.weigh(loss, recipe.patience)
