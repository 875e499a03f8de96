"""Pooling by the largest and by the mean.

Row: x, y, which (bytes), H, W, C, OH, OW, KH, KW, SH, SW, rows and columns that lie above and left of the picture. What
a window has outside the picture does not count. `which` keeps the place of the largest number in each window, so that
the way back needs no comparison of numbers; there x and y hold their gradients.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, octets
from glassnet.engines.cpu.building import part

ZERO = np.float32(0)


@part
def inside(start, size, length):
    """Which part of a window of that size lies inside an axis: from, to."""
    return max(0, -start), min(size, length - start)


def max_forward(now, row, lo, hi):
    """y = the largest of each window, of equals the first."""
    H, W, C, OH, OW, KH, KW = row[3], row[4], row[5], row[6], row[7], row[8], row[9]
    for n in range(lo, hi):
        for u in range(OH):
            top = u * row[10] - row[12]
            first_i, last_i = inside(top, KH, H)
            for v in range(OW):
                left = v * row[11] - row[13]
                first_j, last_j = inside(left, KW, W)
                place = (n * OH + u) * OW + v
                y, which = floats(row[1] + 4 * place * C, C), octets(row[2] + place * C, C)
                x = floats(row[0] + 4 * ((n * H + top + first_i) * W + left + first_j) * C, C)
                for c in range(C):
                    y[c], which[c] = x[c], first_i * KW + first_j
                for i in range(first_i, last_i):
                    for j in range(first_j, last_j):
                        x = floats(row[0] + 4 * ((n * H + top + i) * W + left + j) * C, C)
                        k = i * KW + j
                        for c in range(C):
                            larger = x[c] > y[c] or x[c] != x[c]  # no number stays no number
                            y[c] = x[c] if larger else y[c]
                            which[c] = k if larger else which[c]


def max_backward(now, row, lo, hi):
    """dx = dy where the largest was, else 0."""
    H, W, C, OH, OW, KH, KW = row[3], row[4], row[5], row[6], row[7], row[8], row[9]
    floats(row[0] + 4 * lo * H * W * C, (hi - lo) * H * W * C)[:] = ZERO
    for n in range(lo, hi):
        for u in range(OH):
            top = u * row[10] - row[12]
            first_i, last_i = inside(top, KH, H)
            for v in range(OW):
                left = v * row[11] - row[13]
                first_j, last_j = inside(left, KW, W)
                place = (n * OH + u) * OW + v
                dy, which = floats(row[1] + 4 * place * C, C), octets(row[2] + place * C, C)
                for i in range(first_i, last_i):
                    for j in range(first_j, last_j):
                        dx = floats(row[0] + 4 * ((n * H + top + i) * W + left + j) * C, C)
                        for c in range(C):
                            dx[c] += dy[c] if which[c] == i * KW + j else ZERO


def average_forward(now, row, lo, hi):
    """y = the mean of each window."""
    H, W, C, OH, OW, KH, KW = row[3], row[4], row[5], row[6], row[7], row[8], row[9]
    for n in range(lo, hi):
        for u in range(OH):
            top = u * row[10] - row[12]
            first_i, last_i = inside(top, KH, H)
            for v in range(OW):
                left = v * row[11] - row[13]
                first_j, last_j = inside(left, KW, W)
                count = np.float32((last_i - first_i) * (last_j - first_j))
                y = floats(row[1] + 4 * ((n * OH + u) * OW + v) * C, C)
                y[:] = ZERO
                for i in range(first_i, last_i):
                    for j in range(first_j, last_j):
                        x = floats(row[0] + 4 * ((n * H + top + i) * W + left + j) * C, C)
                        for c in range(C):
                            y[c] += x[c]
                for c in range(C):
                    y[c] /= count


def average_backward(now, row, lo, hi):
    """dx = dy shared out among the numbers of the window."""
    H, W, C, OH, OW, KH, KW = row[3], row[4], row[5], row[6], row[7], row[8], row[9]
    floats(row[0] + 4 * lo * H * W * C, (hi - lo) * H * W * C)[:] = ZERO
    for n in range(lo, hi):
        for u in range(OH):
            top = u * row[10] - row[12]
            first_i, last_i = inside(top, KH, H)
            for v in range(OW):
                left = v * row[11] - row[13]
                first_j, last_j = inside(left, KW, W)
                count = np.float32((last_i - first_i) * (last_j - first_j))
                dy = floats(row[1] + 4 * ((n * OH + u) * OW + v) * C, C)
                for i in range(first_i, last_i):
                    for j in range(first_j, last_j):
                        dx = floats(row[0] + 4 * ((n * H + top + i) * W + left + j) * C, C)
                        for c in range(C):
                            dx[c] += dy[c] / count
