"""Arrays that lie in a file and come into memory page by page, as they are needed."""

from __future__ import annotations

import mmap
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.data.memory import allowed

PIECE = 2**24  # bytes
AROUND = 2**21  # bytes that a system may bring into memory where one is read
SHARE = 1 / 4  # of what pictures may take, for those that one block is made of; two may be there at a time


def let_go(x: Array) -> None:
    """Give the memory back that an array in a read-only memory-mapped file has taken up; any other array stays.

    What is needed again is read again, mostly from the system's own memory of the file.
    """
    file = _file(x)
    if file is not None and hasattr(mmap, "MADV_DONTNEED"):
        file.madvise(mmap.MADV_DONTNEED)


def at_once(x: Array) -> int:
    """How many samples of x (N, …), from anywhere, may come into memory before it is given back: any number where all
    of them may, or where the array lies there anyway.
    """
    most = int(SHARE * allowed())
    if _file(x) is None or x.nbytes <= most:
        return sys.maxsize
    return max(1, most // (x[:1].nbytes + AROUND))


def pieces(x: Array) -> Iterator[Array]:
    """The samples x (N, …) in their order, some megabytes at a time; of those in a file no more are in memory."""
    count = max(1, PIECE // max(1, x[:1].nbytes))
    for start in range(0, len(x), count):
        yield x[start : start + count]
        let_go(x)


def _file(x: Array) -> mmap.mmap | None:
    """The read-only file that an array lies in; None for any other array."""
    owner: Any = x
    while isinstance(owner, np.ndarray):
        owner = owner.base  # that of the first array is what holds the bytes
    return owner if isinstance(owner, mmap.mmap) and memoryview(owner).readonly else None
