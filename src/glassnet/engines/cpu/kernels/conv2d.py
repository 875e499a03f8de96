"""The convolution, without a matrix of columns: a window's rows lie in memory as they are needed.

For a fixed row i of the kernel the KW·C numbers of a window lie side by side in the picture, so forward is a product
whose outer loop runs over i. The gradient of the kernel sums over places (u, v) instead. The gradient of the input is a
forward convolution of dy, with zeros around it, with the kernel turned by half a circle.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.chunks import first_of
from glassnet.engines.cpu.blocks.memory import floats, real, ten
from glassnet.engines.cpu.blocks.multiply import NO_FLOOR, multiply
from glassnet.engines.cpu.sizes import BLOCK

ZERO = np.float32(0)


def forward(now, row, lo, hi):
    """y = max(x ⋆ W + b, floor) for samples lo … hi.

    Row: x, W, b, y, H, W, C, OH, OW, O, KH, KW, SH, SW, floor, the product. In bf16 C counts pairs.
    """
    x, kernel, b, y = row[0], row[1], row[2], row[3]
    H, W, C, OH, OW, O, KH, KW, SH, SW = ten(row, 4)
    floor = np.float32(real(row[14]))
    for n in range(lo, hi):
        for u in range(OH):
            multiply(
                row[15], x + 4 * (n * H + u * SH) * W * C, SW * C, 1, W * C, kernel, O, KW * C * O, KW * C, KH,
                b, 0, y + 4 * (n * OH + u) * OW * O, O, OW, O, floor,
            )  # fmt: skip


def turn(now, row, lo, hi):
    """V[i, j, o, c] = W[KH−1−i, KW−1−j, c, o], a place (i, j) a unit. Row: W, V, KH·KW, C, O."""
    places, C, O = row[2], row[3], row[4]
    for place in range(lo, hi):
        W, V = floats(row[0] + 4 * (places - 1 - place) * C * O, C * O), floats(row[1] + 4 * place * C * O, C * O)
        for o in range(O):
            for c in range(C):
                V[o * C + c] = W[c * O + o]


def kernel_gradient(now, row, lo, hi):
    """∂L/∂W and ∂L/∂b of each chunk of samples into a slot of its own.

    Row: x and dy as the product takes them, slots of dW, slots of db (0: no bias), H, W, C, OH, OW, O, KH, KW, SH, SW,
    dy as it is, the product, how many places of a line of dy it takes. In bf16 those are pairs, of a place in the first
    half of the line and one in the second.
    """
    x, dy, places = row[0], row[1], row[16]
    H, W, C, OH, OW, O, KH, KW, SH, SW = ten(row, 4)
    size = KH * KW * C * O
    for chunk in range(lo, hi):
        slot = row[2] + 4 * chunk * size
        dW = floats(slot, size)
        dW[:] = ZERO
        if row[3]:
            floats(row[3] + 4 * chunk * O, O)[:] = ZERO
        for n in range(first_of(chunk, now[0]), first_of(chunk + 1, now[0])):
            one_x, one_dy = x + 4 * n * H * W * C, dy + 4 * n * OH * places * O
            for i in range(KH):
                part = slot + 4 * i * KW * C * O
                multiply(
                    row[15], one_x + 4 * i * W * C, 1, SW * C, SH * W * C, one_dy, O, places * O, places, OH,
                    part, O, part, O, KW * C, O, NO_FLOOR,
                )  # fmt: skip
            if row[3]:
                db, gradient = floats(row[3] + 4 * chunk * O, O), floats(row[14] + 4 * n * OH * OW * O, OH * OW * O)
                for place in range(OH * OW):
                    for o in range(O):
                        db[o] += gradient[place * O + o]


def input_gradient(now, row, lo, hi):
    """∂L/∂x of each chunk of samples.

    Row: dy, V (the turned kernel), spread (a picture for each chunk), dx, H, W, C, OH, OW, O, KH, KW, SH, SW, zeros,
    the product. In bf16 O counts pairs.
    """
    H, W, C, OH, OW, O, KH, KW, SH, SW = ten(row, 4)
    high, wide = H + KH - 1, W + KW - 1
    for chunk in range(lo, hi):
        spread = row[2] + 4 * chunk * high * wide * O
        for n in range(first_of(chunk, now[0]), first_of(chunk + 1, now[0])):
            for u in range(OH):
                for v in range(OW):
                    source = floats(row[0] + 4 * ((n * OH + u) * OW + v) * O, O)
                    target = floats(spread + 4 * ((u * SH + KH - 1) * wide + v * SW + KW - 1) * O, O)
                    for o in range(O):
                        target[o] = source[o]
            for p in range(H):  # rows of the spread picture that hold nothing but zeros are left out
                first = min(max(0, KH - 1 - p), KH - 1)
                last = max(min(KH, KH + (OH - 1) * SH - p), first + 1)
                multiply(
                    row[15], spread + 4 * (p + first) * wide * O, O, 1, wide * O,
                    row[1] + 4 * first * KW * O * C, C, KW * O * C, KW * O, last - first,
                    row[14], 0, row[3] + 4 * (n * H + p) * W * C, C, W, C, NO_FLOOR,
                )  # fmt: skip


def sum_slots(now, row, lo, hi):
    """g = Σ over the slots, always in the same order, a block a unit. Row: slots, how many, g, size."""
    size = row[3]
    first, last = BLOCK * lo, min(BLOCK * hi, size)
    g = floats(row[2], size)
    g[first:last] = ZERO
    for k in range(row[1]):
        slot = floats(row[0] + 4 * k * size, size)
        for i in range(first, last):
            g[i] += slot[i]


def pad(now, row, lo, hi):
    """y = x amid zeros, which are there already.

    Row: x, y, H, W·C, rows above, numbers to the left, W·C of y, H of y.
    """
    H, width, top, left, wide, high = row[2], row[3], row[4], row[5], row[6], row[7]
    for n in range(lo, hi):
        for h in range(H):
            x, y = (
                floats(row[0] + 4 * (n * H + h) * width, width),
                floats(row[1] + 4 * ((n * high + top + h) * wide + left), width),
            )
            for i in range(width):
                y[i] = x[i]


def crop(now, row, lo, hi):
    """The way back of `pad`: x = what lies inside y. Row as there."""
    H, width, top, left, wide, high = row[2], row[3], row[4], row[5], row[6], row[7]
    for n in range(lo, hi):
        for h in range(H):
            x, y = (
                floats(row[0] + 4 * (n * H + h) * width, width),
                floats(row[1] + 4 * ((n * high + top + h) * wide + left), width),
            )
            for i in range(width):
                x[i] = y[i]
