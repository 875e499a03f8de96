"""Where first weights and orders are drawn from: a seed for each network and each training."""

from __future__ import annotations

import numpy as np

from glassnet.checks import check_integer
from glassnet.randomness import Purpose, words

_given: list[int] = []  # the seed that set_random_seed gave, and how many were drawn from it


def set_random_seed(seed: int) -> None:
    """Let everything that comes after be the same in every run."""
    check_integer("set_random_seed", "seed", seed, 0, 2**32 - 1)
    np.random.seed(seed)  # noqa: NPY002  # as Keras does: scripts draw their samples there
    _given[:] = [seed, 0]


def forget_seed() -> None:
    """As if set_random_seed had not been called."""
    _given.clear()


def next_seed() -> int:
    """A seed of its own for the next network or training.

    Without set_random_seed it comes from NumPy's global generator: scripts of Keras's first years say
    np.random.seed(…) and expect the same weights again; others get new ones in every run.
    """
    if not _given:
        return int(np.random.randint(2**63))  # noqa: NPY002
    _given[1] += 1
    low, high = words(_given[0], Purpose.WEIGHTS, _given[1], 0, 2).tolist()
    return low | high << 32
