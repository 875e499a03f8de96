"""The protocol of an engine, and what it is given to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from glassnet.arrays import Array
from glassnet.losses import Loss
from glassnet.model import Sequential, Vectors
from glassnet.optimizers import Optimizer
from glassnet.preparation import Scale
from glassnet.randomness import Purpose

# Of the products of a training. bf16: dense layers and convolutions multiply numbers rounded to bf16 where that is
# faster; what they are added up in, weights and optimizers stay in float32.
PRECISIONS = ("float32", "bf16")


@dataclass(frozen=True)
class Task:
    """Everything about a training that stays the same from its first step to its last.

    network : the layers; `depth` of them are walked through, and `loss` receives what they give.
    x : (N, …) samples as recorded, which `scale` turns into numbers, batch by batch.
    t : targets as the loss wants them.   answers : (N,) the true classes, None where there are none.
    sample_weight : (N,) or None.   total_steps : over all epochs.   seed : of dropout masks.
    batch_size : samples of a whole batch, where that is known.   precision : of products, see PRECISIONS.
    """

    network: Sequential
    depth: int
    loss: Loss
    optimizer: Optimizer
    x: Array
    scale: Scale
    t: Array
    answers: Array | None
    sample_weight: Array | None
    total_steps: int
    seed: int
    batch_size: int | None = None
    precision: str = "float32"


@dataclass(frozen=True)
class Span:
    """What came of a number of batches: the objective of each, and how many of its samples were answered rightly."""

    losses: Array
    hits: Array


class Engine(Protocol):
    """What computes. Every engine gives the same numbers as `reference`, within its stated tolerance."""

    name: str
    threads: int  # the most that it works with by itself

    def why_not(self, task: Task) -> str:
        """Why this engine leaves a task to the reference, wholly; "" where it does not."""
        ...

    def prepare(self, task: Task) -> None:
        """Whatever has to be done once for tasks of this kind, which may take seconds."""
        ...

    def permutations(self, seed: int, purpose: Purpose, steps: Array, size: int) -> Array:
        """See randomness.permutations: the same orders."""
        ...

    def first_steps(self, task: Task, seconds: float) -> float:
        """How many steps to begin with where a span shall take about `seconds`, and nothing is measured yet."""
        ...

    def train(self, task: Task, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """Train through batches of samples, in place on `vectors` and `slots` (slots, P).

        step : the number of the first of these steps.   rows : the samples of all batches, one after the other.
        cuts : (batches + 1,) where in `rows` each batch begins; the last entry is the end.
        """
        ...

    def forward(self, network: Sequential, vectors: Vectors, x: Array, depth: int | None = None) -> Array:
        """Outputs of the first `depth` layers (None: all), outside training, for x (N, …) in the network's type."""
        ...
