"""Arrays that lie in a file and come into memory page by page, as they are needed."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import Any

import numpy as np

from glassnet.arrays import Array

PIECE = 2**24  # bytes


def let_go(x: Array) -> None:
    """Give the memory back that an array in a read-only memory-mapped file has taken up; any other array stays.

    What is needed again is read again, mostly from the system's own memory of the file.
    """
    owner: Any = x
    while isinstance(owner, np.ndarray):
        owner = owner.base  # that of the first array is what holds the bytes
    if isinstance(owner, mmap.mmap) and memoryview(owner).readonly and hasattr(mmap, "MADV_DONTNEED"):
        owner.madvise(mmap.MADV_DONTNEED)


def pieces(x: Array) -> Iterator[Array]:
    """The samples x (N, …) in their order, some megabytes at a time; of those in a file no more are in memory."""
    count = max(1, PIECE // max(1, x[:1].nbytes))
    for start in range(0, len(x), count):
        yield x[start : start + count]
        let_go(x)
