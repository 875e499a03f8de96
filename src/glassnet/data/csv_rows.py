"""The rows of a table as text, some at a time, each with the line of the file that it ends in."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from glassnet.errors import DataFileError

EXCEL = "sep="  # begins a line of its own before the names
SAID = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


class Rows:
    """The rows of a table, but for empty ones; `head` is the first, which has as many cells as all others.

    Raises
    ------
    DataFileError where there is none; from `take` with the line of a row that has more or fewer cells, and of a quote
    that does not end.
    """

    def __init__(self, name: str, file: Iterator[str], separator: str) -> None:
        self.name, self.separator, self.head = name, separator, list[str]()
        self.reader = csv.reader(file, delimiter=separator)
        while not self.head or self.head[0].startswith(EXCEL):
            first = self._next(1)[1]
            if not first:
                raise DataFileError(f"{name} names no columns.", "The first line names them, every other one is a row.")
            (self.head,) = first

    def take(self, count: int) -> tuple[list[int], list[list[str]]] | None:
        """The lines that the next rows end in, and their cells; None after the last one."""
        lines, rows = self._next(count)
        if set(map(len, rows)) - {len(self.head)}:
            line, row = next(pair for pair in zip(lines, rows, strict=True) if len(pair[1]) != len(self.head))
            raise DataFileError(
                f"{self.name}, line {line}: {len(row)} cell{'s' * (len(row) != 1)}, but the first line names "
                f"{len(self.head)} columns.",
                f"A cell with {SAID[self.separator][:-1]}s in it stands in quotes.",
            )
        return (lines, rows) if rows else None

    def _next(self, count: int) -> tuple[list[int], list[list[str]]]:
        reader, lines, rows = self.reader, list[int](), list[list[str]]()
        try:
            for row in reader:
                if row:
                    lines.append(reader.line_num)
                    rows.append(row)
                    if len(rows) == count:
                        break
        except csv.Error as error:
            raise DataFileError(
                f"{self.name}, line {reader.line_num}: {error}.", "Look for a quote that does not end."
            ) from None
        return lines, rows
