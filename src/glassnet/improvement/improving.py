"""Training a network on with corrected pictures among what it learnt before, and looking what that changed."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np

from glassnet.blas import one_blas_thread
from glassnet.data import Parts
from glassnet.data.labels import Label
from glassnet.data.splits import hold_out
from glassnet.engines import Engine, Reference, answer, certainty_of, choose_engine, fit_task
from glassnet.errors import DataError
from glassnet.evaluation import Verdict, judge
from glassnet.files import TrainedModel, machine
from glassnet.improvement.corrections import Correction
from glassnet.improvement.mixing import mixed, recognised, without
from glassnet.improvement.outcome import Improvement
from glassnet.model import Sequential
from glassnet.optimizers import Constant
from glassnet.recipe import Recipe
from glassnet.reproduction.told import read_receipt
from glassnet.run import Run
from glassnet.training import Event, training

GENTLE = 0.1  # of the learning rate of then
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
    copies : how often each correction is among it.   held : what was held out of the training of then, but for what
        corrections look like: the certainty of the improved network is learnt from it; None where nothing was.
    asked : the numbers of the old test samples that the outcome is
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
        learnt, held = hold_out(parts.train, told.recipe.validation, told.recipe.seed)
        self.held = None if held is None else without(held, self.pictures)
        self.data, self.copies = mixed(learnt, corrections, told.recipe.seed)
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
                    break

    def answers(self) -> list[Label]:
        """What the network as it stands answers to each correction."""
        return answer(replace(self.trained, network=self.network), self.pictures, self.engine).classes

    def outcome(self) -> Improvement:
        """What has changed, for the corrections and for the old test samples."""
        now, answers = self.improved(), self.answers()
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

    def improved(self) -> TrainedModel:
        """The network as it stands, and how sure it may be: what it was is no measure for what it is now."""
        certainty = certainty_of(self.network, self.held, self.engine) if self.held else self.trained.certainty
        return replace(self.trained, network=self.network, certainty=certainty)

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
        return replace(self.improved(), receipt=receipt)


def _agreeing(answers: Sequence[Label], labels: Sequence[Label]) -> int:
    return sum(given == label for given, label in zip(answers, labels, strict=True))
