"""What was translated from an older Keras: said once each on standard error, and kept in a list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_notes: dict[str, str] = {}
_aloud = True


def note(key: str, text: str) -> None:
    """Say `text` on standard error, unless something was noted under this `key` before in this process.

    Parameters
    ----------
    key : what is translated, such as "lr".   text : what it is read as, without a full stop.
    """
    if key not in _notes:
        _notes[key] = text
        if _aloud:
            print(f"glassnet.keras: {text}.", file=sys.stderr)


def translated() -> list[str]:
    """Everything that was noted in this process, in the order in which it came up."""
    return list(_notes.values())


@contextmanager
def collecting() -> Iterator[None]:
    """As long as the block runs, notes begin anew and nothing is said; then everything is as it was."""
    global _notes, _aloud
    before = _notes, _aloud
    _notes, _aloud = {}, False
    try:
        yield
    finally:
        _notes, _aloud = before
