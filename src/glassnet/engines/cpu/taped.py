"""Training and prediction over a tape."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from glassnet.arrays import Array, aligned_zeros
from glassnet.engines.cpu.optimizing import optimizer_operations, penalty_operations, step_table
from glassnet.engines.cpu.planning import Plan, plan_layers
from glassnet.engines.cpu.running import Pace, Steps, run_steps
from glassnet.engines.cpu.tape import SAMPLES, Bound, Operation, Place
from glassnet.engines.engine import Span, Task
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError, Perceptron
from glassnet.model import Sequential, Vectors

LOSSES: dict[type[Loss], str] = {
    MeanSquaredError: "mean_squared_error",
    BinaryCrossentropy: "binary_crossentropy",
    CategoricalCrossentropy: "categorical_crossentropy",
    Perceptron: "perceptron",
}
SEEN, SPARSE = 64, 1 / 3  # samples that are looked at, and of their numbers the share that makes lists worth it


def loss_kernel(loss: Loss) -> str:
    """The name of the kernel of a loss."""
    form = next((form for form in ("from_sums", "normalize") if getattr(loss, form, False)), "")
    return f"loss.{LOSSES[type(loss)]}{'_' * bool(form)}{form}"


class TapeTraining:
    """A tape for the steps of a task, in batches of up to `batch` samples."""

    def __init__(self, task: Task, batch: int, threads: int) -> None:
        self.task, self.batch = task, batch
        network = task.network
        plan = Plan(network, batch, training=True, seed=task.seed, precision=task.precision)
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
        if np.count_nonzero(scale(task.x[:SEEN], network.dtype)) < SPARSE * size * len(task.x[:SEEN]):
            plan.mostly_zero = x
        y, back_through = plan_layers(plan, task.depth, x)
        dy = plan.numbers((outputs,))
        losses, hits = plan.tape.room(batch), plan.tape.room(batch, np.int64)
        divide = int(not task.loss.summed)
        self.blocks = {
            "data": data,
            "targets": np.ascontiguousarray(task.t),
            "gradient": aligned_zeros(network.weight_layout.size + 16, network.dtype),
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
        penalties, penalizing = penalty_operations(plan, self.blocks)
        total = (losses, hits, Place("losses"), Place("hits"), divide, *penalties)
        steps = optimizer_operations(plan, task.optimizer)
        steps[0].append(Operation("loss.total", total, 1))
        self.blocks["decays"] = network.decays()
        self.blocks["zeros"] = np.zeros(plan.zeros_size, network.dtype)
        phases = [plan.before, plan.forward + middle + plan.backward, plan.after, penalizing, *steps]
        plan.tape.finish([op for phase in phases if phase for op in first_waits(phase)])
        self.tape = plan.tape
        self.pace = Pace(threads, 3 * batch * plan.work)

    def run(self, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train."""
        task, count = self.task, len(cuts) - 1
        losses, hits = np.zeros(count), np.zeros(count, np.int64)
        moving = {
            "weights": vectors.weights,
            "state": vectors.state,
            "slots": slots,
            "losses": losses,
            "hits": hits,
            "table": step_table(task.optimizer, step, count, task.total_steps),
        }
        bound = Bound(self.tape, {**self.blocks, **moving})
        self.pace.run(bound.operations, rows, cuts, step)
        return Span(losses, hits)


def first_waits(phase: list[Operation]) -> list[Operation]:
    """A phase begins when all threads have ended the one before."""
    first = phase[0]
    return [Operation(first.kernel, first.fields, first.units, wait=True), *phase[1:]]


class Prediction:
    """A tape for the way forward through the first `depth` layers, for up to `batch` samples at a time.

    It stays bound to the vectors that it was last run with. Every thread that predicts has one of its own.
    """

    def __init__(self, network: Sequential, depth: int, batch: int) -> None:
        self.network, self.depth, self.batch = network, depth, batch
        plan = Plan(network, batch, training=False)
        x, size = plan.numbers(network.input_shape), prod(network.input_shape)
        plan.forward.append(Operation("samples.from_numbers", (Place("x"), x, size), SAMPLES))
        y, _ = plan_layers(plan, depth, x)
        size = prod(network.shapes[depth - 1])
        plan.forward.append(Operation("samples.to_numbers", (Place("result"), y, size), SAMPLES))
        plan.tape.finish(plan.forward)
        self.tape, self.work = plan.tape, plan.work
        self.zeros = np.zeros(plan.zeros_size, network.dtype)
        self.rows, self.cuts = np.arange(batch), np.zeros(2, np.int64)
        self.vectors: Vectors | None = None

    def run(self, vectors: Vectors, x: Array, threads: int) -> Array:
        """See Engine.forward.

        Threads need not wait for each other: each goes its way with its part of every batch. A last batch with fewer
        samples has other parts, so that it comes when the others are done.
        """
        result = np.empty((len(x), *self.network.shapes[self.depth - 1]), self.network.dtype)
        if self.vectors is not vectors:
            arrays = {"weights": vectors.weights, "state": vectors.state, "zeros": self.zeros, "x": x, "result": result}
            self.vectors, self.bound = vectors, Bound(self.tape, arrays)
            self.alone = Steps(self.bound.operations, self.rows, self.cuts, 0, 1, 0, 1)
        self.bound.move("x", x)
        self.bound.move("result", result)
        if threads == 1 and len(x) <= self.batch:
            self.cuts[1] = len(x)
            self.alone(0)
        else:
            rows, cuts = np.arange(len(x)), np.append(np.arange(0, len(x), self.batch), len(x))
            alike = len(x) // self.batch
            run_steps(self.bound.operations, rows, cuts, 0, alike, 0, threads)
            if len(x) % self.batch:
                run_steps(self.bound.operations, rows, cuts, alike, 1, 0, threads)
        return result
