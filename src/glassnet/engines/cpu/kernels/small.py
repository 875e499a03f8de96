"""Networks of a few neurons: whole steps in one kernel, for one network or for sixteen side by side.

A network of nine weights is over before one operation of a tape has begun, so here nothing is called: every step goes
through all layers in one piece of code. Sixteen networks that differ in their seed fill the lanes of a vector: number k
of network l lies at k·lanes + l.

Row: layers, how many, weights, gradients, values (of all units), slopes (of all units), room for the inputs and for the
targets of a sample, x (N, I), targets (N, O), orders (samples, lanes), cuts, steps, losses (steps, lanes) in float64,
hits (steps, lanes; 0: not wanted), rates, loss (0 squared error, 1 binary cross-entropy from sums), whether to divide
by the batch.
Functions here are given places, not arrays: an array that crosses from one to another would be counted.
A layer: inputs, outputs, place of W, place of b (−1: none), place of its inputs and of its outputs among the values,
activation (0 linear, 1 ReLU, 2 sigmoid, 3 tanh).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glassnet.engines.cpu.blocks.functions import HALF, ONE, TWO, ZERO, exp, log_of_one_plus, magnitude, sigmoid, tanh
from glassnet.engines.cpu.blocks.memory import doubles, flush_tiny, integers, restore_tiny
from glassnet.engines.cpu.blocks.numbers import (
    add_to_doubles,
    add_to_integers,
    multiply_add,
    numbers,
    store,
    where_less,
)
from glassnet.engines.cpu.blocks.vectors import LANES
from glassnet.engines.cpu.building import part

FIELDS = 7  # of a layer


def _run(lanes: int) -> Callable[..., None]:
    load, look_up, zero, each = numbers(lanes)
    size = 4 * lanes  # bytes of a number

    @part(forceinline=True)
    def fetch(data, width, samples, to):
        """The `width` numbers of each network's sample, whose place in the data stands at `samples`."""
        for i in range(width):
            store(to + size * i, look_up(data + 4 * i, samples, width))

    @part(forceinline=True)
    def forward(place, weights, x, y):
        """y = f(x W + b) of the layer whose row is at that place."""
        layer = integers(place, FIELDS)
        I, O, W, b = layer[0], layer[1], weights + size * layer[2], weights + size * layer[3]
        for o in range(O):
            total = load(b + size * o) if layer[3] >= 0 else zero()
            for i in range(I):
                total = multiply_add(load(x + size * i), load(W + size * (i * O + o)), total)
            store(y + size * o, activated(layer[6], total))

    @part(forceinline=True)
    def measure(y_place, t_place, dz_place, O, function, losses, hits, loss, share):
        """Each network's loss of a sample, and whether its answer is right; ∂L/∂z of the last layer goes to dz."""
        best, wanted, highest, largest = zero(), zero(), load(y_place), load(t_place)
        for o in range(O):
            y, t = load(y_place + size * o), load(t_place + size * o)
            best, highest = where_less(highest, y, np.float32(o), best), where_less(highest, y, y, highest)
            wanted, largest = where_less(largest, t, np.float32(o), wanted), where_less(largest, t, t, largest)
            if loss == 0:
                answer, value, dy = y, (y - t) * (y - t), TWO * (y - t)
            else:
                e = exp(ZERO - magnitude(y))
                answer = where_less(y, ZERO, e, ONE) / (ONE + e)
                value, dy = where_less(y, ZERO, ZERO, y) - y * t + log_of_one_plus(e), answer - t
            if O == 1:
                best, wanted = where_less(HALF, answer, ONE, ZERO), where_less(HALF, t, ONE, ZERO)
            store(dz_place + size * o, sloped(function, y, dy * share))
            add_to_doubles(losses, value * share)
        if hits:
            add_to_integers(hits, where_less(magnitude(best - wanted), HALF, ONE, ZERO))

    @part(forceinline=True)
    def backward(place, weights, gradients, x, dx, dz, dx_wanted, function, first, last, down):
        """∂L/∂z of the layer before, whose activation is `function`, and this sample's share of ∂L/∂W and ∂L/∂b; the
        last sample of a batch takes the step, too.
        """
        layer = integers(place, FIELDS)
        I, O = layer[0], layer[1]
        for i in range(I):
            x_i, dx_i = load(x + size * i), zero()
            for o in range(O):
                at = size * (layer[2] + i * O + o)
                w, dz_o = load(weights + at), load(dz + size * o)
                dx_i = multiply_add(w, dz_o, dx_i)
                learn(at, weights, gradients, x_i, dz_o, first, last, down)
            if dx_wanted:
                store(dx + size * i, sloped(function, x_i, dx_i))
        if layer[3] >= 0:
            for o in range(O):
                at = size * (layer[3] + o)
                learn(at, weights, gradients, each(ONE), load(dz + size * o), first, last, down)

    @part(forceinline=True)
    def learn(at, weights, gradients, x, dz, first, last, down):
        """A weight's gradient gets x·dz; with the last sample of a batch the weight takes its step."""
        g = x * dz if first else multiply_add(x, dz, load(gradients + at))
        store(gradients + at, g)
        if last:
            store(weights + at, multiply_add(down, g, load(weights + at)))

    def run(now, row, lo, hi):
        layers, count = integers(row[0], FIELDS * row[1]), row[1]
        weights, gradients, values, slopes = row[2], row[3], row[4], row[5]
        inputs, targets, cuts, steps = row[6], row[7], integers(row[11], row[12] + 1), row[12]
        rates, loss, divide = doubles(row[15], steps), row[16], row[17]
        end = FIELDS * (count - 1)
        I, O, y = layers[0], layers[end + 1], size * layers[end + 5]
        before = flush_tiny()
        for step in range(steps):
            start, stop = cuts[step], cuts[step + 1]
            share = ONE / np.float32((stop - start) * O) if divide else ONE
            down = each(np.float32(-rates[step]))
            for k in range(start, stop):
                fetch(row[8], I, row[10] + 8 * lanes * k, inputs)
                fetch(row[9], O, row[10] + 8 * lanes * k, targets)
                for number in range(count):
                    layer = layers[FIELDS * number + 4], layers[FIELDS * number + 5]
                    x = values + size * layer[0] if number else inputs
                    forward(row[0] + 8 * FIELDS * number, weights, x, values + size * layer[1])
                losses, hits = row[13] + 8 * step * lanes, row[14] + 8 * step * lanes if row[14] else 0
                measure(values + y, targets, slopes + y, O, layers[end + 6], losses, hits, loss, share)
                for number in range(count - 1, -1, -1):
                    layer = layers[FIELDS * number + 4], layers[FIELDS * number + 5]
                    backward(
                        row[0] + 8 * FIELDS * number, weights, gradients,
                        values + size * layer[0] if number else inputs,
                        slopes + size * layer[0], slopes + size * layer[1],
                        number > 0, layers[FIELDS * number - 1], k == start, k == stop - 1, down,
                    )  # fmt: skip
        restore_tiny(before)

    return run


@part(forceinline=True)
def activated(function, z):
    """f(z)."""
    if function == 1:
        return where_less(z, ZERO, ZERO, z)
    if function == 2:
        return sigmoid(z)
    if function == 3:
        return tanh(z)
    return z


@part(forceinline=True)
def sloped(function, y, dy):
    """∂L/∂z of y = f(z)."""
    if function == 1:
        return where_less(ZERO, y, dy, ZERO)
    if function == 2:
        return dy * (y * (ONE - y))
    if function == 3:
        return dy * (ONE - y * y)
    return dy


one = _run(1)
many = _run(LANES)
