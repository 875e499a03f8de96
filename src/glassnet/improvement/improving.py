"""Training a network on with corrected pictures among what it learnt before, and looking what that changed."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.blas import one_blas_thread
from glassnet.data import Dataset, Parts
from glassnet.data.labels import Label, index_labels
from glassnet.data.splits import at_most
from glassnet.engines import Engine, Reference, answer, choose_engine, fit_task
from glassnet.errors import DataError
from glassnet.evaluation import Verdict, judge
from glassnet.files import TrainedModel, machine
from glassnet.improvement.corrections import Correction
from glassnet.improvement.outcome import Improvement
from glassnet.inspection.twins import BLOCK, unit_vectors
from glassnet.model import Sequential
from glassnet.optimizers import Constant
from glassnet.recipe import Recipe
from glassnet.reproduction.told import read_receipt
from glassnet.run import Run
from glassnet.training import Event, training

REHEARSED = 20_000  # of the old samples, at most: who learns only what is new forgets the rest
SHARE = 0.02  # of the samples of an epoch that are corrections
LEAST_COPIES = 20  # of each correction in an epoch
GENTLE = 0.1  # of the learning rate of then
LIKE = 0.85  # the least correlation of a test sample and the same picture, prepared once more as one of one's own
STEPS, LEAST_EPOCHS, ENOUGH_EPOCHS = 400, 2, 10  # as many epochs as make so many steps, within these,
MOST_EPOCHS = 20  # and more until all corrections are answered rightly, up to so many


class Improving:
    """Training `trained` on, gently, with corrections among some of what it learnt from.

    Parameters
    ----------
    corrections : one or more.   parts : what it learnt from, such as find_parts finds it, and what to test with.
    engine : what computes; None takes the compiled one where that works.

    Attributes
    ----------
    network : starts as a copy, and learns.   recipe, run : as in Session, but that it may end earlier, from so many
        `epochs` on, where all corrections are answered rightly.   data : what is learnt.
    copies : how often each correction is among it.   asked : the numbers of the old test samples that the outcome is
        about: not those that corrections were made of, of which the network now knows the answer.

    Raises
    ------
    DataError where there are no corrections, or the data are not those that `trained` learnt from; ModelFileError where
    its receipt does not say how it was trained.
    """

    def __init__(
        self, trained: TrainedModel, corrections: Sequence[Correction], parts: Parts, engine: Engine | None = None
    ) -> None:
        told = read_receipt(trained)
        if parts.train.fingerprint != told.fingerprint:
            raise DataError(
                f"{parts.train.name} is not what this model learnt from: its fingerprint is "
                f"{parts.train.fingerprint}, that in the receipt {told.fingerprint:.100}.",
                "Give the data of then.",
            )
        if not corrections:
            raise DataError("There are no corrections to learn from.", "Begin with 'glassnet correct'.")
        self.trained, self.corrections, self.parts = trained, list(corrections), parts
        self.pictures, self.labels = np.stack([one.picture for one in corrections]), [one.label for one in corrections]
        known = recognised(parts.test.x, self.pictures)
        if len(known) == len(parts.test):
            raise DataError("All test samples are among the corrections.", "Correct other pictures than those.")
        self.asked = np.setdiff1d(np.arange(len(parts.test)), known)
        self.data, self.copies = mixed(parts.train, corrections, told.recipe.seed)
        per_epoch = ceil(len(self.data) / told.recipe.batch_size)
        self.epochs = min(max(round(STEPS / per_epoch), LEAST_EPOCHS), ENOUGH_EPOCHS)
        self.recipe: Recipe = replace(
            told.recipe,
            optimizer=replace(
                told.recipe.optimizer,
                learning_rate=told.recipe.optimizer.learning_rate * GENTLE,
                schedule=Constant(),
            ),
            epochs=MOST_EPOCHS,
            shuffle=True,
            validation=0.0,
            patience=None,
            precision="float32",  # on every processor
        )
        then = trained.network
        self.network = Sequential(then.layers, then.input_shape, dtype=then.dtype.name, seed=None)
        self.network.vectors = then.vectors.copy()
        self.engine = engine or choose_engine()
        task = fit_task(self.network, self.data, self.recipe.loss, self.recipe.optimizer, total_steps=1, seed=0)
        if self.engine.why_not(task):
            self.engine = Reference()
        self.engine.prepare(task)
        self.run = Run.start(self.network, self.recipe)
        self.seconds = 0.0

    def events(self) -> Generator[Event]:
        """Train; the same data, corrections and engine give the same bits."""
        began = time.monotonic()
        with one_blas_thread():
            for event in training(
                self.network, self.data, self.recipe, engine=self.engine, run=self.run, by_epoch=True
            ):
                self.seconds = time.monotonic() - began
                yield event
                if event.epoch_ended and event.epoch >= self.epochs and self.answers() == self.labels:
                    return

    def answers(self) -> list[Label]:
        """What the network as it stands answers to each correction."""
        return answer(replace(self.trained, network=self.network), self.pictures, self.engine).classes

    def outcome(self) -> Improvement:
        """What has changed, for the corrections and for the old test samples."""
        now, answers = replace(self.trained, network=self.network), self.answers()
        test = self.parts.test.take(self.asked)
        before, after = (self._renumbered(judge(model, test)) for model in (self.trained, now))
        failed_before, fails = ({one.index for one in verdict.mistakes} for verdict in (before, after))
        return Improvement(
            answers,
            _agreeing(answer(self.trained, self.pictures, self.engine).classes, self.labels),
            _agreeing(answers, self.labels),
            before,
            after,
            [one for one in after.mistakes if one.index not in failed_before],
            [one for one in before.mistakes if one.index not in fails],
        )

    def _renumbered(self, verdict: Verdict) -> Verdict:
        """The verdict on some of the test samples, whose mistakes have the numbers that they have among all."""
        mistakes = [replace(one, index=int(self.asked[one.index])) for one in verdict.mistakes]
        return replace(verdict, mistakes=mistakes)

    def model(self, figures: dict[str, Any], ancestor: str) -> TrainedModel:
        """The network as it stands; its receipt is that of the training of then, with what was done since.

        figures : what the test said.   ancestor : what the file was called that it was made of.
        """
        step = {
            "from": ancestor,
            "weights": self.trained.network.vectors.fingerprint,
            "corrections": [{"file": one.file, "label": one.label} for one in self.corrections],
            "copies": self.copies,
            "rehearsed": len(self.data) - self.copies * len(self.corrections),
            "recipe": self.recipe.to_config(),
            "engine": self.engine.name,
            "steps": self.run.step,
            "seconds": round(self.seconds, 3),
            "machine": machine(),
        }
        then = self.trained.receipt
        receipt = {**then, "figures": figures, "improved": [*then.get("improved", []), step]}
        return replace(self.trained, network=self.network, receipt=receipt)


def mixed(old: Dataset, corrections: Sequence[Correction], seed: int) -> tuple[Dataset, int]:
    """Some of the old samples with the corrections behind them, and how often each of these is there.

    An old sample that a correction was made of is left out: its label was wrong, or it is there often enough now.
    """
    assert old.classes is not None  # which corrections are of
    pictures = np.stack([one.picture for one in corrections])
    some = at_most(REHEARSED, old, seed)
    some = some.take(np.setdiff1d(np.arange(len(some)), recognised(some.x, pictures)))
    copies = max(LEAST_COPIES, round(SHARE * len(some) / len(corrections)))
    labels = index_labels("corrections", [one.label for one in corrections], old.classes)
    x = np.concatenate([some.x, np.tile(pictures.astype(old.x.dtype), (copies, 1, 1, 1))])
    y = np.concatenate([some.y, np.tile(labels, copies)])
    return Dataset(f"{old.name} and corrections", x, y, old.classes, old.preparation), copies


def recognised(pictures: Array, corrections: Array) -> Array:
    """The numbers of the pictures (N, H, W, C) that corrections (M, H, W, C) were probably made of, one each at most.

    That is the picture which a correction correlates with most, if it does by LIKE or more.
    """
    vectors = unit_vectors(corrections).T
    parts = (pictures[start : start + BLOCK] for start in range(0, len(pictures), BLOCK))
    likeness = np.concatenate([unit_vectors(part) @ vectors for part in parts])
    return np.unique(likeness.argmax(0)[likeness.max(0) >= LIKE])


def _agreeing(answers: Sequence[Label], labels: Sequence[Label]) -> int:
    return sum(given == label for given, label in zip(answers, labels, strict=True))
