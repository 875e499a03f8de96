"""Pooling by the largest and by the mean.

Row: x, y, which (bytes), H, W, C, OH, OW, KH, KW, SH, SW, rows and columns that lie above and left of the picture. What
a window has outside the picture does not count. `which` keeps the place of the largest number in each window, so that
the way back needs no comparison of numbers; there x and y hold their gradients.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, octets, seven
from glassnet.engines.cpu.building import part

ZERO = np.float32(0)


@part
def inside(start, size, length):
    """Which part of a window of that size lies inside an axis: from, to."""
    return max(0, -start), min(size, length - start)


def _over_windows(window: Any, back: bool = False) -> Callable[..., None]:
    """A kernel that calls window(x, y, which, rows, columns, C, W·C, KW) for each window: the address of its corner,
    of what it gives and of where that was, and which of its rows and columns lie inside.
    """
    window = part(window)

    def kernel(now, row, lo, hi):
        H, W, C, OH, OW, KH, KW = seven(row, 3)
        if back:
            floats(row[0] + 4 * lo * H * W * C, (hi - lo) * H * W * C)[:] = ZERO
        for n in range(lo, hi):
            for u in range(OH):
                top = u * row[10] - row[12]
                rows = inside(top, KH, H)
                for v in range(OW):
                    left = v * row[11] - row[13]
                    x, place = row[0] + 4 * ((n * H + top) * W + left) * C, ((n * OH + u) * OW + v) * C
                    window(x, row[1] + 4 * place, row[2] + place, rows, inside(left, KW, W), C, W * C, KW)

    return kernel


def _largest(x_place, y_place, which_place, rows, columns, C, pitch, KW):
    y, which = floats(y_place, C), octets(which_place, C)
    x = floats(x_place + 4 * (rows[0] * pitch + columns[0] * C), C)
    for c in range(C):
        y[c], which[c] = x[c], rows[0] * KW + columns[0]
    for i in range(rows[0], rows[1]):
        for j in range(columns[0], columns[1]):
            x = floats(x_place + 4 * (i * pitch + j * C), C)
            for c in range(C):
                larger = x[c] > y[c] or x[c] != x[c]  # no number stays no number
                y[c] = x[c] if larger else y[c]
                which[c] = i * KW + j if larger else which[c]


def _largest_back(dx_place, dy_place, which_place, rows, columns, C, pitch, KW):
    dy, which = floats(dy_place, C), octets(which_place, C)
    for i in range(rows[0], rows[1]):
        for j in range(columns[0], columns[1]):
            dx = floats(dx_place + 4 * (i * pitch + j * C), C)
            for c in range(C):
                dx[c] += dy[c] if which[c] == i * KW + j else ZERO


def _mean(x_place, y_place, which_place, rows, columns, C, pitch, KW):
    y, count = floats(y_place, C), np.float32((rows[1] - rows[0]) * (columns[1] - columns[0]))
    y[:] = ZERO
    for i in range(rows[0], rows[1]):
        for j in range(columns[0], columns[1]):
            x = floats(x_place + 4 * (i * pitch + j * C), C)
            for c in range(C):
                y[c] += x[c]
    for c in range(C):
        y[c] /= count


def _mean_back(dx_place, dy_place, which_place, rows, columns, C, pitch, KW):
    dy, count = floats(dy_place, C), np.float32((rows[1] - rows[0]) * (columns[1] - columns[0]))
    for i in range(rows[0], rows[1]):
        for j in range(columns[0], columns[1]):
            dx = floats(dx_place + 4 * (i * pitch + j * C), C)
            for c in range(C):
                dx[c] += dy[c] / count


max_forward, max_backward = _over_windows(_largest), _over_windows(_largest_back, back=True)
average_forward, average_backward = _over_windows(_mean), _over_windows(_mean_back, back=True)
