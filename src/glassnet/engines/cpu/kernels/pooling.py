"""Pooling by the largest and by the mean. Row: x, y, which (bytes), H, W, C, OH, OW, KH, KW, SH, SW.

`which` keeps the place of the largest number in each window, so that the way back needs no comparison of numbers.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, octets

ZERO = np.float32(0)


def max_forward(now, row, lo, hi):
    """y = the largest of each window, of equals the first."""
    H, W, C, OH, OW, KH, KW, SH, SW = row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11]
    for n in range(lo, hi):
        for u in range(OH):
            for v in range(OW):
                place = (n * OH + u) * OW + v
                y, which = floats(row[1] + 4 * place * C, C), octets(row[2] + place * C, C)
                corner = row[0] + 4 * ((n * H + u * SH) * W + v * SW) * C
                x = floats(corner, C)
                for c in range(C):
                    y[c], which[c] = x[c], 0
                for k in range(1, KH * KW):
                    x = floats(corner + 4 * (k // KW * W + k % KW) * C, C)
                    for c in range(C):
                        larger = x[c] > y[c] or x[c] != x[c]  # no number stays no number
                        y[c] = x[c] if larger else y[c]
                        which[c] = k if larger else which[c]


def max_backward(now, row, lo, hi):
    """dx = dy where the largest was, else 0; x and y hold their gradients here."""
    H, W, C, OH, OW, KH, KW, SH, SW = row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11]
    floats(row[0] + 4 * lo * H * W * C, (hi - lo) * H * W * C)[:] = ZERO
    for n in range(lo, hi):
        for u in range(OH):
            for v in range(OW):
                place = (n * OH + u) * OW + v
                dy, which = floats(row[1] + 4 * place * C, C), octets(row[2] + place * C, C)
                corner = row[0] + 4 * ((n * H + u * SH) * W + v * SW) * C
                for k in range(KH * KW):
                    dx = floats(corner + 4 * (k // KW * W + k % KW) * C, C)
                    for c in range(C):
                        dx[c] += dy[c] if which[c] == k else ZERO


def average_forward(now, row, lo, hi):
    """y = the mean of each window."""
    H, W, C, OH, OW, KH, KW, SH, SW = row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11]
    count = np.float32(KH * KW)
    for n in range(lo, hi):
        for u in range(OH):
            for v in range(OW):
                y = floats(row[1] + 4 * ((n * OH + u) * OW + v) * C, C)
                corner = row[0] + 4 * ((n * H + u * SH) * W + v * SW) * C
                y[:] = ZERO
                for k in range(KH * KW):
                    x = floats(corner + 4 * (k // KW * W + k % KW) * C, C)
                    for c in range(C):
                        y[c] += x[c]
                for c in range(C):
                    y[c] /= count


def average_backward(now, row, lo, hi):
    """dx = dy / (KH·KW) for every number of the window; x and y hold their gradients here."""
    H, W, C, OH, OW, KH, KW, SH, SW = row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11]
    count = np.float32(KH * KW)
    floats(row[0] + 4 * lo * H * W * C, (hi - lo) * H * W * C)[:] = ZERO
    for n in range(lo, hi):
        for u in range(OH):
            for v in range(OW):
                dy = floats(row[1] + 4 * ((n * OH + u) * OW + v) * C, C)
                corner = row[0] + 4 * ((n * H + u * SH) * W + v * SW) * C
                for k in range(KH * KW):
                    dx = floats(corner + 4 * (k // KW * W + k % KW) * C, C)
                    for c in range(C):
                        dx[c] += dy[c] / count
