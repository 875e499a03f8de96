"""Running a bound tape: on one thread or several, whichever is faster now."""

from __future__ import annotations

import ctypes
import threading
from time import perf_counter

import numpy as np

from glassnet.arrays import Array
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.tape import as_bits

TRIAL, PIECE = 0.004, 0.02  # seconds of work in which a number of threads is judged at first, and later
SOON, LATE = 2, 64  # pieces on one thread after which all are tried again: twice as many each time that it was in vain
WORTH = 200_000  # multiply-adds a step from which threads save more than their meetings cost
KERNEL = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_int64] * 6)
ALL, ONE = 0, 1  # of the choices
_nowhere = np.zeros(8, np.int64)
NOWHERE = _nowhere.ctypes.data  # for a result and an exception, of which there are none


class Pace:
    """How many threads to work with.

    Threads wait for each other by spinning. Where another program holds a core, one waits for what is not running, and
    several threads are slower than one. So the time of a step is measured with all and with one, and the faster number
    is taken; time and again the other one is tried. The results are the same for every number.
    """

    def __init__(self, threads: int, work: int) -> None:
        self.choices = [threads, 1] if threads > 1 and work > WORTH else [1]
        self.seconds: list[float] = []  # for a step with each of the choices, as far as they were tried
        self.step = 0.0  # seconds of the last one
        self.alone, self.patience = 0, SOON  # pieces since all were tried, and after how many they are tried again

    def next(self) -> tuple[int, float]:
        """Which of the choices to take for the next piece, and for how many seconds."""
        if len(self.seconds) < len(self.choices):
            return len(self.seconds), TRIAL
        if len(self.choices) == 1 or self.seconds[ALL] <= self.seconds[ONE]:
            self.alone, self.patience = 0, SOON
            return ALL, PIECE
        self.alone += 1
        if self.alone <= self.patience:
            return ONE, PIECE
        self.alone, self.patience = 0, min(2 * self.patience, LATE)
        return ALL, PIECE

    def run(self, operations: Array, rows: Array, cuts: Array, first: int) -> None:
        """All steps of a span, in pieces."""
        done, count = 0, len(cuts) - 1
        while done < count:
            choice, wanted = self.next()
            size = max(1, int(wanted / self.step)) if self.step else 2
            size = count if len(self.choices) == 1 else min(size, count - done)
            cold, began = not self.step, perf_counter()
            run_steps(operations, rows, cuts, done, size, first, self.choices[choice])
            taken = perf_counter() - began
            self.step = taken / size
            if not cold and taken > TRIAL / 2:  # else it only tells how many steps the next piece may have
                self.seconds[choice : choice + 1] = [self.step]
            done += size


def run_steps(operations: Array, rows: Array, cuts: Array, start: int, count: int, first: int, threads: int) -> None:
    """Steps `start` … `start + count − 1` of a span, whose first step is number `first` of the training."""
    work = Steps(operations, rows, cuts, start, count, first, threads)
    others = [threading.Thread(target=work, args=(k,), daemon=True) for k in range(1, threads)]
    for other in others:
        other.start()
    try:
        work(0)
    finally:  # whatever interrupts us, they still use the memory
        for other in others:
            other.join()


class Steps:
    """Some steps of a span, which `threads` threads make together: each calls this with its number."""

    def __init__(
        self, operations: Array, rows: Array, cuts: Array, start: int, count: int, first: int, threads: int
    ) -> None:
        self._kernel, self._threads = KERNEL(compiling.address("span.run")), threads
        meeting = np.zeros(8, np.int64)  # a cache line
        row = np.array(
            [operations.ctypes.data, len(operations), start, count, cuts.ctypes.data, rows.ctypes.data, first,
             meeting.ctypes.data]
        )  # fmt: skip
        nows = np.zeros((threads, 16), np.int64)
        nows[:, 4] = nows.ctypes.data + nows.strides[0] * np.arange(threads)
        nows[:, 5] = compiling.address("product.product")
        nows[:, 6] = np.arange(threads)
        self._row, self._nows = row.ctypes.data, nows[:, 4].tolist()
        self._kept = operations, rows, cuts, meeting, row, nows  # for as long as their addresses are used

    def __call__(self, k: int) -> None:
        self._kernel(NOWHERE, NOWHERE, self._nows[k], self._row, k, self._threads)


def call_kernel(name: str, *fields: Array | float, units: int = 0) -> None:
    """Call a kernel for all its units on this thread."""
    row = as_row(*fields)
    KERNEL(compiling.address(name))(NOWHERE, NOWHERE, NOWHERE, row.ctypes.data, 0, units)


def as_row(*fields: Array | float) -> Array:
    """The row of a kernel: whole numbers, the addresses of arrays, and other numbers as the bits of their float64."""
    return np.array(
        [
            field.ctypes.data if isinstance(field, np.ndarray) else field if isinstance(field, int) else as_bits(field)
            for field in fields
        ]
    )
