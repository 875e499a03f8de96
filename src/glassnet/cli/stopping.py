"""Ctrl-C and SIGTERM as a wish that a loop can look at, so that nothing is cut in the middle."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNAL_EXIT = 128  # a shell tells death by signal N as 128 + N


class StopWish:
    """`signal` is 0 until somebody asks to stop, then the number of the signal."""

    signal = 0

    @property
    def exit_code(self) -> int:
        """What the process ends with."""
        return SIGNAL_EXIT + self.signal

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Take the wish down; the second one is not waited for."""
        if self.signal:
            sys.exit(SIGNAL_EXIT + number)
        self.signal = number


@contextmanager
def stop_wish() -> Iterator[StopWish]:
    """Take signals down instead of dying of them, as long as the block runs."""
    wish = StopWish()
    before = {number: signal.signal(number, wish) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
