"""Which pictures of a folder are learnt from, which are for the test, and in which order: by their content alone.

So the same picture is on the same side for ever, whatever it is called and whatever else lies in the folder, but for
the few at the border between both sides; and never on both.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array

TEST_SHARE = 0.2  # of the pictures, where a folder brings none to test with


class Arrangement(NamedTuple):
    """Numbers of pictures: those learnt from and those for the test, in order; what is left out.

    copies : those whose like is there.   contradictions : of two classes or more, with the very same pixels.
    """

    train: Array
    test: Array
    copies: Array
    contradictions: Array


def arrange(digests: Array, labels: Array, test: Array, *, tested: bool) -> Arrangement:
    """Arrange pictures.

    Parameters
    ----------
    digests, labels, test : (N,) of each picture a number that stands for its pixels, its class, and whether the folder
        has it for the test.   tested : whether the folder has a test; else a fifth is held out.

    Of pictures with the same pixels one stays: of those for the test and those learnt from, the test keeps it.
    """
    order = np.lexsort((np.arange(len(digests)), ~test, digests))
    first = np.diff(digests[order], prepend=~digests[order[:1]]) != 0
    starts = np.flatnonzero(first)
    several = np.minimum.reduceat(labels[order], starts) != np.maximum.reduceat(labels[order], starts)
    contradictory = several[np.cumsum(first) - 1]
    kept = np.sort(order[first & ~contradictory])
    learnt, held = kept[~test[kept]], kept[test[kept]]
    mixed = learnt[interleave(digests[learnt], labels[learnt])]
    if not tested:
        count = len(mixed) - round(len(mixed) * TEST_SHARE)
        mixed, held = mixed[:count], mixed[count:]
    return Arrangement(mixed, held, np.sort(order[~first & ~contradictory]), np.sort(order[contradictory]))


def interleave(digests: Array, labels: Array) -> Array:
    """An order in which every run of pictures has of each class about its share, by content within a class.

    The k-th of n pictures of a class stands at (k + ½)/n of the way; a sole one stands in front.
    """
    order = np.lexsort((digests, labels))
    _, sizes = np.unique(labels, return_counts=True)
    size = np.repeat(sizes, sizes)
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    way = np.where(size > 1, (place + 0.5) / size, 0.0)
    return order[np.lexsort((digests[order], way))]
