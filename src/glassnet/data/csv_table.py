"""Reading a table: a text with a row a line, whatever the encoding, the separator and the decimal mark.

Python's own csv module parts the cells.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.data.csv_rows import EXCEL, SAID, Rows
from glassnet.data.text_file import find_encoding
from glassnet.errors import DataFileError
from glassnet.preparation import Table, text_column
from glassnet.preparation.cells import MARKS, TEXT, as_numbers, number

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 100  # rows, by which the separator is told
BLOCK = 200_000  # cells that are read before they are packed
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Latin-1)",
}


class Written(NamedTuple):
    """How a table is written: its encoding, and what stands between cells."""

    encoding: str
    separator: str

    @property
    def guessed(self) -> bool:
        """Whether the encoding was guessed, from the letters."""
        return self.encoding.startswith("cp")

    def in_words(self, mark: str) -> str:
        """Such as "UTF-8, commas between cells"."""
        encoding = ENCODINGS.get(self.encoding, "UTF-16")
        return f"{encoding}, {SAID[self.separator]} between cells" + ", decimal commas" * (mark == ",")


def read_table(path: str | os.PathLike[str]) -> tuple[Table, Written]:
    """The table in a file, its first line the names of the columns, and how it is written.

    A column without a name is called by its place: "column 1". Rows without any cell are passed over.

    Raises
    ------
    DataFileError with the line where a row has more or fewer cells than there are names, or a quote does not end; where
    names are missing or stand there twice, and where there are no rows.
    """
    written = _find_separator(path, find_encoding(path))
    try:
        names, columns, lines = _read(path, written)
    except OSError as error:
        raise DataFileError(f"Cannot read {os.fspath(path)!r}: {error.strerror}.") from error
    except UnicodeError as error:
        raise DataFileError(
            f"{os.fspath(path)!r} is no text in {ENCODINGS.get(written.encoding, 'UTF-16')}: {error}.",
            "Save it in UTF-8.",
        ) from None
    if not len(lines):
        raise DataFileError(
            f"{os.fspath(path)!r} names columns, but has no rows.", "Every line after the first is one."
        )
    table = Table(Path(path).name, dict(zip(names, columns, strict=True)), lines)
    return Table(table.name, table.columns, lines, decimal_mark(columns, written.separator)), written


def read_row(text: str, names: Sequence[str]) -> Table:
    """One row of the columns `names`, from the cells in their order, or from name=cell pairs in any order.

    Raises
    ------
    DataFileError where there are more or fewer cells than names, or other names.
    """
    separator = ";" if ";" in text else ","
    cells = next(csv.reader([text.strip()], delimiter=separator, skipinitialspace=True), [])
    given = {name.strip(): cell for name, equals, cell in (cell.partition("=") for cell in cells) if equals}
    if len(given) == len(cells) and set(given) & set(names):
        cells = [given[name] for name in names] if set(given) == set(names) else []
    if len(cells) != len(names):
        listed = ",".join(names)
        raise DataFileError(
            f"{text!r:.60} is not a row of the {len(names)} columns that the network expects.",
            f"They are {listed:.300}: give them all; a cell may be empty.",
        )
    columns = [text_column([cell]) for cell in cells]
    mark = decimal_mark(columns, separator)
    return Table("the row", dict(zip(names, columns, strict=True)), np.ones(1, np.int64), mark)


def decimal_mark(columns: Sequence[Array], separator: str) -> str:
    """ "," where a column's numbers can only be meant so, or where all could be either and semicolons part cells."""
    doubtful = False
    for cells in columns:
        if not (np.strings.find(cells, ",") >= 0).any():
            continue
        fits = {mark for mark in MARKS if as_numbers(cells, mark) is not None}
        if fits == {","}:
            return ","
        doubtful |= len(fits) == 2
    return "," if doubtful and separator == ";" else "."


def _find_separator(path: str | os.PathLike[str], encoding: str) -> Written:
    """The separator that gives the most rows as many cells as the first; of equal ones the one with the most cells."""
    scores = []
    for separator in SEPARATORS:
        widths = []
        with open(path, encoding=encoding, errors="replace", newline="") as file, suppress(csv.Error):
            for row in islice(csv.reader(file, delimiter=separator), SAMPLE):
                widths += [len(row)] if row and not row[0].startswith(EXCEL) else []
        width = widths[0] if widths else 0
        equal = widths.count(width) / len(widths) if width > 1 else 0
        scores.append((equal, width, -SEPARATORS.index(separator), separator))
    return Written(encoding, max(scores)[-1])


def _read(path: str | os.PathLike[str], written: Written) -> tuple[list[str], list[Array], Array]:
    """The names, the columns, and the line that each row ends in."""
    with open(path, encoding=written.encoding, newline="") as file:
        source = Rows(Path(path).name, file, written.separator)
        names = _checked(source.name, source.head)
        parts: list[list[Array]] = [[np.empty(0, TEXT)] for _ in names]
        lines: list[Array] = []
        while found := source.take(max(1, BLOCK // len(names))):
            ends, rows = found
            lines.append(np.array(ends, np.int64))
            for part, cells in zip(parts, zip(*rows, strict=True), strict=True):
                part.append(text_column(cells))
    columns = []
    for part in parts:
        columns.append(np.concatenate(part))
        part.clear()
    return names, columns, np.concatenate([np.empty(0, np.int64), *lines])


def _checked(table: str, header: list[str]) -> list[str]:
    """The names of the columns; DataFileError where they are none."""
    names = [" ".join(name.split()) or f"column {place}" for place, name in enumerate(header, 1)]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    numbers = [value for value in map(_value, names) if value is not None]
    counting = all(value >= 0 and value.is_integer() for value in numbers) and numbers == sorted(set(numbers))
    if numbers and not counting:
        raise DataFileError(
            f"{table}: the first line should name the columns, but it holds numbers: {','.join(header):.60}.",
            "Put a line of names in front.",
        )
    if twice is not None:
        places = " and ".join(str(place) for place, name in enumerate(names, 1) if name == twice)
        raise DataFileError(f"{table}: the columns {places} have one name, {twice!r:.60}.", "Give each its own.")
    return names


def _value(cell: str) -> float | None:
    try:
        return number(cell, ".")
    except ValueError:
        return None
