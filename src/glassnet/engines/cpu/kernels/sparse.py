"""The fully connected layer over samples that are mostly zero, such as pictures of digits.

Each sample is a list of what is not zero in it. What is multiplied by zero is left out, forward and backward.

Row of `entries`: x, I, O, numbers, places, starts, room for a list. The lists are as blocks/sparse.py makes them, with
places i·O: where row i of W begins.
"""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.combine import combine
from glassnet.engines.cpu.blocks.memory import floats, real, shorts
from glassnet.engines.cpu.blocks.sparse import WIDEST, list_nonzero, scatter
from glassnet.engines.cpu.blocks.vectors import LANES

ZERO = np.float32(0)
FIRST_CACHE = 512  # vectors of W or dW that stay in it while all samples go by


def entries(now, row, lo, hi):
    """The lists of samples lo … hi."""
    I, room = row[1], row[6]
    for n in range(lo, hi):
        start = 4 * n * room
        list_nonzero(row[0] + 4 * n * I, I, row[2], row[3] + start, row[4] + start, row[5] + start)


def forward(now, row, lo, hi):
    """y = max(x W + b, floor) for samples lo … hi. Row: as above, then W, b, y, floor."""
    I, O, room = row[1], row[2], row[6]
    b, floor = floats(row[8], O), np.float32(real(row[10]))
    for n in range(lo, hi):
        y = floats(row[9] + 4 * n * O, O)
        for o in range(O):
            y[o] = b[o]
    units, together = -(-I // LANES), max(1, FIRST_CACHE // min(O, WIDEST * LANES))
    for column in range(0, O, WIDEST * LANES):
        vectors = min(WIDEST, -(-(O - column) // LANES))
        width = min(LANES, O - column - (vectors - 1) * LANES)
        for first in range(0, units, together):
            last = min(first + together, units)
            for n in range(lo, hi):
                starts = shorts(row[5] + 4 * n * room, room)
                begin, count = starts[first], starts[last] - starts[first]
                if count:
                    place = 4 * (n * room + begin)
                    combine(
                        1, vectors, row[3] + place, row[4] + place, 1, count, row[7] + 4 * column, 0,
                        row[9] + 4 * (n * O + column), 0, width,
                    )  # fmt: skip
    for n in range(lo, hi):
        y = floats(row[9] + 4 * n * O, O)
        for o in range(O):
            y[o] = floor if y[o] < floor else y[o]


def weight_gradient(now, row, lo, hi):
    """dW = xᵀ dy over the batch, 16 rows of it a unit. Row: as above, then dy, dW."""
    I, O, room, N = row[1], row[2], row[6], now[0]
    together = max(1, FIRST_CACHE // min(O, WIDEST * LANES))
    for first in range(lo, hi, together):
        last = min(first + together, hi)
        top = LANES * first
        dW = floats(row[8] + 4 * top * O, (min(LANES * last, I) - top) * O)
        for i in range(dW.size):
            dW[i] = ZERO
        for column in range(0, O, WIDEST * LANES):
            vectors = min(WIDEST, -(-(O - column) // LANES))
            width = min(LANES, O - column - (vectors - 1) * LANES)
            for n in range(N):
                starts = shorts(row[5] + 4 * n * room, room)
                begin, count = starts[first], starts[last] - starts[first]
                if count:
                    place = 4 * (n * room + begin)
                    scatter(
                        vectors, row[3] + place, row[4] + place, count, row[7] + 4 * (n * O + column),
                        row[8] + 4 * column, width,
                    )  # fmt: skip
