"""A training step by the compiled engine beside the same step in float64, from the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from glassnet.arrays import Array
from glassnet.data.batches import Batches
from glassnet.engines import Reference, Task
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.reference import backward, contexts, forward
from glassnet.model import Sequential, Vectors
from glassnet.optimizers import SGD

TIE = 1e-5  # outputs that lie nearer to each other may be put in either order


@dataclass(frozen=True)
class Moment:
    """The reference's numbers before a step, and the samples that the step takes."""

    step: int
    vectors: Vectors
    slots: Array
    batch: Array


def start(task: Task) -> tuple[Vectors, Array]:
    """First weights, and slots that hold nothing."""
    vectors = task.network.vectors.copy()
    return vectors, np.zeros((task.optimizer.slots, vectors.weights.size), vectors.weights.dtype)


def moments(task: Task, batches: Batches, steps: int) -> Iterator[Moment]:
    """The reference's way through the first steps of a training, from one to the next."""
    vectors, slots = start(task)
    for step in range(steps):
        rows, cuts = batches.span(step, 1)
        yield Moment(step, vectors.copy(), slots.copy(), rows)
        Reference().train(task, vectors, slots, step, rows, cuts)


def one_step(engine: Cpu | Reference, task: Task, moment: Moment) -> tuple[Vectors, Array, float, int]:
    """Vectors and slots after a step from there, its objective and its hits."""
    vectors, slots = moment.vectors.copy(), moment.slots.copy()
    cuts = np.array([0, len(moment.batch)])
    span = engine.train(task, vectors, slots, moment.step, moment.batch, cuts)
    return vectors, slots, float(span.losses[0]), int(span.hits[0])


def probing(task: Task) -> Task:
    """The task with an optimizer whose first slot holds −gradient, to the last bit, after a step from nothing."""
    return replace(task, optimizer=SGD(1.0, momentum=0.5))


def gradient_of(engine: Cpu | Reference, probe: Task, moment: Moment) -> tuple[Array, float, int]:
    """The gradient at a moment, the objective and the hits, by an engine that is given the probing task."""
    nothing = np.zeros((1, moment.vectors.weights.size), np.float32)
    _, slots, loss, hits = one_step(engine, probe, replace(moment, slots=nothing))
    return -slots[0], loss, hits


def true_gradient(task: Task, moment: Moment) -> tuple[Array, float, int, int]:
    """The same in float64, and how many of the samples lie so near a tie that either answer is right."""
    network = Sequential(task.network.layers, task.network.input_shape, dtype="float64", seed=None)
    p = network.weight_layout.views(moment.vectors.weights.astype(np.float64))
    s = network.state_layout.views(moment.vectors.state.astype(np.float64))
    x = task.scale(task.x[moment.batch], np.float64)
    y, saved = forward(network.layers[: task.depth], p, s, x, contexts(task, moment.step))
    t = task.t[moment.batch]
    weight = None if task.sample_weight is None else task.sample_weight[moment.batch].astype(np.float64)
    loss, dy = task.loss(y, t if t.dtype.kind == "i" else t.astype(np.float64), weight)
    gradient = np.zeros(network.weight_layout.size)
    grads = backward(network.layers[: task.depth], p, saved, dy)
    for views, layer in zip(network.weight_layout.views(gradient), grads, strict=False):
        for name, grad in layer.items():
            views[name][...] = grad
    if task.answers is None:
        return gradient, float(loss), 0, 0
    hits = task.loss.decide(y) == task.answers[moment.batch]
    moved = [
        task.loss.decide(y + TIE * side * (np.arange(y.shape[1]) == k)) for k in range(y.shape[1]) for side in (-1, 1)
    ]
    unsure = (np.array(moved) != task.loss.decide(y)).any(0)
    return gradient, float(loss), int(np.count_nonzero(hits & ~unsure)), int(np.count_nonzero(unsure))


def assert_same_gradient(task: Task, moment: Moment, got: Array, wanted: Array) -> None:
    """Tensor by tensor ‖a − b‖ ≤ 10⁻⁵·‖b‖ + 10⁻⁷.

    Where terms cancel (the bias before a batch normalisation has the gradient 0, the sum of many numbers), no float32
    comes so near: there the whole layer's gradient is the measure, and four times the error of the float32 reference.
    """
    layout = task.network.weight_layout
    a, b = layout.named(got), layout.named(wanted)
    far = [name for name in b if _length(a[name] - b[name]) > 1e-5 * _length(b[name]) + 1e-7]
    if not far:
        return
    plain = layout.named(gradient_of(Reference(), probing(task), moment)[0])
    for name in far:
        layer = [other for other in b if other.split(".")[0] == name.split(".")[0]]
        error, size = _length(a[name] - b[name]), max(_length(b[other]) for other in layer)
        assert error <= 1e-5 * size + 1e-7 + 4 * _length(plain[name] - b[name]), (
            f"{name}: {error:.2g} beside {size:.2g}"
        )


def _length(tensor: Array) -> float:
    return float(np.linalg.norm(tensor))


def assert_parity(task: Task, batches: Batches, steps: int, engine: Cpu | None = None) -> None:
    """Every gradient and the hits of `steps` steps, each from the reference's numbers; as many free steps to 10⁻³."""
    engine = engine or Cpu(1)
    probe = probing(task)
    objectives = []
    for moment in moments(task, batches, steps):
        got, loss, hits = gradient_of(engine, probe, moment)
        wanted, objective, sure, unsure = true_gradient(task, moment)
        objectives.append(objective)
        assert_same_gradient(task, moment, got, wanted)
        assert abs(loss - objective) <= 1e-5 * max(1, abs(objective)), f"step {moment.step}"
        assert sure <= hits <= sure + unsure, f"step {moment.step}"
    vectors, slots = start(task)
    span = engine.train(task, vectors, slots, 0, *batches.span(0, steps))
    errors = np.abs(span.losses - objectives) / np.maximum(1, np.abs(objectives))
    if errors.max() > 1e-3:  # ties that fall another way lead apart: how far from first weights that hardly differ?
        vectors, slots = start(task)
        vectors.weights[:] *= 1 + 1e-7 * np.random.default_rng(0).normal(size=vectors.weights.size)
        nudged = Reference().train(task, vectors, slots, 0, *batches.span(0, steps)).losses
        assert errors.max() <= 4 * (np.abs(nudged - objectives) / np.maximum(1, np.abs(objectives))).max()
