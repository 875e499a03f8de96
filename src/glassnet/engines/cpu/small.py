"""Networks of a few neurons: which they are, and how the kernel that does whole steps is fed."""

from __future__ import annotations

from itertools import accumulate
from math import inf

import numpy as np

from glassnet.arrays import Array, aligned_zeros
from glassnet.engines.cpu.optimizing import is_plain
from glassnet.engines.cpu.running import call_kernel
from glassnet.engines.engine import Span, Task
from glassnet.layers import Activation, Dense
from glassnet.losses import BinaryCrossentropy, MeanSquaredError
from glassnet.model import Vectors

MOST_WEIGHTS = 400  # beyond, the tiles of a tape are faster
SECONDS = 1e-8  # that a weight and a sample take, rather too many
LANES = 16  # networks at a time
FUNCTIONS = {"linear": 0, "relu": 1, "sigmoid": 2, "tanh": 3}


class SmallTraining:
    """Steps of a small network, or of `lanes` (1 or 16) networks of its kind side by side.

    table : its layers as the kernel wants them.
    """

    batch = inf

    def __init__(self, task: Task, table: Array, lanes: int) -> None:
        self.task, self.table, self.lanes = task, table, lanes
        self.kernel = "small.one" if lanes == 1 else "small.many"
        network = task.network
        inputs, outputs, units = int(table[0, 0]), int(table[-1, 1]), int(table[-1, 5] + table[-1, 1])
        sizes = [network.weight_layout.size, units, units, inputs, outputs]
        ends = list(accumulate(-(-size * lanes // LANES) * LANES for size in sizes))  # each begins with a cache line
        room = aligned_zeros(ends[-1], network.dtype)
        self.gradients, *self.rooms = (
            room[start : start + size * lanes] for start, size in zip([0, *ends], sizes, strict=False)
        )
        self.x = np.ascontiguousarray(task.scale(task.x, network.dtype))
        self.t = np.ascontiguousarray(task.t)

    @classmethod
    def of(cls, task: Task, lanes: int = 1) -> SmallTraining | None:
        """For this task; None where its network is not dense layers alone, or not small, or not plainly trained."""
        table = layer_table(task)
        return None if table is None else cls(task, table, lanes)

    def first_steps(self, seconds: float) -> float:
        """How many steps take about so long, rather less; a batch is all samples at most."""
        return seconds / (SECONDS * self.task.network.weight_layout.size * len(self.x))

    def run(self, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train."""
        losses, hits = np.zeros(len(cuts) - 1), np.zeros(len(cuts) - 1, np.int64)
        counted = 0 if self.task.answers is None else hits
        self.run_lanes(vectors.weights, step, rows[:, None], cuts, losses, counted)
        return Span(losses, hits)

    def run_lanes(
        self, weights: Array, step: int, orders: Array, cuts: Array, losses: Array, hits: Array | int = 0
    ) -> None:
        """Train in place on weights (P·lanes,), number k of network l at k·lanes + l.

        orders : (samples, lanes), the samples of each network's batches one after the other.
        losses, hits : (steps, lanes) or more, to which those of each batch are added; 0 where hits are not wanted.
        """
        task, steps = self.task, len(cuts) - 1
        rates = task.optimizer.rates(range(step, step + steps), task.total_steps)
        call_kernel(
            self.kernel,
            self.table, len(self.table), weights, self.gradients, *self.rooms, self.x, self.t,
            np.ascontiguousarray(orders), cuts, steps, losses, hits, rates,
            int(isinstance(task.loss, BinaryCrossentropy)), int(not task.loss.summed),
        )  # fmt: skip


def layer_table(task: Task) -> Array | None:
    """For each dense layer of a small network a row: see kernels/small.py. None for any other task."""
    network = task.network
    small = network.weight_layout.size <= MOST_WEIGHTS and len(network.input_shape) == 1
    if not small or network.penalties() is not None or not _plain(task):
        return None
    rows: list[list[int]] = []
    place = 0
    for k, layer in enumerate(network.layers[: task.depth]):
        if isinstance(layer, Dense):
            (inputs,) = network.shapes[k - 1] if k else network.input_shape
            places = network.weight_layout.places[k]
            bias = places["b"][0].start if layer.use_bias else -1
            rows.append([inputs, layer.units, places["W"][0].start, bias, place, place + inputs, 0])
            place += inputs
        elif isinstance(layer, Activation) and layer.function in FUNCTIONS and rows and not rows[-1][6]:
            rows[-1][6] = FUNCTIONS[layer.function]
        else:
            return None
    return np.array(rows) if rows else None


def _plain(task: Task) -> bool:
    """Whether loss and optimizer are those that the kernel knows."""
    loss = task.loss
    known = type(loss) is MeanSquaredError or (type(loss) is BinaryCrossentropy and loss.from_sums)
    return is_plain(task.optimizer) and known and task.sample_weight is None
