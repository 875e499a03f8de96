"""Into how large pieces work is cut: planner and kernels have to agree on it."""

from __future__ import annotations

CHUNKS = 8  # of a batch: always as many, so that sums over samples do not depend on the number of threads
LANES = 16  # numbers of a vector
ROWS = 13  # of a weight gradient in a unit, as many as the highest tile has
STRIP = 16  # rows that are transposed in a unit
BLOCK = 1024  # weights of an optimizer's unit, numbers of a sum over slots
MASK_UNITS = 64  # shares of a dropout mask
TOGETHER = 64  # samples of a prediction that go through all layers before the next: they stay in the cache
