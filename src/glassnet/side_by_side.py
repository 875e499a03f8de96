"""Many small networks that differ in their seed alone: sixteen at a time, each in a lane of the processor's vectors.

What becomes of a network does not depend on how many others there are. It is the same training as by itself, but for
the last digits of its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array, aligned_copy, aligned_zeros
from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import Cpu, Engine, Task, fit_task
from glassnet.engines.cpu.small import LANES, SmallTraining
from glassnet.model import Sequential, Vectors
from glassnet.randomness import Purpose
from glassnet.recipe import Recipe
from glassnet.training import RUNAWAY

MOST_STEPS = 2**16  # of a training: what every step of all networks comes to lies in memory


@dataclass(frozen=True)
class Ending:
    """How a training ended: the steps done, and why it is over (see Run)."""

    step: int
    ended: str


class SideBySide:
    """Trains networks of one kind, up to sixteen at a time; `of` makes it. Memory is kept from one call to the next.

    losses : (steps, 16), of all batches of each network in the last call.
    """

    def __init__(self, lanes: SmallTraining, task: Task, recipe: Recipe, engine: Cpu) -> None:
        self.lanes, self.total, self.recipe, self.engine, self.size = (
            lanes,
            task.total_steps,
            recipe,
            engine,
            len(task.x),
        )
        self.epochs = np.arange(recipe.epochs)
        self.cuts = Batches(self.size, recipe.batch_size, shuffle=False, seed=0).span(0, self.total)[1]
        self.losses = np.zeros((self.total, LANES))

    @classmethod
    def of(cls, network: Sequential, data: Dataset, recipe: Recipe, engine: Engine) -> SideBySide | None:
        """For networks like this one; None where each has to be trained by itself.

        Raises
        ------
        As `training`, where network, loss and data do not fit each other.
        """
        total = -(-len(data) // recipe.batch_size) * recipe.epochs
        alone = recipe.validation or recipe.patience is not None or recipe.augmentation is not None
        if alone or recipe.precision != "float32" or total > MOST_STEPS or not isinstance(engine, Cpu):
            return None
        task = fit_task(network, data, recipe.loss, recipe.optimizer, total_steps=total, seed=recipe.seed)
        lanes = None if engine.why_not(task) else SmallTraining.of(task, LANES)
        return None if lanes is None else cls(lanes, task, recipe, engine)

    def train(self, networks: Sequence[Sequential], recipes: Sequence[Recipe]) -> list[Ending]:
        """Train to the end, or, where a loss runs away, to the last good weights, as `training` does.

        recipes : of each network, alike but for their seeds.
        """
        orders = self._orders([recipe.seed for recipe in recipes] + [0] * (LANES - len(recipes)))
        first = aligned_zeros(networks[0].weight_layout.size * LANES, networks[0].dtype)
        for column, network in zip(first.reshape(-1, LANES).T, networks, strict=False):
            column[:] = network.vectors.weights
        losses = self.losses
        losses[:] = 0
        weights = self._after(first, orders, self.cuts, losses)
        most = RUNAWAY * (1 + np.abs(losses[0]))
        all_sound = max(losses.max(), -losses.min()) < most.min() and np.isfinite(weights).all()
        endings = []
        for lane, network in enumerate(networks):
            own, step, ended = weights[:, lane], self.total, "all epochs done"
            bad = np.zeros(0, bool) if all_sound else ~(np.abs(losses[:, lane]) < most[lane])
            if bad.any() or not (all_sound or np.isfinite(own).all()):
                runaway = int(bad.argmax()) if bad.any() else self.total
                step, ended = max(runaway - 1, 0), f"diverged at step {runaway + 1}"
                own = self._after(first, orders, self.cuts[: step + 1], np.zeros((step, LANES)))[:, lane]
            network.vectors = Vectors(aligned_copy(own), network.vectors.state)
            endings.append(Ending(step, ended))
        return endings

    def _orders(self, seeds: Sequence[int]) -> Array:
        """The samples of all batches of each seed (samples, seeds)."""
        if self.recipe.shuffle:
            orders = self.engine.permutations_side_by_side(seeds, Purpose.ORDER, self.epochs, self.size)
        else:
            orders = np.broadcast_to(np.arange(self.size)[:, None], (len(self.epochs), self.size, len(seeds)))
        return orders.reshape(-1, len(seeds))

    def _after(self, first: Array, orders: Array, cuts: Array, losses: Array) -> Array:
        """All weights (P, lanes) after the steps between these cuts, whose losses are added to `losses`."""
        weights = aligned_copy(first)
        self.lanes.run_lanes(weights, 0, orders, cuts, losses)
        return weights.reshape(-1, LANES)
