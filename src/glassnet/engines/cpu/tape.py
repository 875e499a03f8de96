"""A tape: the operations of a step in their order, with the places of everything that they read and write.

The tape is made once for a task. Its places are bound to addresses anew for every span, since vectors move.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
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


Field = int | float | Place | str  # a float travels as the bits of its float64, a kernel's name as its address


@dataclass(frozen=True)
class Operation:
    """A kernel at work on `fields`, divided into `units` (a number, SAMPLES or CHUNKWISE).

    With `wait` no thread begins it before all threads have done what stands before it.
    """

    kernel: str
    fields: tuple[Field, ...]
    units: int
    wait: bool = False


def signed(number: int) -> int:
    """The whole number with the same 64 bits below 2⁶³: how a tape holds a seed."""
    return number - 2**64 if number >= 2**63 else number


def as_bits(number: float) -> int:
    """The bits of a float64 as a whole number."""
    (bits,) = struct.unpack("<q", struct.pack("<d", number))
    return int(bits)


class Tape:
    """Operations and the memory they share: ask for room, `finish` with the operations in order, run it `Bound`."""

    def __init__(self) -> None:
        self._size = 0
        self.arena = np.zeros(0, np.uint8)
        self.blocks: list[str] = []

    def room(self, size: int, kind: Any = np.float32) -> Place:
        """Room for `size` numbers in the arena, zero at first."""
        place = Place("arena", self._size)
        self._size += -(-size * np.dtype(kind).itemsize // LINE) * LINE
        return place

    def finish(self, operations: Sequence[Operation]) -> None:
        """These are the operations: get the memory, compile or load the kernels."""
        for kernel in ("span.run", "product.product"):  # which no operation names
            compiling.address(kernel)
        self.arena = aligned_zeros(self._size, np.dtype(np.uint8))
        self.blocks = sorted({f.block for row in operations for f in row.fields if isinstance(f, Place)})
        count = len(operations)
        self.offsets = np.zeros((count, WIDTH), np.int64)
        self.which = np.full((count, WIDTH), -1)
        for k, operation in enumerate(operations):
            for j, field in enumerate(operation.fields):
                if isinstance(field, Place):
                    self.offsets[k, j], self.which[k, j] = field.offset, self.blocks.index(field.block)
                elif isinstance(field, str):
                    self.offsets[k, j] = compiling.address(field)
                elif isinstance(field, float):
                    self.offsets[k, j] = as_bits(field)
                else:
                    self.offsets[k, j] = field
        compiling.make_ready(operation.kernel for operation in operations)
        self.table = np.zeros((count, 4), np.int64)
        for k, op in enumerate(operations):
            self.table[k] = compiling.address(op.kernel), 0, op.units, op.wait


class Bound:
    """A tape with the addresses of these arrays, which stay alive with it.

    operations : (K, 4), as kernels/span.py wants them.
    """

    def __init__(self, tape: Tape, blocks: Mapping[str, Array]) -> None:
        self._tape, self._arrays = tape, {**blocks, "arena": tape.arena}
        bases = np.array([self._arrays[name].ctypes.data for name in tape.blocks] + [0])
        self._rows = tape.offsets + bases[tape.which]
        self.operations = tape.table.copy()
        self.operations[:, 1] = self._rows.ctypes.data + 8 * WIDTH * np.arange(len(self._rows))
        self._places = {
            name: [(int(row), int(field), int(tape.offsets[row, field])) for row, field in np.argwhere(tape.which == k)]
            for k, name in enumerate(tape.blocks)
        }

    def move(self, block: str, array: Array) -> None:
        """Take another array for a block."""
        self._arrays[block] = array
        address = array.ctypes.data
        for row, field, offset in self._places[block]:
            self._rows[row, field] = address + offset
