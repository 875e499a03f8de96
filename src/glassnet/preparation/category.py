"""A column of categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_kind
from glassnet.errors import ParameterError
from glassnet.preparation.cells import missing
from glassnet.preparation.table import Table


@dataclass(frozen=True)
class Category:
    """A number for each of the known values: 1 for the one that stands in the cell, 0 for the others.

    An empty cell, or a value that is not known, is none of them: all are 0.

    Parameters
    ----------
    name : of the column.   values : those that are known, in the order of the numbers.

    Shapes    a table of N rows   ->   (N, values) float64
    Raises    DataError where the table has no such column.
    """

    name: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        check_kind("Category", "name", self.name, str, "'colour'")
        texts = isinstance(self.values, tuple) and all(isinstance(value, str) for value in self.values)
        if not texts or not self.values or len(set(self.values)) < len(self.values):
            raise ParameterError(
                f"Category: values must be a tuple of texts that all differ. Got {self.values!r:.100}."
            )

    @property
    def features(self) -> tuple[str, ...]:
        """What to call the numbers that come of a cell."""
        return tuple(f"{self.name}={value}" for value in self.values)

    def __call__(self, table: Table) -> Array:
        cells = table.cells(self.name)
        return np.stack([cells == value for value in self.values], axis=1).astype(np.float64)

    def unknown(self, table: Table) -> list[str]:
        """The values in the table that are neither known nor missing."""
        cells = table.cells(self.name)
        there = np.unique(cells[~missing(cells)]).tolist()
        return [value for value in there if value not in set(self.values)]
