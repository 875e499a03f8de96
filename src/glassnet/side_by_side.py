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
from glassnet.recipe import Recipe
from glassnet.training import RUNAWAY

MOST_STEPS = 2**16  # of a training: what every step of all networks comes to lies in memory


@dataclass(frozen=True)
class Ending:
    """How a training ended: the steps done, why it is over (see Run), and the losses of all its batches."""

    step: int
    ended: str
    losses: Array


class SideBySide:
    """Trains networks of one kind, up to sixteen at a time; `of` makes it. Memory is kept from one call to the next."""

    def __init__(self, lanes: SmallTraining, task: Task, epochs: int, engine: Engine) -> None:
        self.lanes, self.total, self.engine, self.size = lanes, task.total_steps, engine, len(task.x)
        self.orders = np.zeros((self.size * epochs, LANES), np.int64)

    @classmethod
    def of(cls, network: Sequential, data: Dataset, recipe: Recipe, engine: Engine) -> SideBySide | None:
        """For networks like this one; None where each has to be trained by itself.

        Raises
        ------
        As `training`, where network, loss and data do not fit each other.
        """
        total = -(-len(data) // recipe.batch_size) * recipe.epochs
        alone = recipe.validation or recipe.patience is not None or recipe.augmentation is not None
        if alone or total > MOST_STEPS or not isinstance(engine, Cpu):
            return None
        task = fit_task(network, data, recipe.loss, recipe.optimizer, total_steps=total, seed=recipe.seed)
        lanes = None if engine.why_not(task) else SmallTraining.of(task, LANES)
        return None if lanes is None else cls(lanes, task, recipe.epochs, engine)

    def train(self, networks: Sequence[Sequential], recipes: Sequence[Recipe]) -> list[Ending]:
        """Train to the end, or, where a loss runs away, to the last good weights, as `training` does.

        recipes : of each network, alike but for their seeds.
        """
        for order, recipe in zip(self.orders.T, recipes, strict=False):
            batches = Batches(
                self.size, recipe.batch_size, shuffle=recipe.shuffle, seed=recipe.seed, draw=self.engine.permutations
            )
            order[:] = batches.orders(range(recipe.epochs)).reshape(-1)
        cuts = batches.span(0, self.total)[1]
        first = aligned_zeros(networks[0].weight_layout.size * LANES, networks[0].dtype)
        first.reshape(-1, LANES)[:, : len(networks)] = np.stack([one.vectors.weights for one in networks], 1)
        weights, losses = self._after(self.total, first, cuts)
        sizes, most = np.abs(losses), RUNAWAY * (1 + np.abs(losses[0]))
        all_sound = sizes.max() < most.min() and np.isfinite(weights).all()  # else each is looked at
        endings = []
        for lane, network in enumerate(networks):
            own, step, ended = weights[:, lane], self.total, "all epochs done"
            bad = np.zeros(0, bool) if all_sound else ~(sizes[:, lane] < most[lane])
            if bad.any() or not (all_sound or np.isfinite(own).all()):
                runaway = int(bad.argmax()) if bad.any() else self.total
                step, ended = max(runaway - 1, 0), f"diverged at step {runaway + 1}"
                own = self._after(step, first, cuts)[0][:, lane]
            network.vectors = Vectors(aligned_copy(own), network.vectors.state)
            endings.append(Ending(step, ended, losses[:, lane]))
        return endings

    def _after(self, steps: int, first: Array, cuts: Array) -> tuple[Array, Array]:
        """All weights (P, lanes) after so many steps, and the losses (steps, lanes)."""
        weights, losses = aligned_copy(first), np.zeros((steps, LANES))
        self.lanes.run_lanes(weights, 0, self.orders, cuts[: steps + 1], losses)
        return weights.reshape(-1, LANES), losses
