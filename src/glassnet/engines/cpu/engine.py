"""The compiled engine."""

from __future__ import annotations

import threading
from math import prod
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.optimizing import optimizer_operations, step_table
from glassnet.engines.cpu.planning import Plan, plan_layers
from glassnet.engines.cpu.tape import SAMPLES, Operation, Place
from glassnet.engines.engine import Span, Task
from glassnet.engines.reference import Reference
from glassnet.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
    Perceptron,
)
from glassnet.model import Sequential, Vectors

LOSSES: dict[type[Loss], str] = {
    MeanSquaredError: "mean_squared_error",
    BinaryCrossentropy: "binary_crossentropy",
    CategoricalCrossentropy: "categorical_crossentropy",
    Perceptron: "perceptron",
}


def loss_kernel(loss: Loss) -> str:
    """The name of the kernel of a loss."""
    return f"loss.{LOSSES[type(loss)]}" + "_from_sums" * bool(getattr(loss, "from_sums", False))


class Training:
    """A tape for the steps of a task."""

    def __init__(self, task: Task, batch: int) -> None:
        self.task, self.batch = task, batch
        network = task.network
        plan = Plan(network, batch, training=True, seed=task.seed)
        size, outputs = prod(network.input_shape), prod(network.shapes[task.depth - 1])
        x = plan.numbers(network.input_shape)
        scale = task.scale
        data = np.ascontiguousarray(task.x)
        if data.dtype == np.uint8 and not isinstance(scale.factor, tuple) and not isinstance(scale.offset, tuple):
            numbers = (Place("data"), x, size, float(scale.offset), float(scale.factor))
            plan.forward.append(Operation("samples.from_bytes", numbers, SAMPLES))
        else:
            data = np.ascontiguousarray(scale(data, network.dtype))
            plan.forward.append(Operation("samples.from_numbers", (Place("data"), x, size), SAMPLES))
        y, back_through = plan_layers(plan, task.depth, x)
        dy = plan.numbers((outputs,))
        losses, hits = plan.tape.room(batch), plan.tape.room(batch, np.int64)
        divide = int(not task.loss.summed)
        self.blocks = {
            "data": data,
            "targets": np.ascontiguousarray(task.t),
            "gradient": np.zeros(network.weight_layout.size + 16, network.dtype),
        }
        answers: Any = 0
        weights: Any = 0
        if task.answers is not None:
            self.blocks["answers"], answers = np.ascontiguousarray(task.answers), Place("answers")
        if task.sample_weight is not None:
            self.blocks["sample_weight"], weights = np.ascontiguousarray(task.sample_weight), Place("sample_weight")
        fields = (y, Place("targets"), dy, losses, hits, answers, weights, outputs, divide)
        middle = [Operation(loss_kernel(task.loss), fields, SAMPLES)]
        back_through(dy)
        plan.after.append(Operation("loss.total", (losses, hits, Place("losses"), Place("hits"), divide), 1))
        steps = optimizer_operations(plan, task.optimizer)
        self.blocks["decays"] = network.decays()
        self.blocks["zeros"] = np.zeros(plan.zeros_size, network.dtype)
        phases = [plan.before, plan.forward + middle + plan.backward, plan.after, *steps]
        plan.tape.finish([op for phase in phases if phase for op in first_waits(phase)])
        self.tape = plan.tape


def first_waits(phase: list[Operation]) -> list[Operation]:
    """A phase begins when all threads have ended the one before."""
    first = phase[0]
    return [Operation(first.kernel, first.fields, first.units, wait=True), *phase[1:]]


class Cpu:
    """Compiled kernels on several threads. The same seed gives the same bits on a machine for every number of threads.

    Parameters
    ----------
    threads : how many work at a time.
    """

    name = "cpu"

    def __init__(self, threads: int = 1) -> None:
        self.threads = threads
        self._training: Training | None = None
        self._reference = Reference()

    def train(self, task: Task, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train."""
        batch = int(np.diff(cuts).max())
        if self._training is None or self._training.task is not task or self._training.batch < batch:
            self._training = Training(task, batch)
        training = self._training
        count = len(cuts) - 1
        losses, hits = np.zeros(count), np.zeros(count, np.int64)
        rows, cuts = np.ascontiguousarray(rows, np.int64), np.ascontiguousarray(cuts, np.int64)
        table = step_table(task.optimizer, step, count, task.total_steps)
        blocks = {
            **training.blocks,
            "weights": vectors.weights,
            "state": vectors.state,
            "slots": slots,
            "losses": losses,
            "hits": hits,
            "table": table,
        }
        operations, fields = training.tape.bind(blocks)
        run_span(operations, rows, cuts, step, self.threads)
        del fields
        return Span(losses, hits)

    def forward(self, network: Sequential, vectors: Vectors, x: Array, depth: int | None = None) -> Array:
        """See Engine.forward."""
        depth = len(network.layers) if depth is None else depth
        plan = Plan(network, len(x), training=False)
        y, _ = plan_layers(plan, depth, Place("x"))
        result = np.zeros((len(x), *network.shapes[depth - 1]), network.dtype)
        size = prod(network.shapes[depth - 1])
        plan.forward.append(Operation("activation.linear_forward", (y, Place("result"), size), SAMPLES))
        plan.tape.finish(plan.forward)
        blocks = {
            "x": np.ascontiguousarray(x),
            "result": result,
            "weights": vectors.weights,
            "state": vectors.state,
            "gradient": result,
            "zeros": np.zeros(plan.zeros_size, network.dtype),
        }
        operations, fields = plan.tape.bind(blocks)
        run_span(operations, np.arange(len(x)), np.array([0, len(x)]), 0, 1)
        del fields
        return result


def run_span(operations: Array, rows: Array, cuts: Array, step: int, threads: int) -> None:
    """Run all steps on this many threads."""
    import ctypes

    kernel = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_int64] * 6)(compiling.address("span.run"))
    meeting = np.zeros(16, np.int64)
    row = np.array(
        [operations.ctypes.data, len(operations), len(cuts) - 1, cuts.ctypes.data, rows.ctypes.data, step,
         meeting.ctypes.data]
    )  # fmt: skip
    nows = np.zeros((threads, 16), np.int64)
    nows[:, 6] = np.arange(threads)
    nows[:, 5] = compiling.address("product.product")
    nowhere = meeting.ctypes.data + 64
    nows[:, 4] = nows.ctypes.data + nows.strides[0] * np.arange(threads)
    work = [
        threading.Thread(target=kernel, args=(nowhere, nowhere, int(nows[k, 4]), row.ctypes.data, k, threads))
        for k in range(1, threads)
    ]
    for one in work:
        one.start()
    kernel(nowhere, nowhere, int(nows[0, 4]), row.ctypes.data, 0, threads)
    for one in work:
        one.join()
