"""Dropout, from the same random words as in the reference."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import floats, octets, real
from glassnet.engines.cpu.blocks.philox import HALF, LOW, philox
from glassnet.engines.cpu.sizes import MASK_UNITS
from glassnet.randomness import Purpose

DROPOUT = np.uint64(int(Purpose.DROPOUT))
ZERO = np.float32(0)


def mask(now, row, lo, hi):
    """keep[e] = 1 where element e stays, a share of the generator's blocks a unit.

    Row: keep, size of a sample, seed, layer, the least half of a word that stays.
    """
    elements = now[0] * row[1]
    words = (elements + 1) // 2
    blocks = (words + 3) // 4
    keep = octets(row[0], elements)
    seed, layer, step, least = np.uint64(row[2]), np.uint64(row[3]), np.uint64(now[3]), np.uint64(row[4])
    k0, k1 = seed & LOW, seed >> HALF
    for block in range(lo * blocks // MASK_UNITS, hi * blocks // MASK_UNITS):
        drawn = philox(np.uint64(block), DROPOUT, step, layer, k0, k1)
        for lane in range(4):
            element = 2 * (block + lane * blocks)
            if element < elements:
                keep[element] = (drawn[lane] & np.uint64(0xFFFF)) >= least
            if element + 1 < elements:
                keep[element + 1] = (drawn[lane] >> np.uint64(16)) >= least


def apply(now, row, lo, hi):
    """y = x·mask, forward and backward alike. Row: x, y, keep, size, 1 / (1 − rate)."""
    start, size = lo * row[3], (hi - lo) * row[3]
    x, y, keep = floats(row[0] + 4 * start, size), floats(row[1] + 4 * start, size), octets(row[2] + start, size)
    scale = np.float32(real(row[4]))
    for i in range(size):
        y[i] = x[i] * scale if keep[i] else ZERO
