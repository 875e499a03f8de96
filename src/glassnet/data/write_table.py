"""Writing a table that spreadsheets open, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from glassnet.preparation.cells import number

FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute


def write_rows(file: BinaryIO, rows: Iterable[Sequence[str]], *, separator: str, mark: str, encoding: str) -> None:
    """Write rows of cells; a cell that a spreadsheet would take for a formula gets an apostrophe in front.

    Source: OWASP, "CSV Injection".
    """
    text = io.TextIOWrapper(file, encoding, newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n" if encoding != "utf-8" else "\n")
    writer.writerows([harmless(cell, mark) for cell in row] for row in rows)
    text.detach()


def harmless(cell: str, mark: str) -> str:
    """The cell, with an apostrophe in front where it begins as a formula and is no number."""
    if not cell.startswith(FORMULAS):
        return cell
    try:
        number(cell, mark)
    except ValueError:
        return f"'{cell}"
    return cell
