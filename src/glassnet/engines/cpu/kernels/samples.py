"""A batch of samples, in float32, out of the data set, and what became of them to its place."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import fetch, floats, integers, octets, real
from glassnet.engines.cpu.building import part

AHEAD = 6  # samples that are on their way from memory while one is copied
LINE = 64


@part
def fetch_sample(address, size):
    """Have a sample of so many bytes brought."""
    for line in range(0, size, LINE):
        fetch(address + line)


def from_numbers(now, row, lo, hi):
    """x[n] = data[rows[n]]. Row: data, x, size of a sample."""
    size = row[2]
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        if n + AHEAD < hi:
            fetch_sample(row[0] + 4 * rows[n + AHEAD] * size, 4 * size)
        x, data = floats(row[1] + 4 * n * size, size), floats(row[0] + 4 * rows[n] * size, size)
        for i in range(size):
            x[i] = data[i]


def from_bytes(now, row, lo, hi):
    """x[n] = (data[rows[n]] + offset)·factor for pixels as bytes. Row: data, x, size of a sample, offset, factor."""
    size, offset, factor = row[2], np.float32(real(row[3])), np.float32(real(row[4]))
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        if n + AHEAD < hi:
            fetch_sample(row[0] + rows[n + AHEAD] * size, size)
        x, data = floats(row[1] + 4 * n * size, size), octets(row[0] + rows[n] * size, size)
        for i in range(size):
            x[i] = (data[i] + offset) * factor


def to_numbers(now, row, lo, hi):
    """result[rows[n]] = y[n]. Row: result, y, size of a sample."""
    size = row[2]
    rows = integers(now[2], hi)
    for n in range(lo, hi):
        result, y = floats(row[0] + 4 * rows[n] * size, size), floats(row[1] + 4 * n * size, size)
        for i in range(size):
            result[i] = y[i]
