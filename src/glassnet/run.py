"""Where a training stands: everything that its future depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np

from glassnet.arrays import Array, aligned_zeros
from glassnet.data.batches import Batches
from glassnet.engines import Span, Task
from glassnet.model import Sequential, Vectors
from glassnet.recipe import Recipe

History = dict[str, list[float]]
HISTORY = "history."  # what the names of its arrays begin with in a checkpoint


@dataclass(frozen=True)
class Moment:
    """The numbers after `step` steps."""

    step: int
    vectors: Vectors
    slots: Array


@dataclass
class Run:
    """The numbers of a training between two steps.

    vectors : weights and state now.   slots : (slots, P), what the optimizer remembers.   step : steps done.
    earlier : steps that the optimizer had done before this training, where its slots come from another one.
    losses, hits : of the batches done in the open epoch.   first_loss : of the very first batch.
    history : one number an epoch under "loss", "rate", where there are classes "accuracy", and after "validation_".
    best : the vectors of the smallest validation loss, `best_loss`; `waited` epochs ago.
    ended : why the training is over, or "" where it goes on.
    """

    vectors: Vectors
    slots: Array
    step: int = 0
    earlier: int = 0
    losses: Array = field(default_factory=lambda: np.zeros(0))
    hits: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    first_loss: float = inf
    history: History = field(default_factory=dict)
    best: Vectors | None = None
    best_loss: float = inf
    waited: int = 0
    ended: str = ""

    @classmethod
    def start(cls, network: Sequential, recipe: Recipe) -> Run:
        """A training that has not begun, from the network's present numbers."""
        weights = network.vectors.weights
        slots = aligned_zeros(recipe.optimizer.slots * weights.size, weights.dtype)
        return cls(network.vectors.copy(), slots.reshape(recipe.optimizer.slots, weights.size))

    @property
    def result(self) -> Vectors:
        """The numbers that the training hands over now: at its end the best ones, where it kept them."""
        return self.best if self.ended and self.best else self.vectors

    def result_at(self, now: Moment) -> Vectors:
        """The same, where `now` is this moment: vectors that nobody writes into."""
        return now.vectors if self.result is self.vectors else self.result

    def moment(self) -> Moment:
        """A copy of what `go_back` needs."""
        return Moment(self.step, self.vectors.copy(), self.slots.copy())

    def go_back(self, moment: Moment) -> None:
        """Be where the run was at that moment; the history stays."""
        self.step, self.vectors, self.slots = moment.step, moment.vectors.copy(), moment.slots.copy()

    def note(self, **figures: list[float]) -> None:
        """Add the figures of epochs to the history."""
        for name, values in figures.items():
            self.history.setdefault(name, []).extend(values)

    def add(self, span: Span, batches: Batches, task: Task) -> None:
        """Take in what came of a span, and put the figures of each epoch that it closes into the history."""
        per_epoch, sizes = batches.per_epoch, batches.sizes()
        self.step += len(span.losses)
        self.losses = np.concatenate([self.losses, span.losses])
        self.hits = np.concatenate([self.hits, span.hits])
        epochs = len(self.losses) // per_epoch
        whole = epochs * per_epoch
        losses, self.losses = self.losses[:whole].reshape(epochs, per_epoch), self.losses[whole:]
        hits, self.hits = self.hits[:whole].reshape(epochs, per_epoch), self.hits[whole:]
        first_end = self.earlier + self.step - len(self.losses) - (epochs - 1) * per_epoch - 1
        ends = range(first_end, self.earlier + self.step, per_epoch)
        self.note(
            loss=(losses if task.loss.summed else losses * (sizes / batches.size)).sum(1).tolist(),
            rate=task.optimizer.rates(ends[:epochs], task.total_steps).tolist(),
        )
        if task.answers is not None:
            self.note(accuracy=(hits.sum(1) / batches.size).tolist())

    def weigh(self, loss: float, patience: int) -> None:
        """Keep the numbers of the smallest validation loss; end the training after `patience` epochs without one."""
        if loss < self.best_loss:
            self.best, self.best_loss, self.waited = self.vectors.copy(), loss, 0
            return
        self.waited += 1
        if self.waited >= patience:
            self.ended = f"early stopping: no better for {self.waited} epochs"

    def to_checkpoint(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """The run as one document for JSON and named arrays."""
        document = {"step": self.step, "earlier": self.earlier, "waited": self.waited, "ended": self.ended}
        tensors = {
            "weights": self.vectors.weights,
            "state": self.vectors.state,
            "slots": self.slots,
            "losses": self.losses,
            "hits": self.hits,
            "bounds": np.array([self.first_loss, self.best_loss]),  # may be infinite, which JSON is not
        }
        tensors |= {f"{HISTORY}{name}": np.array(values) for name, values in self.history.items()}
        if self.best is not None:
            tensors |= {"best_weights": self.best.weights, "best_state": self.best.state}
        return document, tensors

    @classmethod
    def from_checkpoint(cls, document: dict[str, Any], tensors: dict[str, Array]) -> Run:
        """The run that `to_checkpoint` wrote down, bit for bit."""
        best = Vectors(tensors["best_weights"], tensors["best_state"]) if "best_weights" in tensors else None
        first_loss, best_loss = tensors["bounds"].tolist()
        return cls(
            vectors=Vectors(tensors["weights"], tensors["state"]).copy(),
            slots=tensors["slots"].copy(),
            step=document["step"],
            earlier=document.get("earlier", 0),  # 0.1.0 wrote none
            losses=tensors["losses"],
            hits=tensors["hits"],
            first_loss=first_loss,
            history={
                name.removeprefix(HISTORY): values.tolist()
                for name, values in tensors.items()
                if name.startswith(HISTORY)
            },
            best=best,
            best_loss=best_loss,
            waited=document["waited"],
            ended=document["ended"],
        )
