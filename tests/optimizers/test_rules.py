"""The first steps of every optimizer against its formulas, written out once more for a single number."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from glassnet.optimizers import OPTIMIZERS, SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop

START = [1.0, -2.0]
GRADIENTS = [[0.5, -3.0], [0.25, 1.0], [-1.0, 2.0]]  # of the two weights, step by step


def sgd(w, gs):
    for g in gs:
        w -= 0.1 * g
        yield w


def momentum(w, gs):
    v = 0.0
    for g in gs:
        v = 0.9 * v - 0.1 * g
        w += v
        yield w


def nesterov(w, gs):
    v = 0.0
    for g in gs:
        v = 0.9 * v - 0.1 * g
        w += 0.9 * v - 0.1 * g
        yield w


def rmsprop(w, gs):
    v = 0.0
    for g in gs:
        v += (g * g - v) * (1 - 0.8)
        w -= 0.1 * g / (sqrt(v) + 1e-3)
        yield w


def adagrad(w, gs):
    for k, g in enumerate(gs):
        w -= 0.1 * g / (sqrt(sum(h * h for h in gs[: k + 1])) + 1e-3)
        yield w


def adagrad_from_more_than_0(w, gs):
    for k, g in enumerate(gs):
        w -= 0.1 * g / (sqrt(0.5 + sum(h * h for h in gs[: k + 1])) + 1e-3)
        yield w


def adadelta(w, gs):
    v = u = 0.0
    for g in gs:
        v = 0.8 * v + 0.2 * g * g
        d = sqrt((u + 1e-3) / (v + 1e-3)) * g
        u = 0.8 * u + 0.2 * d * d
        w -= 0.5 * d
        yield w


def adam(w, gs):
    for t in range(1, len(gs) + 1):  # the moments as the sums that the recursion stands for
        m = sum(0.2 * 0.8 ** (t - k) * gs[k - 1] for k in range(1, t + 1))
        v = sum(0.1 * 0.9 ** (t - k) * gs[k - 1] ** 2 for k in range(1, t + 1))
        w -= 0.1 * (m / (1 - 0.8**t)) / (sqrt(v / (1 - 0.9**t)) + 1e-3)
        yield w


def adamw(w, gs):
    shrunk, before = w, w
    for k, after in enumerate(adam(0.0, gs)):  # Adam's steps do not depend on w: add them to the shrinking weight
        step = after - (0.0 if k == 0 else before)
        shrunk, before = shrunk * (1 - 0.1 * 0.25) + step, after
        yield shrunk


RULES = [
    (SGD(0.1), sgd),
    (SGD(0.1, momentum=0.9), momentum),
    (SGD(0.1, momentum=0.9, nesterov=True), nesterov),
    (RMSprop(0.1, rho=0.8, epsilon=1e-3), rmsprop),
    (Adagrad(0.1, epsilon=1e-3), adagrad),
    (Adagrad(0.1, epsilon=1e-3, initial=0.5), adagrad_from_more_than_0),
    (Adadelta(0.5, rho=0.8, epsilon=1e-3), adadelta),
    (Adam(0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3), adam),
    (AdamW(0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3, weight_decay=0.25), adamw),
]


def descend(optimizer, start, gradients, decays=None, dtype="float64"):
    """The weights after each step."""
    w = np.array(start, dtype)
    slots = np.zeros((optimizer.slots, w.size), dtype)
    decays = np.ones_like(w) if decays is None else np.array(decays, dtype)
    after = []
    for step, g in enumerate(gradients):
        optimizer.descend(w, np.array(g, dtype), slots, decays, step, len(gradients))
        after.append(w.tolist())
    return after


def test_every_optimizer_has_a_rule():
    assert {type(optimizer) for optimizer, _ in RULES} == set(OPTIMIZERS.values())


@pytest.mark.parametrize(("optimizer", "rule"), RULES)
def test_three_steps_by_formula(optimizer, rule):
    columns = zip(*GRADIENTS, strict=True)
    expected = zip(*(rule(w, gs) for w, gs in zip(START, columns, strict=True)), strict=True)
    np.testing.assert_allclose(descend(optimizer, START, GRADIENTS), list(expected), rtol=1e-12)


@pytest.mark.parametrize(("optimizer", "rule"), RULES)
def test_float32_stays_float32(optimizer, rule):
    w, g = np.array(START, np.float32), np.array(GRADIENTS[0], np.float32)
    after, slots = optimizer.update(w, g, tuple(np.zeros((optimizer.slots, 2), np.float32)), 0.1, 0)
    assert after.dtype == np.float32
    assert all(slot.dtype == np.float32 for slot in slots)
    assert len(slots) == optimizer.slots


def test_adams_first_step_is_the_rate():
    """m̂/√v̂ = g/|g|: one rate against the sign of the gradient, however long that is."""
    after = descend(Adam(0.1, epsilon=1e-12), [0.0, 0.0], [[1e-4, -1e4]])
    np.testing.assert_allclose(after, [[-0.1, 0.1]], rtol=1e-6)


@pytest.mark.parametrize(
    "optimizer", [SGD(0.05), SGD(0.05, momentum=0.9), RMSprop(0.05), Adagrad(0.5), Adam(0.1), AdamW(0.1)]
)
def test_down_a_bowl(optimizer):
    """On ½(w − 3)² each of them arrives."""
    w, slots = np.zeros(1), np.zeros((optimizer.slots, 1))
    for step in range(500):
        optimizer.descend(w, w - 3, slots, np.zeros(1), step, 500)
    assert w[0] == pytest.approx(3, abs=0.05)
