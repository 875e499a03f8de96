"""Orders of samples: their random keys, and for few samples the ranks of these."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import integers
from glassnet.engines.cpu.blocks.philox import HALF, LOW, philox
from glassnet.engines.cpu.building import part


def orders(now, row, lo, hi):
    """What glassnet.randomness draws for steps lo … hi. Steps lie side by side, so that they are made alike, so many at
    a time as a vector holds.

    Row: keys (size, S), orders (S, size) (0: keys alone), steps, S, size, seed, purpose, room (4, S).
    """
    keys, steps, pitch, size, room = row[0] + 8 * lo, row[2] + 8 * lo, 8 * row[3], row[4], row[7] + 8 * lo
    blocks = (2 * size + 3) // 4
    for block in range(blocks):
        draw(block, steps, np.uint64(row[5]), np.uint64(row[6]), room, pitch, hi - lo)
        for lane in range(4):
            word = block + lane * blocks
            if word < 2 * size:
                take(word >= size, keys + pitch * (word % size), room + pitch * lane, hi - lo)
    if row[1]:
        for i in range(size):
            rank(i, keys, pitch, row[1] + 8 * lo * size, room, size, hi - lo)


@part
def draw(block, steps_place, seed, purpose, words_place, pitch, count):
    """The four words of a block in every step."""
    steps, first, second = (
        integers(steps_place, count),
        integers(words_place, count),
        integers(words_place + pitch, count),
    )
    third, fourth = integers(words_place + 2 * pitch, count), integers(words_place + 3 * pitch, count)
    for s in range(count):
        first[s] = steps[s]  # where a word goes: one array less that might overlap another
    for s in range(count):
        a, b, c, d = philox(np.uint64(block), purpose, np.uint64(first[s]), np.uint64(0), seed & LOW, seed >> HALF)
        first[s], second[s], third[s], fourth[s] = np.int64(a), np.int64(b), np.int64(c), np.int64(d)


@part
def take(lower, keys_place, words_place, count):
    """A word of every step into its key, the upper half of which comes first."""
    keys, words = integers(keys_place, count), integers(words_place, count)
    if lower:
        for s in range(count):
            keys[s] |= words[s]
    else:
        for s in range(count):
            keys[s] = words[s] << 32


@part
def rank(i, keys_place, pitch, orders_place, before_place, size, count):
    """Sample i goes where as many stand before it as have a smaller key: no sorting, so nothing to guess."""
    orders, before, key = (
        integers(orders_place, count * size),
        integers(before_place, count),
        integers(keys_place + pitch * i, count),
    )
    for s in range(count):
        before[s] = s * size
    for j in range(size):
        other = integers(keys_place + pitch * j, count)
        if j < i:
            for s in range(count):
                before[s] += np.uint64(other[s]) <= np.uint64(key[s])
        else:
            for s in range(count):
                before[s] += np.uint64(other[s]) < np.uint64(key[s])
    for s in range(count):
        orders[before[s]] = i
