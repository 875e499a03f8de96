"""Training as an iterator of events.

    for event in training(network, data, recipe):
        print(event.epoch, event.loss)

Each turn of the loop trains through a span of batches and tells what came of it. Between two turns nothing is learnt:
to pause is not to ask for the next event, to stop is to leave the loop, and the network then holds what it learnt so
far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from glassnet.arrays import Array
from glassnet.augmentation.augmentation import check_pictures
from glassnet.checks import check_kind
from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.data.mapped import let_go
from glassnet.data.splits import hold_out, rows_held_out
from glassnet.engines import Engine, Span, Task, check_precision, choose_engine, fit_task
from glassnet.errors import DataError, DivergedError, ParameterError, ShapeError
from glassnet.feeding import Feed, feeding
from glassnet.measuring import measure
from glassnet.model import Sequential
from glassnet.preparation import Scale
from glassnet.recipe import Recipe
from glassnet.run import Run

FASTER = 64  # times as long as the last span a span may be
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
    until: int | None = None,
    by_epoch: bool = False,
) -> Iterator[Event]:
    """Train `network` on `data`, span by span.

    Parameters
    ----------
    validation : measured after every epoch; the recipe's patience goes by it. None: the recipe's share of `data`.
    engine : what computes; None takes the compiled one where that works.
    run : where to go on; None starts anew from the network's numbers. It is brought forward with every event.
    sample_weight : (N,) how much each sample counts.
    seconds : about how long a span takes. Spans longer than an epoch end with an epoch; the numbers that are learnt do
        not depend on where spans end.
    until : the step after which to stop, wherever in an epoch that is. None: at the end alone.
    by_epoch : whether no span goes beyond the end of an epoch, for those who look at each.

    Raises
    ------
    ShapeError, DataError, before the first step, where network, loss and data do not fit each other.
    """
    check_kind("training", "network", network, Sequential, "Sequential([Dense(1)], (2,))")
    check_kind("training", "data", data, Dataset, "Dataset.from_arrays(x, labels)")
    check_kind("training", "recipe", recipe, Recipe, "Recipe(MeanSquaredError())")
    engine = engine or choose_engine()
    run = run or Run.start(network, recipe)
    _check_run(network, run)
    if validation is None:
        if recipe.validation and sample_weight is not None and np.shape(sample_weight) == (len(data),):
            sample_weight = np.asarray(sample_weight)[rows_held_out(data, recipe.validation, recipe.seed)[0]]
        data, validation = hold_out(data, recipe.validation, recipe.seed)
    batches = Batches(len(data), recipe.batch_size, shuffle=recipe.shuffle, seed=recipe.seed, draw=engine.permutations)
    total = batches.per_epoch * recipe.epochs
    planned = run.earlier + total  # steps of the optimizer
    loss, optimizer, seed, size = recipe.loss, recipe.optimizer, recipe.seed, recipe.batch_size
    task = fit_task(
        network, data, loss, optimizer, total_steps=planned, seed=seed, sample_weight=sample_weight, batch_size=size,
        precision=recipe.precision,
    )  # fmt: skip
    check_precision(engine, task)
    _check_recipe(data, recipe, validation)
    held = validation and fit_task(network, validation, loss, optimizer, total_steps=planned, seed=seed)
    last = total if until is None else min(until, total)
    wished = max(1, int(min(engine.first_steps(task, seconds), last)))
    before = now = run.moment()  # where the last span and this one began
    network.vectors = run.result_at(now)
    with feeding(task, batches, recipe.augmentation, last) as feed:
        while not run.ended and run.step < last:
            count = _span_length(wished, run.step, batches.per_epoch, last, every_epoch=by_epoch or held is not None)
            count = feed.most(run.step, count)
            fed, rows, cuts = feed.span(run.step, count)
            started = perf_counter()
            span = engine.train(fed, run.vectors, run.slots, run.earlier + run.step, rows, cuts)
            let_go(data.x)
            wished = max(1, int(count * min(FASTER, seconds / max(perf_counter() - started, 1e-9))))

            epoch_ended = False
            if run.step == 0:
                run.first_loss = abs(float(span.losses[0]))
            runaway = _runaway(run, span, last=run.step + count == total)
            if runaway is None:
                run.add(span, batches, task)
                epoch_ended = run.step % batches.per_epoch == 0
                if held and epoch_ended:
                    _validate(run, held, recipe, engine)
                if run.step == total and not run.ended:
                    run.ended = "all epochs done"
            else:
                run.ended = f"diverged at step {run.step + runaway + 1}"
                last_good = max(run.step + runaway - 1, 0)  # the loss of a step tells of the weights before it
                run.go_back(now if last_good >= now.step else before)
                _replay(run, engine, feed, last_good)
            before, now = now, run.moment()
            network.vectors = run.result_at(now)
            yield Event(
                step=run.step,
                epoch=run.step // batches.per_epoch,
                total_steps=total,
                losses=span.losses,
                hits=span.hits,
                samples=len(rows),
                rate=optimizer.rate(run.earlier + max(run.step - 1, 0), planned),
                epoch_ended=epoch_ended,
                ended=run.ended,
            )


def train(network: Sequential, data: Dataset, recipe: Recipe, validation: Dataset | None = None) -> Run:
    """Train to the end without looking; the run that it returns holds the history.

    Raises
    ------
    DivergedError where the loss ran away; the network then holds the last good weights. As `training` otherwise.
    """
    check_kind("train", "network", network, Sequential, "Sequential([Dense(1)], (2,))")
    check_kind("train", "recipe", recipe, Recipe, "Recipe(MeanSquaredError())")
    run = Run.start(network, recipe)
    for _ in training(network, data, recipe, validation, run=run, seconds=1.0):
        pass
    if run.ended.startswith("diverged"):
        raise DivergedError(
            f"The training {run.ended}. The network holds the last good weights.",
            f"Try a smaller rate than {recipe.optimizer.learning_rate:g}.",
        )
    return run


def _span_length(wished: int, step: int, per_epoch: int, last: int, *, every_epoch: bool) -> int:
    """Steps of the next span, at most up to step `last`: as wished inside an epoch, else up to the end of an epoch."""
    left = per_epoch - step % per_epoch
    if wished < left:
        return min(wished, last - step)
    more = 0 if every_epoch else (wished - left) // per_epoch
    return min(left + more * per_epoch, last - step)


def _runaway(run: Run, span: Span, *, last: bool) -> int | None:
    """The first batch of the span whose loss ran away; None where all is well.

    After the last step no loss would tell of the weights any more, so they are looked at themselves.
    """
    sizes, most = np.abs(span.losses), RUNAWAY * (1 + run.first_loss)
    if not sizes.max() < most:  # nor is it where one is no number
        return int((~(sizes < most)).argmax())
    sound = not last or (np.isfinite(run.vectors.weights).all() and np.isfinite(run.vectors.state).all())
    return None if sound else len(span.losses)


def _replay(run: Run, engine: Engine, feed: Feed, step: int) -> None:
    """Train on to `step` once more, so that what is kept does not depend on where spans ended."""
    while run.step < step:
        count = feed.most(run.step, step - run.step)
        task, rows, cuts = feed.span(run.step, count)
        engine.train(task, run.vectors, run.slots, run.earlier + run.step, rows, cuts)
        run.step += count


def _check_run(network: Sequential, run: Run) -> None:
    """Raise ShapeError where the run is of another network."""
    got, wanted = run.vectors.weights.size, network.vectors.weights.size
    if got != wanted or run.vectors.state.size != network.vectors.state.size:
        raise ShapeError(f"The run has {got:,} weights, the network {wanted:,}.", "Give the run of this network.")


def check_fit(network: Sequential, data: Dataset, recipe: Recipe, validation: Dataset | None) -> None:
    """Raise where network, data and loss do not fit each other, held-out samples mean something else than those
    trained on, patience has none to go by, or what is to be augmented are no pictures.
    """
    fit_task(network, data, recipe.loss, recipe.optimizer, total_steps=1, seed=recipe.seed)
    _check_recipe(data, recipe, validation)


def _check_recipe(data: Dataset, recipe: Recipe, validation: Dataset | None) -> None:
    """What `check_fit` looks at beside the task."""
    if recipe.augmentation is not None:
        check_pictures(data.x)
    if validation is None:
        if recipe.patience is not None:
            raise ParameterError("Recipe: patience needs held-out samples to go by.", "Say validation=0.1, too.")
    elif validation.classes != data.classes or _scales(validation) != _scales(data):
        raise DataError(
            f"{validation.name} has other classes, or another scale, than {data.name}, which is trained on.",
            "Make both with the same classes and preparation.",
        )


def _scales(data: Dataset) -> tuple[Scale, Scale]:
    return data.preparation.scale, data.preparation.target


def _validate(run: Run, held: Task, recipe: Recipe, engine: Engine) -> None:
    """Measure the held-out samples after an epoch, and go by them where the recipe has patience."""
    loss, accuracy = measure(held, run.vectors, engine)
    run.note(validation_loss=[loss])
    if held.answers is not None:
        run.note(validation_accuracy=[accuracy])
    if recipe.patience is not None:
        run.weigh(loss, recipe.patience)
