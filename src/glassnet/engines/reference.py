"""The reference engine: walks the layers forward and backward, in NumPy, one batch after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from glassnet import randomness
from glassnet.arrays import Array, Params
from glassnet.engines.engine import Span, Task
from glassnet.layers import Context, Layer
from glassnet.layers.layer import Saved
from glassnet.losses.penalty import penalty
from glassnet.model import Sequential, Vectors
from glassnet.randomness import Purpose

AT_ONCE = 256  # samples on the way forward: what is between two layers takes much memory


def forward(
    layers: Sequence[Layer], p: Sequence[Params], s: Sequence[Params], x: Array, contexts: Sequence[Context]
) -> tuple[Array, list[Saved]]:
    """The outputs of the last of `layers`, and what each layer saved for the way back."""
    saved = []
    for layer, params, state, context in zip(layers, p, s, contexts, strict=False):
        x, kept = layer.forward(params, state, x, context)
        saved.append(kept)
    return x, saved


def backward(layers: Sequence[Layer], p: Sequence[Params], saved: Sequence[Saved], dy: Array) -> list[Params]:
    """The gradient of every parameter, layer by layer; the first layer owes no gradient of its input."""
    grads: list[Params] = [{}] * len(layers)
    gradient: Array | None = dy
    for k in reversed(range(len(layers))):
        assert gradient is not None  # every layer but the first was asked for it
        gradient, grads[k] = layers[k].backward(p[k], saved[k], gradient, dx_wanted=k > 0)
    return grads


def contexts(task: Task, step: int) -> list[Context]:
    """For each layer of a training step, its random words."""
    draw = partial(randomness.words, task.seed, Purpose.DROPOUT, step)
    return [Context(training=True, words=partial(draw, k)) for k in range(task.depth)]


def no_words(count: int) -> Array:
    """Outside training nothing is random."""
    raise AssertionError("a layer asked for random words outside training")


class Reference:
    """NumPy, layer by layer: the engine that the others are held against."""

    name = "reference"
    threads = 1

    def why_not(self, task: Task) -> str:
        """See Engine.why_not."""
        if task.precision != "float32":
            return "it computes in the type of the network"
        return ""

    def prepare(self, task: Task) -> None:
        """See Engine.prepare: there is nothing to do."""

    def permutations(self, seed: int, purpose: Purpose, steps: Array, size: int) -> Array:
        """See Engine.permutations."""
        return randomness.permutations(seed, purpose, steps, size)

    def first_steps(self, task: Task, seconds: float) -> float:
        """See Engine.first_steps: one tells."""
        return 1

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # training that runs away is told of by the loss
    def train(self, task: Task, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train."""
        network, layers = task.network, task.network.layers[: task.depth]
        p = network.weight_layout.views(vectors.weights)
        s = network.state_layout.views(vectors.state)
        gradient = np.zeros_like(vectors.weights)
        g = network.weight_layout.views(gradient)
        decays, pairs = network.decays(), network.penalties()
        losses, hits = np.zeros(len(cuts) - 1), np.zeros(len(cuts) - 1, np.int64)

        for k, (start, end) in enumerate(pairwise(cuts)):
            batch = rows[start:end]
            x = task.scale(task.x[batch], network.dtype)
            y, saved = forward(layers, p, s, x, contexts(task, step + k))
            weight = None if task.sample_weight is None else task.sample_weight[batch]
            losses[k], dy = task.loss(y, task.t[batch], weight)
            if task.answers is not None:
                hits[k] = np.count_nonzero(task.loss.decide(y) == task.answers[batch])

            for views, grads in zip(g, backward(layers, p, saved, dy), strict=False):
                for name, grad in grads.items():
                    views[name][...] = grad
            if pairs is not None:
                value, slope = penalty(vectors.weights, pairs)
                losses[k] += value
                gradient += slope
            task.optimizer.descend(vectors.weights, gradient, slots, decays, step + k, task.total_steps)
            for layer, state, kept in zip(layers, s, saved, strict=False):
                for name, value in layer.advance(state, kept).items():
                    state[name][...] = value
        return Span(losses, hits)

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")  # outputs beyond every number are told of by predict
    def forward(self, network: Sequential, vectors: Vectors, x: Array, depth: int | None = None) -> Array:
        """See Engine.forward."""
        p, s = network.weight_layout.views(vectors.weights), network.state_layout.views(vectors.state)
        layers = network.layers[:depth]
        inference = [Context(training=False, words=no_words)] * len(layers)
        starts = range(0, max(len(x), 1), AT_ONCE)
        parts = [forward(layers, p, s, x[start : start + AT_ONCE], inference)[0] for start in starts]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)
