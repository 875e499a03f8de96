"""Networks of a few neurons: whole steps in one kernel, for one network or for sixteen side by side.

A network of nine weights is over before one operation of a tape has begun, so here nothing is called: every step goes
through all layers in one piece of code. Sixteen networks that differ in their seed fill the lanes of a vector: number k
of network l lies at k·lanes + l.

Row: layers, how many, weights, gradients, values (of all units), slopes (of all units), room for the inputs and for the
targets of AHEAD samples, x (N, I), targets (N, O), orders (lanes, samples), samples of an order, cuts, steps, losses
(steps, lanes) in float64, hits (steps, lanes), rates, loss (0 squared error, 1 binary cross-entropy from sums), divide
by the batch, classes (1) or numbers (0).
Functions here are given places, not arrays: an array that crosses from one to another would be counted.
A layer: inputs, outputs, place of W, place of b (−1: none), place of its inputs and of its outputs among the values,
activation (0 linear, 1 ReLU, 2 sigmoid, 3 tanh).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glassnet.engines.cpu.blocks.functions import HALF, ONE, exp, log_of_one_plus, sigmoid, tanh
from glassnet.engines.cpu.blocks.memory import doubles, floats, flush_tiny, integers, restore_tiny
from glassnet.engines.cpu.blocks.numbers import numbers
from glassnet.engines.cpu.blocks.vectors import LANES
from glassnet.engines.cpu.building import part
from glassnet.engines.cpu.sizes import AHEAD

ZERO, TWO = np.float32(0), np.float32(2)
FIELDS = 7  # of a layer


def _run(lanes: int) -> Callable[..., None]:
    load, store, multiply_add, zero, each = numbers(lanes)
    size = 4 * lanes  # bytes of a number

    @part(forceinline=True)
    def forward(place, weights, x, y):
        """y = f(x W + b) of the layer whose row is at that place."""
        layer = integers(place, FIELDS)
        I, O, W, b = layer[0], layer[1], weights + size * layer[2], weights + size * layer[3]
        for o in range(O):
            total = load(b + size * o) if layer[3] >= 0 else zero()
            for i in range(I):
                total = multiply_add(load(x + size * i), load(W + size * (i * O + o)), total)
            store(y + size * o, total)
        activate(layer[6], y, O * lanes)

    @part(forceinline=True)
    def backward(place, weights, gradients, x, y, dx, dz, dx_wanted, first, last, down):
        """∂L/∂x, and this sample's share of ∂L/∂W and ∂L/∂b; the last sample of a batch takes the step, too."""
        layer = integers(place, FIELDS)
        I, O = layer[0], layer[1]
        slope(layer[6], y, dz, O * lanes)
        for i in range(I):
            x_i, dx_i = load(x + size * i), zero()
            for o in range(O):
                at = size * (layer[2] + i * O + o)
                w, dz_o = load(weights + at), load(dz + size * o)
                dx_i = multiply_add(w, dz_o, dx_i)
                g = multiply_add(x_i, dz_o, zero() if first else load(gradients + at))
                store(gradients + at, g)
                if last:
                    store(weights + at, multiply_add(down, g, w))
            if dx_wanted:
                store(dx + size * i, dx_i)
        if layer[3] >= 0:
            for o in range(O):
                at, one = size * (layer[3] + o), load(dz + size * o)
                g = one if first else multiply_add(each(ONE), one, load(gradients + at))
                store(gradients + at, g)
                if last:
                    store(weights + at, multiply_add(down, g, load(weights + at)))

    def run(now, row, lo, hi):
        layers, count = integers(row[0], FIELDS * row[1]), row[1]
        weights, gradients, values, slopes = row[2], row[3], row[4], row[5]
        cuts, steps = integers(row[12], row[13] + 1), row[13]
        rates, loss, divide, classes = doubles(row[16], steps), row[17], row[18], row[19]
        end = FIELDS * (count - 1)
        I, O, y = layers[0], layers[end + 1], size * layers[end + 5]
        before = flush_tiny()
        for step in range(steps):
            start, stop = cuts[step], cuts[step + 1]
            share = ONE / np.float32((stop - start) * O) if divide else ONE
            down = each(np.float32(-rates[step]))
            for k in range(start, stop):
                if k % AHEAD == 0:
                    fetch(row[6], row[8], I, row[10], row[11], k, lanes)
                    fetch(row[7], row[9], O, row[10], row[11], k, lanes)
                inputs, targets = row[6] + size * (k % AHEAD) * I, row[7] + size * (k % AHEAD) * O
                for number in range(count):
                    layer = layers[FIELDS * number + 4], layers[FIELDS * number + 5]
                    x = values + size * layer[0] if number else inputs
                    forward(row[0] + 8 * FIELDS * number, weights, x, values + size * layer[1])
                losses, hits = row[14] + 8 * step * lanes, row[15] + 8 * step * lanes
                measure(values + y, targets, slopes + y, O, losses, hits, loss, classes, share, lanes)
                for number in range(count - 1, -1, -1):
                    layer = layers[FIELDS * number + 4], layers[FIELDS * number + 5]
                    backward(
                        row[0] + 8 * FIELDS * number, weights, gradients,
                        values + size * layer[0] if number else inputs, values + size * layer[1],
                        slopes + size * layer[0], slopes + size * layer[1],
                        number > 0, k == start, k == stop - 1, down,
                    )  # fmt: skip
        restore_tiny(before)

    return run


@part(forceinline=True)
def fetch(to_place, data_place, width, orders_place, samples, k, lanes):
    """The next samples, or targets, of each network's order, many at a time: a vector waits long for single numbers."""
    for l in range(lanes):
        order = integers(orders_place + 8 * l * samples, samples)
        for j in range(min(AHEAD, samples - k)):
            to = floats(to_place + 4 * j * width * lanes, width * lanes)
            one = floats(data_place + 4 * order[k + j] * width, width)
            for i in range(width):
                to[i * lanes + l] = one[i]


@part(forceinline=True)
def activate(function, place, size):
    """f of each number, in place."""
    y = floats(place, size)
    if function == 1:
        for i in range(size):
            y[i] = ZERO if y[i] < ZERO else y[i]
    elif function == 2:
        for i in range(size):
            y[i] = sigmoid(y[i])
    elif function == 3:
        for i in range(size):
            y[i] = tanh(y[i])


@part(forceinline=True)
def slope(function, y_place, dz_place, size):
    """From ∂L/∂y to ∂L/∂z, in place."""
    y, dz = floats(y_place, size), floats(dz_place, size)
    if function == 1:
        for i in range(size):
            d = dz[i]  # read in any case, so that there is nothing to branch for
            dz[i] = d if y[i] > ZERO else ZERO
    elif function == 2:
        for i in range(size):
            dz[i] *= y[i] * (ONE - y[i])
    elif function == 3:
        for i in range(size):
            dz[i] *= ONE - y[i] * y[i]


@part(forceinline=True)
def measure(y_place, t_place, dy_place, O, losses_place, hits_place, loss, classes, share, lanes):
    """Each network's loss of a sample, and whether its answer is right; the gradient goes to dy."""
    y, t, dy = floats(y_place, O * lanes), floats(t_place, O * lanes), floats(dy_place, O * lanes)
    losses, hits = doubles(losses_place, lanes), integers(hits_place, lanes)
    for o in range(O):
        for l in range(lanes):
            i = o * lanes + l
            if loss == 0:
                answer, difference = y[i], y[i] - t[i]
                value, dy[i] = difference * difference, TWO * difference * share
            else:
                e = exp(-abs(y[i]))
                answer = (ONE if y[i] >= ZERO else e) / (ONE + e)
                value, dy[i] = max(y[i], ZERO) - y[i] * t[i] + log_of_one_plus(e), (answer - t[i]) * share
            losses[l] += np.float64(value * share)
            if O == 1 and classes:
                hits[l] += (answer > HALF) == (t[i] > HALF)
    if O > 1 and classes:
        for l in range(lanes):
            best, wanted = 0, 0
            for o in range(1, O):
                best = o if y[o * lanes + l] > y[best * lanes + l] else best
                wanted = o if t[o * lanes + l] > t[wanted * lanes + l] else wanted
            hits[l] += best == wanted


one = _run(1)
many = _run(LANES)
