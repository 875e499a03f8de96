"""Standard streams as they were, after a script that put others in their place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

NAMES = "stdin", "stdout", "stderr"


@contextmanager
def same_streams() -> Iterator[None]:
    """Put sys.stdin, sys.stdout and sys.stderr back when the block ends, if they still work."""
    before = {name: getattr(sys, name) for name in NAMES}
    try:
        yield
    finally:
        for name, stream in before.items():
            _put_back(name, stream)


def _put_back(name: str, before: Any) -> None:
    after = getattr(sys, name)
    if after is before:
        return
    below = getattr(before, "buffer", None)
    if below is None and isinstance(before, TextIOWrapper):
        return  # the script took the bytes out of it: sys.stdout.detach()
    if below is not None and getattr(after, "buffer", None) is below:
        after.detach()  # or its end would close the bytes below the old stream
    setattr(sys, name, before)
