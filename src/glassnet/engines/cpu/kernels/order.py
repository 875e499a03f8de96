"""Orders of samples: their random keys, and for few samples the ranks of these."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.blocks.memory import integers
from glassnet.engines.cpu.blocks.philox import HALF, LOW, philox
from glassnet.engines.cpu.building import part


def orders(now, row, lo, hi):
    """What glassnet.randomness draws for seeds lo … hi. The steps of a seed lie side by side, so that they are made
    alike, so many at a time as a vector holds.

    Row: keys (size, S), orders (S, size, seeds) (0: keys alone), seeds, how many, steps, S, size, purpose, room (4, S).
    """
    keys, seeds, count, S, size, room = row[0], integers(row[2], row[3]), row[3], row[5], row[6], row[8]
    blocks = (2 * size + 3) // 4
    for number in range(lo, hi):
        for block in range(blocks):
            draw(block, row[4], np.uint64(seeds[number]), np.uint64(row[7]), room, S)
            for lane in range(4):
                word = block + lane * blocks
                if word < 2 * size:
                    take(word >= size, keys + 8 * S * (word % size), room + 8 * S * lane, S)
        if row[1]:
            for i in range(size):
                rank(i, keys, row[1] + 8 * number, count, room, size, S)


@part
def draw(block, steps_place, seed, purpose, words_place, S):
    """The four words of a block in every step."""
    steps, first, second = (
        integers(steps_place, S),
        integers(words_place, S),
        integers(words_place + 8 * S, S),
    )
    third, fourth = integers(words_place + 16 * S, S), integers(words_place + 24 * S, S)
    for s in range(S):
        first[s] = steps[s]  # where a word goes: one array less that might overlap another
    for s in range(S):
        a, b, c, d = philox(np.uint64(block), purpose, np.uint64(first[s]), np.uint64(0), seed & LOW, seed >> HALF)
        first[s], second[s], third[s], fourth[s] = np.int64(a), np.int64(b), np.int64(c), np.int64(d)


@part
def take(lower, keys_place, words_place, S):
    """A word of every step into its key, the upper half of which comes first."""
    keys, words = integers(keys_place, S), integers(words_place, S)
    if lower:
        for s in range(S):
            keys[s] |= words[s]
    else:
        for s in range(S):
            keys[s] = words[s] << 32


@part
def rank(i, keys_place, orders_place, pitch, before_place, size, S):
    """Sample i goes where as many stand before it as have a smaller key: no sorting, so nothing to guess. From place to
    place of an order there are `pitch` numbers.
    """
    orders, before, key = (
        integers(orders_place, S * size * pitch),
        integers(before_place, S),
        integers(keys_place + 8 * S * i, S),
    )
    for s in range(S):
        before[s] = s * size
    for j in range(size):
        other = integers(keys_place + 8 * S * j, S)
        if j < i:
            for s in range(S):
                before[s] += np.uint64(other[s]) <= np.uint64(key[s])
        else:
            for s in range(S):
                before[s] += np.uint64(other[s]) < np.uint64(key[s])
    for s in range(S):
        orders[before[s] * pitch] = i
