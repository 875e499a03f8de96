"""Running a bound tape: on one thread or several, whichever is faster now."""

from __future__ import annotations

import ctypes
import threading
from time import perf_counter

import numpy as np

from glassnet.arrays import Array
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.tape import as_bits

PIECE = 0.02  # seconds of work between two looks at the clock
TELLING = 0.002  # seconds that a piece takes at least which tells of the speed
LOOK_AGAIN = 25  # pieces after which the other number of threads is tried
WORTH = 200_000  # multiply-adds a step from which threads save more than their meetings cost
KERNEL = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_int64] * 6)


class Pace:
    """How many threads to work with.

    Threads wait for each other by spinning. Where another program holds a core, one waits for what is not running, and
    several threads are slower than one. So the time of a step is measured with all and with one, now and then, and the
    faster number is taken. The results are the same for every number.

    choices : numbers of threads.   seconds : of a step with each; 0 where nothing was measured for long enough.
    """

    def __init__(self, threads: int, work: int) -> None:
        self.choices = [threads, 1] if threads > 1 and work > WORTH else [1]
        self.seconds = [0.0] * len(self.choices)
        self.sizes = [1] * len(self.choices)  # steps of the next piece
        self.pieces = 0

    def next(self) -> int:
        """Which of the choices to take for the next piece."""
        if 0.0 in self.seconds:
            return self.seconds.index(0.0)
        best = int(np.argmin(self.seconds))
        self.pieces += 1
        return 1 - best if len(self.choices) > 1 and self.pieces % LOOK_AGAIN == 0 else best

    def run(self, operations: Array, rows: Array, cuts: Array, first: int) -> None:
        """All steps of a span, in pieces."""
        done, count = 0, len(cuts) - 1
        while done < count:
            choice = self.next()
            size = min(self.sizes[choice], count - done) if len(self.choices) > 1 else count
            began = perf_counter()
            run_steps(operations, rows, cuts, done, size, first, self.choices[choice])
            self.learn(choice, size, perf_counter() - began)
            done += size

    def learn(self, choice: int, size: int, seconds: float) -> None:
        """A piece of `size` steps took so long. Short pieces tell how long threads take to begin, so they grow."""
        if seconds >= TELLING:
            self.seconds[choice] = seconds / size
        wanted = PIECE if choice == np.argmin(self.seconds) else 2 * TELLING
        self.sizes[choice] = max(1, min(8 * size, int(wanted * size / max(seconds, 1e-9))))


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
        meeting = np.zeros(16, np.int64)  # two cache lines: where threads meet, and where kernels may write nothing
        row = np.array(
            [operations.ctypes.data, len(operations), start, count, cuts.ctypes.data, rows.ctypes.data, first,
             meeting.ctypes.data]
        )  # fmt: skip
        nows = np.zeros((threads, 16), np.int64)
        nows[:, 4] = nows.ctypes.data + nows.strides[0] * np.arange(threads)
        nows[:, 5] = compiling.address("product.product")
        nows[:, 6] = np.arange(threads)
        self._row, self._nows, self._nowhere = row.ctypes.data, nows[:, 4].tolist(), meeting.ctypes.data + 64
        self._kept = operations, rows, cuts, meeting, row, nows  # for as long as their addresses are used

    def __call__(self, k: int) -> None:
        self._kernel(self._nowhere, self._nowhere, self._nows[k], self._row, k, self._threads)


def call_kernel(name: str, *fields: Array | float, units: int = 0) -> None:
    """Call a kernel for all its units on this thread."""
    row, nothing = as_row(*fields), np.zeros(8, np.int64)
    nowhere = nothing.ctypes.data
    KERNEL(compiling.address(name))(nowhere, nowhere, nowhere, row.ctypes.data, 0, units)


def as_row(*fields: Array | float) -> Array:
    """The row of a kernel: whole numbers, the addresses of arrays, and other numbers as the bits of their float64."""
    return np.array(
        [
            field.ctypes.data if isinstance(field, np.ndarray) else field if isinstance(field, int) else as_bits(field)
            for field in fields
        ]
    )
