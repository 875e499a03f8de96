"""One dense layer that learns from one sample at a time: which tasks are so, and how their kernel is fed."""

from __future__ import annotations

from math import prod

import numpy as np

from glassnet.arrays import Array, aligned_zeros
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.optimizing import is_plain
from glassnet.engines.cpu.running import as_row, call_kernel
from glassnet.engines.cpu.taped import loss_kernel
from glassnet.engines.engine import Span, Task
from glassnet.layers import Dense, Flatten
from glassnet.model import Vectors

SECONDS = 1e-9  # that a weight takes, rather too many


class SingleTraining:
    """Steps of one dense layer, a sample each."""

    batch, kernel = 1, "single.steps"

    def __init__(self, task: Task) -> None:
        self.task = task
        network, scale = task.network, task.scale
        self.inputs, self.outputs = prod(network.input_shape), prod(network.shapes[task.depth - 1])
        plain = not isinstance(scale.factor, tuple) and not isinstance(scale.offset, tuple)
        self.as_bytes = task.x.dtype == np.uint8 and plain
        self.data = np.ascontiguousarray(task.x if self.as_bytes else scale(task.x, network.dtype))
        self.numbers = (float(scale.offset), float(scale.factor)) if self.as_bytes else (0.0, 1.0)  # type: ignore[arg-type]
        self.V = aligned_zeros(network.weight_layout.size, network.dtype)
        self.x, self.y, self.dy = (aligned_zeros(n, network.dtype) for n in (self.inputs, self.outputs, self.outputs))
        self.loss, self.hit, self.now = np.zeros(1, np.float32), np.zeros(1, np.int64), np.zeros(16, np.int64)
        told = (task.t, task.answers, task.sample_weight)
        self.told = [0 if array is None else np.ascontiguousarray(array) for array in told]
        targets, answers, weights = self.told
        self.loss_kernel = compiling.address(loss_kernel(task.loss))
        self.loss_row = as_row(
            self.y, targets, self.dy, self.loss, self.hit, answers, weights, self.outputs, int(not task.loss.summed)
        )  # fmt: skip

    @classmethod
    def of(cls, task: Task) -> SingleTraining | None:
        """For this task; None where it is another one."""
        layers = [layer for layer in task.network.layers[: task.depth] if not isinstance(layer, Flatten)]
        single = len(layers) == 1 and isinstance(layers[0], Dense) and task.batch_size == 1
        return cls(task) if single and is_plain(task.optimizer) and task.network.penalties() is None else None

    def first_steps(self, seconds: float) -> float:
        """How many steps take about so long, rather less."""
        return seconds / (SECONDS * self.V.size)

    def run(self, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train."""
        places = next(place for place in self.task.network.weight_layout.places if place)
        W = vectors.weights[places["W"][0]]
        b = vectors.weights[places["b"][0]] if "b" in places else 0
        losses, hits = np.zeros(len(rows)), np.zeros(len(rows), np.int64)
        rates = self.task.optimizer.rates(range(step, step + len(rows)), self.task.total_steps)
        call_kernel(
            self.kernel,
            self.data, int(self.as_bytes), *self.numbers, self.x, W, self.V, b, self.y, self.dy,
            self.loss_kernel, self.loss_row, self.loss, self.hit, rows, losses, hits, rates,
            self.inputs, self.outputs, self.now, units=len(rows),
        )  # fmt: skip
        return Span(losses, hits)
