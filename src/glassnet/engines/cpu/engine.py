"""The compiled engine."""

from __future__ import annotations

import os
import threading
from math import prod
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer
from glassnet.engines.cpu.optimizing import OWN, optimizer_operations, step_table
from glassnet.engines.cpu.planning import CHUNKS, Plan, fits, plan_layers
from glassnet.engines.cpu.running import WORTH, Pace, run_steps
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

    def __init__(self, task: Task, batch: int, threads: int) -> None:
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
        self.pace = Pace(threads, 3 * batch * plan.work)


def first_waits(phase: list[Operation]) -> list[Operation]:
    """A phase begins when all threads have ended the one before."""
    first = phase[0]
    return [Operation(first.kernel, first.fields, first.units, wait=True), *phase[1:]]


class Prediction:
    """A tape for the way forward through the first `depth` layers, for up to `batch` samples at a time."""

    def __init__(self, network: Sequential, depth: int, batch: int) -> None:
        self.network, self.depth, self.batch = network, depth, batch
        plan = Plan(network, batch, training=False)
        y, _ = plan_layers(plan, depth, Place("x"))
        size = prod(network.shapes[depth - 1])
        plan.forward.append(Operation("activation.linear_forward", (y, Place("result"), size), SAMPLES))
        plan.tape.finish(plan.forward)
        self.tape, self.work = plan.tape, plan.work
        self.blocks = {"zeros": np.zeros(plan.zeros_size, network.dtype), "gradient": np.zeros(1, network.dtype)}


class Cpu:
    """Compiled kernels on several threads. The same seed gives the same bits on a machine for every number of threads.

    Parameters
    ----------
    threads : the most that work at a time; None for as many as there are cores. It works with one where that is faster.
    """

    name = "cpu"

    def __init__(self, threads: int | None = None) -> None:
        if threads is not None:
            check_integer("Cpu", "threads", threads)
        self.threads = min(threads or os.cpu_count() or 1, CHUNKS)
        self._training: Training | None = None
        self._own = threading.local()  # of each thread that predicts: its last tape

    def why_not(self, task: Task) -> str:
        """Why this engine cannot run a task; "" where it can."""
        network = task.network
        if network.dtype != np.float32:
            return f"it computes in float32, and the network is in {network.dtype}"
        for name, layer in zip(network.names[: task.depth], network.layers[: task.depth], strict=True):
            if not fits(layer):
                return f"it has no kernel for {name}"
        if type(task.loss) not in LOSSES or (task.loss.labels == "index" and task.t.ndim != 1):
            return f"it has no kernel for the loss {type(task.loss).__name__}"
        if type(task.optimizer) not in OWN:
            return f"it has no kernel for the optimizer {type(task.optimizer).__name__}"
        return ""

    def train(self, task: Task, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train. A task that this engine cannot run is run by the reference, wholly."""
        if self.why_not(task):
            return Reference().train(task, vectors, slots, step, rows, cuts)
        batch = int(np.diff(cuts).max())
        if self._training is None or self._training.task is not task or self._training.batch < batch:
            self._training = Training(task, batch, self.threads)
        training = self._training
        count = len(cuts) - 1
        losses, hits = np.zeros(count), np.zeros(count, np.int64)
        rows, cuts = np.ascontiguousarray(rows, np.int64), np.ascontiguousarray(cuts, np.int64)
        moving = {
            "weights": vectors.weights,
            "state": vectors.state,
            "slots": slots,
            "losses": losses,
            "hits": hits,
            "table": step_table(task.optimizer, step, count, task.total_steps),
        }
        with training.tape.bound({**training.blocks, **moving}) as operations:
            training.pace.run(operations, rows, cuts, step)
        return Span(losses, hits)

    def forward(self, network: Sequential, vectors: Vectors, x: Array, depth: int | None = None) -> Array:
        """See Engine.forward."""
        depth = len(network.layers) if depth is None else depth
        layers = network.layers[:depth]
        if network.dtype != np.float32 or not all(fits(layer) for layer in layers):
            return Reference().forward(network, vectors, x, depth)
        result = np.empty((len(x), *network.shapes[depth - 1]), network.dtype)
        if not len(x):
            return result
        kept: Prediction | None = getattr(self._own, "prediction", None)
        if kept is None or kept.network is not network or kept.depth != depth or kept.batch < len(x):
            kept = self._own.prediction = Prediction(network, depth, len(x))
        blocks = {**kept.blocks, "x": np.ascontiguousarray(x), "result": result}
        blocks |= {"weights": vectors.weights, "state": vectors.state}
        threads = self.threads if kept.work * len(x) > 50 * WORTH else 1
        with kept.tape.bound(blocks) as operations:
            run_steps(operations, np.arange(len(x)), np.array([0, len(x)]), 0, 1, 0, threads)
        return result
