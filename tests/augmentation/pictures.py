"""Pictures to change."""

from __future__ import annotations

import numpy as np

HALF = np.float64(0.5)  # the uniform number that changes nothing


def noise(count=6, height=12, width=10, channels=1, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, height, width, channels)).astype(np.uint8)
