"""A tape: the operations of a step in their order, with the places of everything that they read and write.

The tape is made once for a task. Its places are bound to addresses anew for every span, since vectors move.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array, aligned_zeros
from glassnet.engines.cpu import compiling

SAMPLES, CHUNKWISE = -1, -2  # what an operation is divided into, beside a number of units
WIDTH = 24  # fields of a row
LINE = 64  # bytes of a cache line


@dataclass(frozen=True)
class Place:
    """Bytes after the beginning of a block of memory: "arena", "weights", "state", "slots", "data", …"""

    block: str
    offset: int = 0

    def after(self, count: int) -> Place:
        """The place `count` bytes on."""
        return Place(self.block, self.offset + count)


Field = int | float | Place  # a float travels as the bits of its float64


@dataclass(frozen=True)
class Operation:
    """A kernel at work on `fields`, divided into `units` (a number, SAMPLES or CHUNKWISE).

    With `wait` no thread begins it before all threads have done what stands before it.
    """

    kernel: str
    fields: tuple[Field, ...]
    units: int
    wait: bool = False


class Tape:
    """Operations and the memory they share: ask for room, `finish` with the operations in order, run it `bound`."""

    def __init__(self) -> None:
        self._size = 0
        self._arena = np.zeros(0, np.uint8)
        self._blocks: list[str] = []

    def room(self, size: int, kind: Any = np.float32) -> Place:
        """Room for `size` numbers in the arena, zero at first."""
        place = Place("arena", self._size)
        self._size += -(-size * np.dtype(kind).itemsize // LINE) * LINE
        return place

    def finish(self, operations: Sequence[Operation]) -> None:
        """These are the operations: get the memory, compile or load the kernels."""
        self._arena = aligned_zeros(self._size, np.dtype(np.uint8))
        self._blocks = sorted({f.block for row in operations for f in row.fields if isinstance(f, Place)})
        count = len(operations)
        self._offsets = np.zeros((count, WIDTH), np.int64)
        self._which = np.full((count, WIDTH), -1)
        for k, operation in enumerate(operations):
            for j, field in enumerate(operation.fields):
                if isinstance(field, Place):
                    self._offsets[k, j], self._which[k, j] = field.offset, self._blocks.index(field.block)
                elif isinstance(field, float):
                    (self._offsets[k, j],) = struct.unpack("<q", struct.pack("<d", field))
                else:
                    self._offsets[k, j] = field
        compiling.make_ready(operation.kernel for operation in operations)
        self._table = np.zeros((count, 4), np.int64)
        for k, op in enumerate(operations):
            self._table[k] = compiling.address(op.kernel), 0, op.units, op.wait

    @contextmanager
    def bound(self, blocks: Mapping[str, Array]) -> Iterator[Array]:
        """The operations (K, 4) with the addresses of these arrays, which stay alive for as long as it lasts."""
        arrays = {**blocks, "arena": self._arena}
        bases = np.array([arrays[name].ctypes.data for name in self._blocks] + [0])
        rows = self._offsets + bases[self._which]
        table = self._table.copy()
        table[:, 1] = rows.ctypes.data + 8 * WIDTH * np.arange(len(rows))
        yield table
        del rows, arrays
