"""The generator of random words: Philox4x32-10, as in glassnet.randomness."""

from __future__ import annotations

import numpy as np

from glassnet.engines.cpu.building import part
from glassnet.randomness import KEY_STEPS, MULTIPLIERS, ROUNDS

M0, M1 = MULTIPLIERS
K0, K1 = np.uint64(KEY_STEPS[0]), np.uint64(KEY_STEPS[1])
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@part(forceinline=True)
def philox(c0, c1, c2, c3, k0, k1):
    """Four words for one counter."""
    for _ in range(ROUNDS):
        p0, p1 = c0 * M0, c2 * M1
        c0, c1, c2, c3 = (p1 >> HALF) ^ c1 ^ k0, p1 & LOW, (p0 >> HALF) ^ c3 ^ k1, p0 & LOW
        k0, k1 = (k0 + K0) & LOW, (k1 + K1) & LOW
    return c0, c1, c2, c3
