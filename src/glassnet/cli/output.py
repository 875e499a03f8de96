"""What commands say: reports and JSON on standard output, everything passing on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glassnet.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console

LONGEST_NAME = 200  # bytes of 255: temporary files, the lock and checkpoints lie beside it under longer names


def tell(text: str) -> None:
    """Print a report, on standard output."""
    print(printable(text))


def say(text: str) -> None:
    """Print a passing remark, on standard error."""
    print(printable(text), file=sys.stderr)


def printable(text: str) -> str:
    """`text` with escapes for control characters: names come from files and folders, and a terminal would obey them."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode() for sign in text
    )


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON object, in ASCII, which no terminal or pipe can spoil; null where a number is not finite."""
    print(json.dumps(_finite(document), allow_nan=False))


def console() -> Console:
    """Rich's console on standard output: colours where it is a terminal, plain text elsewhere."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def percent(share: float) -> str:
    """A share as 98.6%."""
    return f"{100 * share:.1f}%"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as text with right-aligned columns below their heads."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    wide = [max(len(line[k]) for line in lines) for k in range(len(head))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, wide, strict=True)) for line in lines)


def fitting(text: str, width: int) -> str:
    """`text`, cut to so many letters where it is longer."""
    return text if len(text) <= width else text[: width - 1] + "…"


def check_output(path: Path, force: bool, *others: Path | None) -> None:
    """Raise OutputError where `path` cannot be written, exists and may not be replaced, or is one of `others`."""
    from glassnet.atomic import check_target

    for other in others:
        if other is not None and other.resolve() == path.resolve():
            raise OutputError(
                f"{str(path)!r} is named twice, and would be lost.", "Choose another name for the output."
            )
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise OutputError(f"The name {path.name!r:.40} is too long.", f"Take at most {LONGEST_NAME} bytes.")
    if check_target(path) is not None and not force:
        raise OutputError(f"{str(path)!r} exists already.", "Choose another name, or replace it with --force.")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
