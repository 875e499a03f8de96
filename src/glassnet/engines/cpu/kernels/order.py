"""Orders of samples: their random keys, and for few samples the ranks of these."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import integers
from glassnet.engines.cpu.blocks.philox import HALF, LOW, philox
from glassnet.engines.cpu.building import part


def orders(now, row, lo, hi):
    """What glassnet.randomness draws for steps lo … hi.

    Row: keys (S, size), orders (S, size) (0: keys alone), steps, size, seed, purpose, room for four words a step.
    """
    size, blocks = row[3], (2 * row[3] + 3) // 4
    for block in range(blocks):
        draw(block, row[2], np.uint64(row[4]), np.uint64(row[5]), row[6], lo, hi)
        for lane in range(4):
            take(block + lane * blocks, row[0], row[6] + 8 * lane, size, lo, hi)
    if row[1]:
        for s in range(lo, hi):
            rank(row[0] + 8 * s * size, row[1] + 8 * s * size, size)


@part
def draw(block, steps_place, seed, purpose, words_place, lo, hi):
    """The four words of a block in every step, which are made alike, so many at a time as a vector holds."""
    steps, words = integers(steps_place, hi), integers(words_place, 4 * hi)
    for s in range(lo, hi):
        a, b, c, d = philox(np.uint64(block), purpose, np.uint64(steps[s]), np.uint64(0), seed & LOW, seed >> HALF)
        words[4 * s], words[4 * s + 1] = np.int64(a), np.int64(b)
        words[4 * s + 2], words[4 * s + 3] = np.int64(c), np.int64(d)


@part
def take(word, keys_place, words_place, size, lo, hi):
    """Word by word into the keys: the first `size` of a step are the upper halves, the others the lower."""
    keys, words = integers(keys_place, size * hi), integers(words_place, 4 * hi)
    if word < size:
        for s in range(lo, hi):
            keys[s * size + word] = words[4 * s] << 32
    elif word < 2 * size:
        for s in range(lo, hi):
            keys[s * size + word - size] |= words[4 * s]


@part
def rank(keys_place, order_place, size):
    """Each sample goes where as many stand before it as have a smaller key: no sorting, so nothing to guess."""
    keys, order = integers(keys_place, size), integers(order_place, size)
    for i in range(size):
        key, before = np.uint64(keys[i]), 0
        for j in range(size):
            other = np.uint64(keys[j])
            before += (other < key) | ((other == key) & (j < i))
        order[before] = i
