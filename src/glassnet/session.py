"""One training into one model file: checkpoints on the way, going on after a stop, and the receipt at the end."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from glassnet.arrays import Array
from glassnet.blas import one_blas_thread
from glassnet.data import Dataset
from glassnet.data.splits import hold_out
from glassnet.engines import Engine, Reference, certainty_of, check_precision, choose_engine, fit_task
from glassnet.errors import ModelFileError, OutputError, ParameterError
from glassnet.files import (
    TrainedModel,
    differences,
    load,
    load_checkpoint,
    machine,
    remove_checkpoint,
    save,
    save_checkpoint,
)
from glassnet.files.input_range import InputRange
from glassnet.model import Sequential
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import Event, check_fit, training

CHECKPOINT_SECONDS = 1.0  # the least time between two checkpoints, so that short epochs do not wait for the disk
MOST_CHANGES = 5  # that are told of, where a checkpoint is of another training


class Session:
    """A training that survives its process.

    Parameters
    ----------
    network : with its first weights.   data : what to learn from; the recipe's validation share is held out of it.
    out : the model file. Beside it `<out>.checkpoint` holds the training until it is over.
    resume : go on from the checkpoint; where there is none, start afresh.
    force : start afresh where what lies there is of another training, or `resume` is not said.
    engine : what computes; None takes the compiled one where that works. The reference where it cannot run this task.

    Attributes
    ----------
    run : where the training stands.   finished : the model, where `resume` finds that it was trained already.
    note : what happened on resuming, for people.   why_reference : why another engine than asked for computes, or "".

    Raises
    ------
    OutputError where a checkpoint would be lost, or resuming finds another training: of other data or settings, which
    the message names. ModelFileError where no checkpoint is whole. Hold `files.claim(out)` meanwhile, so that no other
    process trains into the same file.
    """

    def __init__(
        self,
        network: Sequential,
        data: Dataset,
        recipe: Recipe,
        out: Path,
        *,
        resume: bool = False,
        force: bool = False,
        engine: Engine | None = None,
    ) -> None:
        self.network, self.recipe, self.out = network, recipe, out
        self.engine = engine or choose_engine()
        self.checkpoint_path = out.with_name(out.name + ".checkpoint")
        self.train, self.validation = hold_out(data, recipe.validation, recipe.seed)
        check_fit(network, self.train, recipe, self.validation)
        loss, optimizer, seed, size = recipe.loss, recipe.optimizer, recipe.seed, recipe.batch_size
        task = fit_task(
            network, self.train, loss, optimizer, total_steps=1, seed=seed, batch_size=size, precision=recipe.precision
        )
        check_precision(self.engine, task)
        self.why_reference = self.engine.why_not(task)
        if self.why_reference:
            self.engine = Reference()
        self.engine.prepare(task)
        self.data = data
        self.settings: dict[str, Any] = {
            "data": data.fingerprint,
            "engine": self.engine.name,
            "network": network.to_config(),
            "recipe": recipe.to_config(),
        }
        self.first_weights = network.vectors.fingerprint
        self.note = ""
        self.finished: TrainedModel | None = None
        self.seconds = 0.0  # spent on training, earlier sittings counted in
        self.run = Run.start(network, recipe)
        if resume:
            self._resume(force)
        elif force:
            remove_checkpoint(self.checkpoint_path)
        elif load_checkpoint(self.checkpoint_path) is not None:
            raise OutputError(
                f"{str(self.checkpoint_path)!r} holds a training that was stopped.",
                "Go on with --resume, or start anew with --force.",
            )

    def events(self) -> Generator[Event]:
        """Train, saving a checkpoint at epoch ends, at most one a second, and when the consumer closes or leaves.

        NumPy's matrix products run on one thread meanwhile: their last digits depend on how many there are, and on a
        busy machine several wait for each other, ten times as long as one works.
        """
        saved_at = time.monotonic()
        began = saved_at - self.seconds
        events = training(self.network, self.train, self.recipe, self.validation, engine=self.engine, run=self.run)
        with one_blas_thread():
            try:
                for event in events:
                    self.seconds = time.monotonic() - began
                    yield event
                    if event.epoch_ended and time.monotonic() - saved_at >= CHECKPOINT_SECONDS:
                        self.save_checkpoint()
                        saved_at = time.monotonic()
            except GeneratorExit:
                self.save_checkpoint()
                raise

    def save_checkpoint(self) -> None:
        """Write down everything that the training's future depends on."""
        content, tensors = self.run.to_checkpoint()
        content |= {"settings": self.settings, "seconds": self.seconds}
        save_checkpoint(self.checkpoint_path, content, tensors)

    def model(self, figures: dict[str, Any]) -> TrainedModel:
        """The network as it stands, with its receipt; `figures` are what a test said of it."""
        receipt = {
            "seed": self.recipe.seed,
            "first_weights": self.first_weights,
            "data": {"name": self.data.name, "fingerprint": self.data.fingerprint, "samples": len(self.data)},
            "inputs": InputRange.of(self.train.x).to_receipt(),
            "split": {
                "train": len(self.train),
                "validation": len(self.validation) if self.validation else 0,
            },
            "steps": self.run.step,
            "ended": self.run.ended,
            "seconds": round(self.seconds, 3),
            "settings": self.settings,
            "threads": self.engine.threads,
            "machine": machine(),
            "figures": figures,
        }
        certainty = certainty_of(self.network, self.validation, self.engine) if self.validation else None
        data = self.data
        return TrainedModel(self.network, data.classes, data.preparation, receipt, self.run.history, certainty)

    def finish(self, figures: dict[str, Any]) -> TrainedModel:
        """Write the model file; the checkpoint is no longer needed."""
        trained = self.model(figures)
        save(trained, self.out)
        remove_checkpoint(self.checkpoint_path)
        return trained

    def _resume(self, force: bool) -> None:
        found = load_checkpoint(self.checkpoint_path)
        if found is not None:
            content, tensors, note = found
            if self._is_same(content.get("settings"), self.checkpoint_path, force):
                self._take_up(content, tensors)
                self.note = f"{note} Going on after step {self.run.step}.".strip()
                return
        elif self.out.exists():
            trained = load(self.out)
            if self._is_same(trained.receipt.get("settings"), self.out, force):
                self.finished, self.note = trained, f"{str(self.out)!r} was trained to its end already, like this."
                return
        self.note = "Nothing to resume: starting afresh."

    def _is_same(self, then: Any, file: Path, force: bool) -> bool:
        """Whether these settings are ours; OutputError where they are not, and nothing was said of force."""
        changed = differences(_filled(then) if isinstance(then, dict) else {}, self.settings)
        if changed and not force:
            more = f"; and {len(changed) - MOST_CHANGES} more" if len(changed) > MOST_CHANGES else ""
            raise OutputError(
                f"{str(file)!r} is of another training: {'; '.join(changed[:MOST_CHANGES])}{more}.",
                "Give the same settings and data, or start anew with --force.",
            )
        return not changed

    def _take_up(self, content: dict[str, Any], tensors: dict[str, Array]) -> None:
        """Stand where the checkpoint stood."""
        fresh = self.run.to_checkpoint()[1]
        try:
            fits = all(tensors[name].shape == fresh[name].shape for name in ("weights", "state", "slots"))
            self.run, self.seconds = Run.from_checkpoint(content, tensors), float(content["seconds"])
        except (KeyError, TypeError, ValueError):
            fits = False
        if not fits:
            raise ModelFileError(f"{str(self.checkpoint_path)!r} holds no training.", "Remove it to start afresh.")
        self.network.vectors = self.run.result.copy()


def _filled(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings of a file with the defaults of what recipes did not have when it was written."""
    try:
        return settings | {"recipe": Recipe.from_config(settings["recipe"]).to_config()}
    except (KeyError, ParameterError):  # another kind of recipe altogether: it is told how it differs
        return settings
