"""Orders of samples: their random keys, and for few samples the ranks of these."""

from __future__ import annotations

import numpy as np
from numba import njit

from glassnet.engines.cpu.blocks.memory import integers
from glassnet.engines.cpu.blocks.philox import HALF, LOW, philox


def orders(now, row, lo, hi):
    """What glassnet.randomness draws for steps lo … hi. Row: keys (S, size), orders (S, size) (0: keys alone), steps,
    size, seed, purpose."""
    size, steps = row[3], integers(row[2], hi)
    for s in range(lo, hi):
        draw(row[0] + 8 * s * size, size, np.uint64(steps[s]), np.uint64(row[4]), np.uint64(row[5]))
        if row[1]:
            rank(row[0] + 8 * s * size, row[1] + 8 * s * size, size)


@njit
def draw(place, size, step, seed, purpose):
    """64 random bits for each sample: the first `size` words are the upper halves, the others the lower."""
    keys, blocks = integers(place, size), (2 * size + 3) // 4
    for block in range(blocks):
        words = philox(np.uint64(block), purpose, step, np.uint64(0), seed & LOW, seed >> HALF)
        for lane in range(4):
            word = block + lane * blocks
            if word < size:
                keys[word] = np.int64(words[lane] << HALF)
            elif word < 2 * size:
                keys[word - size] |= np.int64(words[lane])


@njit
def rank(keys_place, order_place, size):
    """Each sample goes where as many stand before it as have a smaller key: no sorting, so nothing to guess."""
    keys, order = integers(keys_place, size), integers(order_place, size)
    for i in range(size):
        key, before = np.uint64(keys[i]), 0
        for j in range(size):
            other = np.uint64(keys[j])
            before += (other < key) | ((other == key) & (j < i))
        order[before] = i
