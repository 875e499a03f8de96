"""Networks of a few neurons: whole steps in one kernel, for one network or for sixteen side by side.

A network of nine weights is over before one operation of a tape has begun, so here nothing is called: every step goes
through all layers in one piece of code. Sixteen networks that differ in their seed fill the lanes of a vector: number k
of network l lies at k·lanes + l.

Row: layers, how many, weights, gradients, values (of all units), slopes (of all units), x (N, I), targets (N, O),
orders (lanes, samples), samples of an order, cuts, steps, losses (steps, lanes) in float64, hits (steps, lanes),
rates, loss (0 squared error, 1 binary cross-entropy from sums), divide by the batch, classes (1) or numbers (0).
Functions here are given places, not arrays: an array that crosses from one to another would be counted.
A layer: inputs, outputs, place of W, place of b (−1: none), place of its inputs and of its outputs among the values,
activation (0 linear, 1 ReLU, 2 sigmoid, 3 tanh).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glassnet.engines.cpu.blocks.functions import HALF, ONE, exp, log_of_one_plus, sigmoid, tanh
from glassnet.engines.cpu.blocks.memory import doubles, floats, flush_tiny, integers, restore_tiny
from glassnet.engines.cpu.blocks.vectors import LANES
from glassnet.engines.cpu.building import part

ZERO, TWO = np.float32(0), np.float32(2)
FIELDS = 7  # of a layer


def _run(lanes: int) -> Callable[..., None]:
    def run(now, row, lo, hi):
        layers, count = integers(row[0], FIELDS * row[1]), row[1]
        weights, gradients, values, slopes = row[2], row[3], row[4], row[5]
        cuts, steps = integers(row[10], row[11] + 1), row[11]
        losses, hits, rates = doubles(row[12], steps * lanes), integers(row[13], steps * lanes), doubles(row[14], steps)
        I, O = layers[0], layers[FIELDS * (count - 1) + 1]
        size = row[18]
        before = flush_tiny()
        for step in range(steps):
            batch = cuts[step + 1] - cuts[step]
            clear(gradients, size * lanes)
            for k in range(cuts[step], cuts[step + 1]):
                x = floats(values, I * lanes)
                for l in range(lanes):
                    sample = integers(row[8], lanes * row[9])[l * row[9] + k]
                    one = floats(row[6] + 4 * sample * I, I)
                    for i in range(I):
                        x[i * lanes + l] = one[i]
                for number in range(count):
                    forward(row[0] + 8 * FIELDS * number, weights, values, lanes)
                last = layers[FIELDS * (count - 1) + 5]
                y, dy = values + 4 * last * lanes, slopes + 4 * last * lanes
                for l in range(lanes):
                    sample = integers(row[8], lanes * row[9])[l * row[9] + k]
                    t = row[7] + 4 * sample * O
                    place = step * lanes + l
                    losses[place] += measure(y + 4 * l, t, dy + 4 * l, O, lanes, row[15], row[16], batch)
                    if row[17]:
                        hits[place] += right(y + 4 * l, t, O, lanes, row[15])
                for number in range(count - 1, -1, -1):
                    backward(row[0] + 8 * FIELDS * number, weights, gradients, values, slopes, lanes, number > 0)
            w, g = floats(weights, size * lanes), floats(gradients, size * lanes)
            rate = np.float32(rates[step])
            for i in range(size * lanes):
                w[i] -= rate * g[i]
        restore_tiny(before)

    return run


@part
def clear(place, size):
    """Zeros."""
    numbers = floats(place, size)
    for i in range(size):
        numbers[i] = ZERO


@part
def forward(place, weights, values, lanes):
    """y = f(x W + b) of the layer whose row is at that place."""
    layer = integers(place, FIELDS)
    I, O = layer[0], layer[1]
    W = floats(weights + 4 * layer[2] * lanes, I * O * lanes)
    x, y = floats(values + 4 * layer[4] * lanes, I * lanes), floats(values + 4 * layer[5] * lanes, O * lanes)
    if layer[3] >= 0:
        b = floats(weights + 4 * layer[3] * lanes, O * lanes)
        for i in range(O * lanes):
            y[i] = b[i]
    else:
        clear(values + 4 * layer[5] * lanes, O * lanes)
    for i in range(I):
        for o in range(O):
            for l in range(lanes):
                y[o * lanes + l] += x[i * lanes + l] * W[(i * O + o) * lanes + l]
    if layer[6] == 1:
        for i in range(O * lanes):
            y[i] = ZERO if y[i] < ZERO else y[i]
    elif layer[6] == 2:
        for i in range(O * lanes):
            y[i] = sigmoid(y[i])
    elif layer[6] == 3:
        for i in range(O * lanes):
            y[i] = tanh(y[i])


@part
def backward(place, weights, gradients, values, slopes, lanes, dx_wanted):
    """∂L/∂W and ∂L/∂b are added to the gradients; ∂L/∂x is put among the slopes."""
    layer = integers(place, FIELDS)
    I, O = layer[0], layer[1]
    start = 4 * layer[2] * lanes
    W, dW = floats(weights + start, I * O * lanes), floats(gradients + start, I * O * lanes)
    x, dx = floats(values + 4 * layer[4] * lanes, I * lanes), floats(slopes + 4 * layer[4] * lanes, I * lanes)
    y, dz = floats(values + 4 * layer[5] * lanes, O * lanes), floats(slopes + 4 * layer[5] * lanes, O * lanes)
    if layer[6] == 1:
        for i in range(O * lanes):
            dz[i] = dz[i] if y[i] > ZERO else ZERO
    elif layer[6] == 2:
        for i in range(O * lanes):
            dz[i] *= y[i] * (ONE - y[i])
    elif layer[6] == 3:
        for i in range(O * lanes):
            dz[i] *= ONE - y[i] * y[i]
    if layer[3] >= 0:
        db = floats(gradients + 4 * layer[3] * lanes, O * lanes)
        for i in range(O * lanes):
            db[i] += dz[i]
    if dx_wanted:
        clear(slopes + 4 * layer[4] * lanes, I * lanes)
    for i in range(I):
        for o in range(O):
            for l in range(lanes):
                dW[(i * O + o) * lanes + l] += x[i * lanes + l] * dz[o * lanes + l]
            if dx_wanted:
                for l in range(lanes):
                    dx[i * lanes + l] += W[(i * O + o) * lanes + l] * dz[o * lanes + l]


@part
def measure(y_place, t_place, dy_place, O, lanes, loss, divide, batch):
    """The share of one sample in the objective; its gradient goes to dy."""
    y, t, dy = floats(y_place, O * lanes), floats(t_place, O), floats(dy_place, O * lanes)
    share = ONE / np.float32(batch) if divide else ONE
    total = ZERO
    count = np.float32(O) if divide else ONE
    for o in range(O):
        value = y[o * lanes]
        if loss == 0:
            difference = value - t[o]
            total += difference * difference
            dy[o * lanes] = TWO * difference / count * share
        else:
            e = exp(-abs(value))
            total += max(value, ZERO) - value * t[o] + log_of_one_plus(e)
            dy[o * lanes] = ((ONE if value >= ZERO else e) / (ONE + e) - t[o]) / count * share
    return np.float64(total / count * share)


@part
def right(y_place, t_place, O, lanes, loss):
    """Whether the answer is the class of the targets: the largest, or on which side of one half."""
    y, t = floats(y_place, O * lanes), floats(t_place, O)
    if O == 1:
        probability = y[0] if loss == 0 else sigmoid(y[0])
        return int((probability > HALF) == (t[0] > HALF))
    best, wanted = 0, 0
    for o in range(1, O):
        best = o if y[o * lanes] > y[best * lanes] else best
        wanted = o if t[o] > t[wanted] else wanted
    return int(best == wanted)


one = _run(1)
many = _run(LANES)
