"""A batch of samples, in float32, out of the data set."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, integers, octets, real


def from_numbers(now, row, lo, hi):
    """x[n] = data[rows[n]]. Row: data, x, size of a sample."""
    size = row[2]
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        x, data = floats(row[1] + 4 * n * size, size), floats(row[0] + 4 * rows[n] * size, size)
        for i in range(size):
            x[i] = data[i]


def from_bytes(now, row, lo, hi):
    """x[n] = (data[rows[n]] + offset)·factor for pixels as bytes. Row: data, x, size of a sample, offset, factor."""
    size, offset, factor = row[2], np.float32(real(row[3])), np.float32(real(row[4]))
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        x, data = floats(row[1] + 4 * n * size, size), octets(row[0] + rows[n] * size, size)
        for i in range(size):
            x[i] = (data[i] + offset) * factor
