"""What commands have in common that take pictures of one's own."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import overload

from glassnet.cli.output import say

SLOW = 1.0  # seconds after which people want to see what is waited for
UNITS = {"M": 10**6, "G": 10**9}
MOVES = 0.1  # seconds between two looks of the line that counts


@overload
def parse_size(text: str) -> tuple[int, int]: ...
@overload
def parse_size(text: str | None) -> tuple[int, int] | None: ...
def parse_size(text: str | None) -> tuple[int, int] | None:
    """Height and width out of "28x28"; ParameterError where it says something else."""
    from glassnet.errors import ParameterError
    from glassnet.preparation import Fit

    if text is None:
        return None
    height, _, width = text.partition("x")
    if not (height.isdecimal() and width.isdecimal()):
        raise ParameterError(f"--size must be height and width, as in 28x28. Got {text!r:.60}.")
    fit = Fit(int(height), int(width))
    return fit.height, fit.width


def parse_memory(text: str) -> int:
    """Bytes out of "500MB" or "2GB"; ParameterError where it says something else."""
    from glassnet.data.memory import LEAST, MEGABYTE
    from glassnet.errors import ParameterError

    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([MG])B", text.strip(), re.IGNORECASE)
    size = int(float(found[1]) * UNITS[found[2].upper()]) if found else 0
    if size < LEAST:
        raise ParameterError(
            f"--memory must be such as 500MB or 2GB, and {LEAST // MEGABYTE}MB or more. Got {text!r:.60}."
        )
    return size


@contextmanager
def counted_pictures(quiet: bool) -> Iterator[None]:
    """Show how many pictures are decoded: a line that moves in a terminal, else one now and then."""
    from glassnet.data.picture_folder import reading

    reading.listener = reading.nobody if quiet else _Counter()
    try:
        yield
    finally:
        reading.listener = reading.nobody


class _Counter:
    """Says how many pictures are decoded, once that takes a while."""

    def __init__(self) -> None:
        self.shown_at = time.monotonic() + SLOW - MOVES

    def __call__(self, done: int, of: int) -> None:
        now, moving = time.monotonic(), sys.stderr.isatty()
        if now - self.shown_at < (MOVES if moving else SLOW) and not (moving and done == of):
            return
        self.shown_at = now
        line = f"Decoding pictures, once: {done:,} of {of:,}"
        if moving:
            sys.stderr.write("\r\x1b[2K" + (line if done < of else ""))
            sys.stderr.flush()
        else:
            say(line)
