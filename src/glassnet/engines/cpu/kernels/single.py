"""One dense layer that learns from one sample at a time, as Rosenblatt's perceptron did: whole steps in one kernel.

The weights of an output lie side by side here, as (O, I), so that its sum and its step are both one walk over the
sample. An output without a slope changes nothing, and takes no step: with the perceptron's loss that is all of them
where the answer is right, and all but two where it is wrong.

Row: data, bytes (1) or float32 (0), offset, factor, room for a sample, W (I, O), room for V = Wᵀ, b (0: none), y, dy,
kernel of the loss, its row, loss and hit of the sample, rows, losses of the span in float64, hits, rates, I, O,
address of a `now` for the loss.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import (
    LINE,
    call,
    come,
    doubles,
    floats,
    flush_tiny,
    integers,
    octets,
    real,
    restore_tiny,
)
from glassnet.engines.cpu.building import part

ZERO = np.float32(0)


def steps(now, row, lo, hi):
    """The steps of a span, hi of them."""
    I, O, bytes_each = row[18], row[19], 1 if row[1] else 4
    W, V = floats(row[5], I * O), floats(row[6], I * O)
    y, dy, b = floats(row[8], O), floats(row[9], O), floats(row[7], O)
    loss, hit, rows = floats(row[12], 1), integers(row[13], 1), integers(row[14], hi)
    losses, hits, rates = doubles(row[15], hi), integers(row[16], hi), doubles(row[17], hi)
    own = integers(row[20], 16)
    own[0], own[4] = 1, row[20]
    before = flush_tiny()
    for i in range(I):
        for o in range(O):
            V[o * I + i] = W[i * O + o]
    for step in range(lo, hi):
        place = row[0] + bytes_each * rows[step] * I
        ask(row[0] + bytes_each * rows[min(step + 1, hi - 1)] * I, bytes_each * I)
        if row[1]:
            as_numbers(place, row[4], I, np.float32(real(row[2])), np.float32(real(row[3])))
            place = row[4]
        products(place, row[6], row[8], I, O)
        if row[7]:
            for o in range(O):
                y[o] += b[o]
        own[2] = row[14] + 8 * step
        call(row[10], row[20], row[11], 0, 1)
        rate = np.float32(rates[step])
        for o in range(O):
            if dy[o] != ZERO:
                add(place, row[6] + 4 * o * I, I, -rate * dy[o])
                if row[7]:
                    b[o] -= rate * dy[o]
        losses[step], hits[step] = loss[0], hit[0]
    for i in range(I):
        for o in range(O):
            W[i * O + o] = V[o * I + i]
    restore_tiny(before)


@part
def ask(place, size):
    """The lines of a sample will be read soon."""
    for line in range(0, size, LINE):
        come(place + line)


@part
def as_numbers(pixels_place, x_place, size, offset, factor):
    """(pixel + offset)·factor."""
    pixels, x = octets(pixels_place, size), floats(x_place, size)
    for i in range(size):
        x[i] = (pixels[i] + offset) * factor


@part
def products(x_place, V_place, y_place, I, O):
    """y[o] = Σᵢ x[i]·V[o, i], five outputs to a walk over the sample: it is read from far away."""
    x, V, y = floats(x_place, I), floats(V_place, I * O), floats(y_place, O)
    fives = O - O % 5
    for o in range(0, fives, 5):
        v0, v1, v2 = V[o * I : o * I + I], V[o * I + I : o * I + 2 * I], V[o * I + 2 * I : o * I + 3 * I]
        v3, v4 = V[o * I + 3 * I : o * I + 4 * I], V[o * I + 4 * I : o * I + 5 * I]
        a, b, c, d, e = ZERO, ZERO, ZERO, ZERO, ZERO
        for i in range(I):
            a += x[i] * v0[i]
            b += x[i] * v1[i]
            c += x[i] * v2[i]
            d += x[i] * v3[i]
            e += x[i] * v4[i]
        y[o], y[o + 1], y[o + 2], y[o + 3], y[o + 4] = a, b, c, d, e
    for o in range(fives, O):
        total = ZERO
        for i in range(I):
            total += x[i] * V[o * I + i]
        y[o] = total


@part
def add(x_place, w_place, size, share):
    """w += share·x."""
    x, w = floats(x_place, size), floats(w_place, size)
    for i in range(size):
        w[i] += share * x[i]
