"""One seed, and random words addressed by what they are for.

Every random number is a word of Philox4x32-10 at an address (seed, purpose, step, layer, element): it can be drawn
anywhere, in any order, on any number of threads, and is the same in every engine.

Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import numpy as np

from glassnet.arrays import Array

MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
KEY_STEPS = 0x9E3779B9, 0xBB67AE85
ROUNDS = 10
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
FEW = 64  # numbers that are sorted as quickly one way as another


class Purpose(IntEnum):
    """What words are drawn for; each purpose has a stream of its own. The numbers stand in files: never change them."""

    WEIGHTS = 1
    ORDER = 2
    DROPOUT = 3
    SPLIT = 4
    DATA = 5
    AUGMENTATION = 6
    DIAGNOSIS = 7
    SUBSET = 8
    BOOTSTRAP = 9


def philox(counter: tuple[Array, Array, Array, Array], key: tuple[int, int]) -> tuple[Array, Array, Array, Array]:
    """Four random words for each counter of four words, all as uint64 arrays below 2³²."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        p0, p1 = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0, c1 = (p1 >> HALF) ^ c1 ^ np.uint64(k0), p1 & LOW
        c2, c3 = (p0 >> HALF) ^ c3 ^ np.uint64(k1), p0 & LOW
        k0, k1 = (k0 + KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + KEY_STEPS[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3


def words(seed: int, purpose: Purpose, step: int | Array, layer: int, count: int) -> Array:
    """Random 32-bit words at an address.

    Parameters
    ----------
    seed : 64 bits, the key.   purpose, step, layer : the address, words 1 to 3 of the counter.
    count : how many words.    step may be an array of shape (S,): the words of many steps at once.

    Returns
    -------
    uint32 array of shape (count,), or (S, count). Word-major: block b of the generator fills b, b + B, b + 2B, b + 3B,
    where B = ⌈count / 4⌉ is the number of blocks.
    """
    steps = np.atleast_1d(np.asarray(step, np.uint64))[:, None]
    blocks = np.arange(-(-count // 4), dtype=np.uint64)[None, :]
    shape = np.broadcast_shapes(steps.shape, blocks.shape)
    counter = (
        np.broadcast_to(blocks, shape),
        np.full(shape, int(purpose), np.uint64),
        np.broadcast_to(steps, shape),
        np.full(shape, layer, np.uint64),
    )
    drawn = philox(counter, (seed & 0xFFFFFFFF, seed >> 32))
    flat = np.concatenate(drawn, axis=1)[:, :count].astype(np.uint32)
    return flat if np.ndim(step) else flat[0]


def uniform(random_words: Array) -> Array:
    """Words as float64 numbers in the open interval (0, 1): (word + ½) / 2³²."""
    return (random_words.astype(np.float64) + 0.5) / 2.0**32


def permutations(seed: int, purpose: Purpose, steps: Array, size: int) -> Array:
    """One shuffled order of range(size) for each step, shape (S, size): of 64-bit random keys, ascending."""
    drawn = words(seed, purpose, steps, 0, 2 * size).astype(np.uint64)
    return ascending((drawn[:, :size] << HALF) | drawn[:, size:])


Permutations = Callable[[int, Purpose, Array, int], Array]  # draws what `permutations` does


def ascending(keys: Array) -> Array:
    """For each row of keys (S, size) the order that sorts it; equals stay in theirs."""
    if keys.shape[1] > FEW:  # sorting that leaves the order of equals open is several times as fast
        orders = np.argsort(keys, axis=1)
        ordered = np.take_along_axis(keys, orders, axis=1)
        if (ordered[:, 1:] != ordered[:, :-1]).all():
            return orders
    return np.argsort(keys, axis=1, kind="stable")
