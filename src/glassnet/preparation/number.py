"""A column of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_kind, check_number
from glassnet.preparation.table import Table


@dataclass(frozen=True)
class Number:
    """The numbers of a column, with `fill` where a cell is empty.

    Parameters
    ----------
    name : of the column.   fill : what stands for a missing number, such as the median of those learnt from.

    Shapes    a table of N rows   ->   (N, 1) float64
    Raises    DataError where the table has no such column, or a cell is no finite number, with its line.
    """

    name: str
    fill: float = 0.0

    def __post_init__(self) -> None:
        check_kind("Number", "name", self.name, str, "'age'")
        check_number("Number", "fill", self.fill)

    @property
    def features(self) -> tuple[str, ...]:
        """What to call the numbers that come of a cell."""
        return (self.name,)

    def __call__(self, table: Table) -> Array:
        numbers = table.numbers(self.name)
        return np.where(np.isnan(numbers), self.fill, numbers)[:, None]
