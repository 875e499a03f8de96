"""A table as text: named columns of cells, before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import nearest
from glassnet.errors import DataError
from glassnet.preparation.cells import MARKS, TEXT, as_numbers, first_misfit


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length, by name.

    Parameters
    ----------
    name : what messages call it.   columns : by name, cells (N,) as text without spaces around it.
    lines : (N,) the line of the file that each row ends in.   mark : "." or ",", before decimals where both could be.
    """

    name: str
    columns: Mapping[str, Array]
    lines: Array
    mark: str = "."
    read: dict[str, Array | None] = field(default_factory=dict, init=False)  # columns that were looked at for numbers

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, rows: Array) -> Table:
        """The rows with these numbers, in this order."""
        columns = {name: cells[rows] for name, cells in self.columns.items()}
        return replace(self, columns=columns, lines=self.lines[rows])

    def cells(self, name: str) -> Array:
        """The cells (N,) of a column; DataError where there is no such column."""
        if name not in self.columns:
            names = ", ".join(map(repr, list(self.columns)[:20])) + (", …" if len(self.columns) > 20 else "")
            raise DataError(
                f"{self.name} has no column {name!r}.", nearest(name, self.columns) or f"Its columns are {names}."
            )
        return self.columns[name]

    def as_numbers(self, name: str) -> Array | None:
        """The numbers (N,) of a column, NaN where one is missing; None where a cell is no number, or none is."""
        if name not in self.read:
            tried = (as_numbers(self.cells(name), mark) for mark in sorted(MARKS, key=lambda mark: mark != self.mark))
            self.read[name] = next((numbers for numbers in tried if numbers is not None), None)
        return self.read[name]

    def numbers(self, name: str) -> Array:
        """The numbers (N,) of a column in float64, NaN where one is missing.

        Raises
        ------
        DataError with the line of a cell that is no number, or none that is finite.
        """
        cells, numbers = self.cells(name), self.as_numbers(name)
        if numbers is None:
            row = first_misfit(cells, self.mark)
            if row == len(cells):
                return np.full(len(cells), np.nan)
            raise DataError(
                f"{self.name}, line {self.lines[row]}: {cells[row]!r:.60} in the column {name!r} is no number.",
                "Mend that cell, or leave it empty.",
            )
        if np.isinf(numbers).any():
            row = int(np.isinf(numbers).argmax())
            raise DataError(
                f"{self.name}, line {self.lines[row]}: {cells[row]!r:.60} in the column {name!r} is not finite.",
                "Mend that cell, or leave it empty.",
            )
        return numbers


def text_column(cells: object) -> Array:
    """Cells (N,) for a Table, from texts."""
    stripped: Array = np.strings.strip(np.array(cells, TEXT))
    return stripped
