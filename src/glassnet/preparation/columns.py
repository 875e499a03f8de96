"""From the rows of a table to samples: the columns that a network expects, by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_kind
from glassnet.errors import ParameterError
from glassnet.preparation.category import Category
from glassnet.preparation.date import Date
from glassnet.preparation.number import Number
from glassnet.preparation.table import Table

Column = Number | Category | Date
KINDS = (Number, Category, Date)


@dataclass(frozen=True)
class Columns:
    """What each column of a table becomes, one beside the other; columns are found by their names.

    Parameters
    ----------
    columns : in the order of the samples' numbers; a table may have them in another order, and others too.
    target : the name of the column that the network answers with.

    Shapes    a table of N rows   ->   (N, F) float64
    Raises    ParameterError for other kinds of columns, or a name that stands there twice; DataError where the table
              lacks a column, or has a cell that is not of its kind, with its line.
    """

    columns: tuple[Column, ...]
    target: str

    def __post_init__(self) -> None:
        check_kind("Columns", "target", self.target, str, "'species'")
        kinds = isinstance(self.columns, tuple) and all(isinstance(column, KINDS) for column in self.columns)
        if not kinds or not self.columns:
            known = ", ".join(kind.__name__ for kind in KINDS)
            raise ParameterError(f"Columns: columns must be a tuple of {known}. Got {self.columns!r:.100}.")
        twice = [name for name, count in Counter([*self.names, self.target]).items() if count > 1]
        if twice:
            raise ParameterError(f"Columns: the name {twice[0]!r:.60} stands there twice.")

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that a table must have."""
        return tuple(column.name for column in self.columns)

    @property
    def features(self) -> tuple[str, ...]:
        """What to call the numbers that come of a row."""
        return tuple(feature for column in self.columns for feature in column.features)

    @property
    def scaled(self) -> tuple[bool, ...]:
        """For each of the numbers that come of a row, whether it has a unit, as numbers and days have; others are
        ones and zeros, or places on a circle.
        """
        numbers = {column.name for column in self.columns if not isinstance(column, Category)}
        return tuple(feature in numbers for feature in self.features)

    def __call__(self, table: Table) -> Array:
        samples = np.empty((len(table), len(self.features)))
        start = 0
        for column in self.columns:
            end = start + len(column.features)
            samples[:, start:end] = column(table)
            start = end
        return samples

    def unknown(self, table: Table) -> dict[str, list[str]]:
        """By column, the values of categories in the table that are not known."""
        found = {column.name: column.unknown(table) for column in self.columns if isinstance(column, Category)}
        return {name: values for name, values in found.items() if values}
