"""Losses: of each sample its loss, whether the answer is right, and ∂L/∂y.

Row: y, targets, dy, losses (N,), hits (N,), answers (0: none), sample weights (0: none), O, divide (1: the objective is
the mean over the batch, 0: the sum), and where a loss has one, its own choice.
"""

from __future__ import annotations

from math import log

import numpy as np

from glassnet.engines.cpu.blocks.functions import ONE, exp, log_of_one_plus, sigmoid
from glassnet.engines.cpu.blocks.memory import doubles, fetch, floats, integers
from glassnet.engines.cpu.building import part
from glassnet.losses.probabilities import TINY

ZERO, TWO = np.float32(0), np.float32(2)
LOWEST, HIGHEST = np.float32(TINY), np.float32(1 - TINY)


@part
def largest(y):
    """The place of the largest number, of equals the first."""
    best = 0
    for k in range(1, y.size):
        if y[k] > y[best]:
            best = k
    return best


@part
def fetch_answers(now, row, lo, hi, size):
    """Have the targets, of `size` bytes, and the answers of samples lo … hi brought: they lie anywhere."""
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        fetch(row[1] + rows[n] * size)
        if row[5]:
            fetch(row[5] + 8 * rows[n])


@part
def close(now, row, n, loss, answer):
    """Write down the loss of sample n and whether its answer is right; weigh its gradient and its loss."""
    sample = integers(now[2], n + 1)[n]
    factor = ONE / np.float32(now[0]) if row[8] else ONE
    if row[6]:
        weight = floats(row[6], sample + 1)[sample]
        loss, factor = loss * weight, factor * weight
    floats(row[3], n + 1)[n] = loss
    if row[5]:
        integers(row[4], n + 1)[n] = integers(row[5], sample + 1)[sample] == answer
    O = row[7]
    dy = floats(row[2] + 4 * n * O, O)
    for k in range(O):
        dy[k] *= factor


def mean_squared_error(now, row, lo, hi):
    """Σ(y − t)², divided by O where the mean is asked for."""
    O = row[7]
    count = np.float32(O) if row[8] else ONE
    fetch_answers(now, row, lo, hi, 4 * row[7])
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        y, t, dy = floats(row[0] + 4 * n * O, O), floats(row[1] + 4 * sample * O, O), floats(row[2] + 4 * n * O, O)
        loss = ZERO
        for k in range(O):
            difference = y[k] - t[k]
            loss += difference * difference
            dy[k] = TWO * difference / count
        close(now, row, n, loss / count, largest(y) if O > 1 else int(y[0] > 0.5))


def binary_crossentropy(now, row, lo, hi):
    """−Σ(t·ln y + (1 − t)·ln(1 − y)) / O of probabilities."""
    O = row[7]
    count = np.float32(O)
    fetch_answers(now, row, lo, hi, 4 * row[7])
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        y, t, dy = floats(row[0] + 4 * n * O, O), floats(row[1] + 4 * sample * O, O), floats(row[2] + 4 * n * O, O)
        loss = ZERO
        for k in range(O):
            q = LOWEST if y[k] < LOWEST else y[k]
            q = HIGHEST if q > HIGHEST else q
            loss -= t[k] * np.float32(log(q)) + (ONE - t[k]) * np.float32(log(ONE - q))
            inside = LOWEST <= y[k] <= HIGHEST
            dy[k] = (q - t[k]) / (q * (ONE - q)) / count if inside else ZERO
        close(now, row, n, loss / count, largest(y) if O > 1 else int(y[0] > 0.5))


def binary_crossentropy_from_sums(now, row, lo, hi):
    """Σ(max(z, 0) − z·t + ln(1 + e⁻|ᶻ|)) / O of the sums before a sigmoid."""
    O = row[7]
    count = np.float32(O)
    fetch_answers(now, row, lo, hi, 4 * row[7])
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        z, t, dy = floats(row[0] + 4 * n * O, O), floats(row[1] + 4 * sample * O, O), floats(row[2] + 4 * n * O, O)
        loss = ZERO
        for k in range(O):
            loss += max(z[k], ZERO) - z[k] * t[k] + log_of_one_plus(exp(-abs(z[k])))
            dy[k] = (sigmoid(z[k]) - t[k]) / count
        close(now, row, n, loss / count, largest(z) if O > 1 else int(sigmoid(z[0]) > 0.5))


def categorical_crossentropy(now, row, lo, hi):
    """−ln y[t] of probabilities, t a class index."""
    O = row[7]
    fetch_answers(now, row, lo, hi, 8)
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        t = integers(row[1], sample + 1)[sample]
        y, dy = floats(row[0] + 4 * n * O, O), floats(row[2] + 4 * n * O, O)
        q = LOWEST if y[t] < LOWEST else y[t]
        q = HIGHEST if q > HIGHEST else q
        dy[:] = ZERO
        dy[t] = -ONE / q if LOWEST <= y[t] <= HIGHEST else ZERO
        close(now, row, n, -np.float32(log(q)), largest(y))


def categorical_crossentropy_normalize(now, row, lo, hi):
    """−ln q[t] of the shares q = y / Σy, t a class index."""
    O = row[7]
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        t = integers(row[1], sample + 1)[sample]
        y, dy = floats(row[0] + 4 * n * O, O), floats(row[2] + 4 * n * O, O)
        total = ZERO
        for k in range(O):
            total += y[k]
        total = LOWEST if total < LOWEST else total
        share = y[t] / total
        q = LOWEST if share < LOWEST else share
        q = HIGHEST if q > HIGHEST else q
        slope = -ONE / q if LOWEST <= share <= HIGHEST else ZERO
        for k in range(O):
            dy[k] = -slope * share / total
        dy[t] += slope / total
        close(now, row, n, -np.float32(log(q)), largest(y))


def categorical_crossentropy_from_sums(now, row, lo, hi):
    """ln Σeᶻ − z[t] of the sums before a softmax, t a class index."""
    O = row[7]
    fetch_answers(now, row, lo, hi, 8)
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        t = integers(row[1], sample + 1)[sample]
        z, dy = floats(row[0] + 4 * n * O, O), floats(row[2] + 4 * n * O, O)
        best = largest(z)
        total = ZERO
        for k in range(O):
            dy[k] = exp(z[k] - z[best])
            total += dy[k]
        for k in range(O):
            dy[k] /= total
        dy[t] -= ONE
        close(now, row, n, np.float32(log(total)) - (z[t] - z[best]), best)


def perceptron(now, row, lo, hi):
    """max z − z[t], t a class index; the answer is the largest of ReLU(z)."""
    O = row[7]
    fetch_answers(now, row, lo, hi, 8)
    for n in range(lo, hi):
        sample = integers(now[2], n + 1)[n]
        t = integers(row[1], sample + 1)[sample]
        z, dy = floats(row[0] + 4 * n * O, O), floats(row[2] + 4 * n * O, O)
        best = largest(z)
        dy[:] = ZERO
        dy[best] += ONE
        dy[t] -= ONE
        close(now, row, n, z[best] - z[t], best if z[best] > ZERO else 0)


def total(now, row, lo, hi):
    """The objective of the batch and its hits.

    Row: losses, hits, objectives of the span, hits of the span, divide, sums of penalties, how many.
    """
    N = now[0]
    losses, hits = floats(row[0], N), integers(row[1], N)
    sum_, right = 0.0, 0
    for n in range(N):
        sum_ += losses[n]
        right += hits[n]
    objective = sum_ / N if row[4] else sum_
    penalties = doubles(row[5], row[6])
    for k in range(row[6]):
        objective += penalties[k]
    doubles(row[2], now[1] + 1)[now[1]] = objective
    integers(row[3], now[1] + 1)[now[1]] = right
