"""What was translated from an older Keras: said once each on standard error, and kept in a list."""

from __future__ import annotations

import sys

_notes: dict[str, str] = {}


def note(key: str, text: str) -> None:
    """Say `text` on standard error, unless something was said under this `key` before in this process.

    Parameters
    ----------
    key : what is translated, such as "lr".   text : what it is read as, without a full stop.
    """
    if key not in _notes:
        _notes[key] = text
        print(f"glassnet.keras: {text}.", file=sys.stderr)


def translated() -> list[str]:
    """Everything that was noted in this process, in the order in which it came up."""
    return list(_notes.values())
