"""Making a training again: the same first weights, data, recipe and engine, up to the same step."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace

from glassnet.blas import one_blas_thread
from glassnet.data import Dataset
from glassnet.errors import DataError, ModelFileError
from glassnet.files import TrainedModel, machine
from glassnet.model import Sequential
from glassnet.reproduction.causes import file_causes, machine_causes, seed_causes
from glassnet.reproduction.finding import find_data
from glassnet.reproduction.outcome import Outcome, differing, largest_difference
from glassnet.reproduction.told import read_receipt
from glassnet.run import History, Run
from glassnet.training import Event, training

TOLD_AFTER = 2  # steps after the last good weights, by which a training that diverges tells of it


class Retraining:
    """The training that the receipt of `trained` tells of, once more.

    Parameters
    ----------
    data : what `trained` learnt from, such as find_data finds it.

    Attributes
    ----------
    network, recipe, run : as in Session.   seconds : spent on training so far.

    Raises
    ------
    ModelFileError, ParameterError where the receipt does not hold a training; DataError where the data are others.
    """

    def __init__(self, trained: TrainedModel, data: Dataset) -> None:
        self.trained, self.told = trained, read_receipt(trained)
        if "improved" in trained.receipt:
            raise ModelFileError(
                "This model was trained on with corrections, after the training that its receipt tells of.",
                "Reproduce the model it was made of; 'glassnet improve' makes the same bits of that again.",
            )
        if data.fingerprint != self.told.fingerprint:
            raise DataError(
                f"{data.name} is not what this model learnt from: its fingerprint is {data.fingerprint}, "
                f"that in the receipt {self.told.fingerprint:.100}.",
                "Give the data of then.",
            )
        self.recipe = self.told.recipe
        self.data = replace(data, preparation=trained.preparation)
        then = trained.network
        self.network = Sequential(then.layers, then.input_shape, dtype=then.dtype.name, seed=self.recipe.seed)
        self.first_weights = self.network.vectors.fingerprint
        self.run = Run.start(self.network, self.recipe)
        self.seconds = 0.0

    def events(self) -> Generator[Event]:
        """Train up to the step that `trained` came to, on as many threads as Session does; nothing is written."""
        until = self.told.steps + (TOLD_AFTER if self.told.diverged else 0)
        began = time.monotonic()
        with one_blas_thread():
            for event in training(
                self.network, self.data, self.recipe, engine=self.told.engine, run=self.run, until=until
            ):
                self.seconds = time.monotonic() - began
                yield event

    def outcome(self) -> Outcome:
        """How what the training came to compares with `trained`."""
        then, now = self.trained.network.vectors, self.network.vectors
        same_bits = then.fingerprint == now.fingerprint
        causes = {
            **seed_causes(self.told, self.first_weights),
            **machine_causes(self.told, self.told.engine.threads, machine()),
        }
        parted = _first_other_epoch(self.trained.history, self.run.history)
        if not causes:  # from which anything else would follow
            causes = file_causes(parted, same_bits=same_bits)
        return Outcome(
            weights=then.weights.size,
            state=then.state.size,
            weights_differing=differing(then.weights, now.weights),
            state_differing=differing(then.state, now.state),
            largest=max(largest_difference(then.weights, now.weights), largest_difference(then.state, now.state)),
            steps=(self.told.steps, self.run.step),
            ended=(self.told.ended, self.run.ended),
            causes=causes,
        )


def reproduce(trained: TrainedModel, data: Dataset | None = None) -> Outcome:
    """Train again as the receipt of `trained` says, and compare bit for bit; errors as find_data and Retraining."""
    retraining = Retraining(trained, find_data(trained) if data is None else data)
    for _ in retraining.events():
        pass
    return retraining.outcome()


def _first_other_epoch(then: History, now: History) -> int | None:
    """The first epoch, from 1 on, with other figures or with figures in one of the two alone; None where none is."""
    parted = []
    for name in then.keys() | now.keys():
        one, other = then.get(name, []), now.get(name, [])
        pairs = enumerate(zip(one, other, strict=False), 1)
        parted += [k for k, (a, b) in pairs if repr(a) != repr(b)][:1]  # which NaN equals, too
        parted += [min(len(one), len(other)) + 1] if len(one) != len(other) else []
    return min(parted, default=None)
