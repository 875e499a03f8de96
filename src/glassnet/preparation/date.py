"""A column of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from math import tau

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice, check_flag, check_kind, check_number
from glassnet.errors import DataError
from glassnet.preparation.cells import missing
from glassnet.preparation.table import Table

ORDERS = ("ymd", "dmy", "mdy")  # of year, month and day; a year in front with four digits is one in any order
EPOCH = datetime(1970, 1, 1)  # a Thursday
CIRCLES = {"year": 365.2425, "week": 7.0, "day": 1.0}  # in days
SHAPE = re.compile(
    r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)


@dataclass(frozen=True)
class Date:
    """A date as numbers: days since 1970, and where in the year, the week and, with `clock`, the day it lies.

    Each place in a circle is a sine and a cosine, so that 31 December lies beside 1 January. Zones are not looked at.

    Parameters
    ----------
    name : of the column.   order : "ymd", "dmy" or "mdy".   fill : the day since 1970 that stands for an empty cell.
    clock : whether the time of day counts.

    Shapes    a table of N rows   ->   (N, 5) float64, with the clock (N, 7)
    Raises    DataError where the table has no such column, or a cell is no date in this order, with its line.
    """

    name: str
    order: str = "ymd"
    fill: float = 0.0
    clock: bool = False

    def __post_init__(self) -> None:
        check_kind("Date", "name", self.name, str, "'born'")
        check_choice("Date", "order", self.order, ORDERS)
        check_number("Date", "fill", self.fill)
        check_flag("Date", "clock", self.clock)

    @property
    def features(self) -> tuple[str, ...]:
        """What to call the numbers that come of a cell."""
        circles = [f"{part} of {self.name} in the {circle}" for circle in self.circles for part in ("sin", "cos")]
        return (self.name, *circles)

    @property
    def circles(self) -> dict[str, float]:
        """The circles that a date has a place on, and how many days they take."""
        return CIRCLES if self.clock else {name: CIRCLES[name] for name in ("year", "week")}

    def __call__(self, table: Table) -> Array:
        days = self.days(table)
        days = np.where(np.isnan(days), self.fill, days)
        places = [part(tau * days / length) for length in self.circles.values() for part in (np.sin, np.cos)]
        return np.stack([days, *places], axis=1)

    def days(self, table: Table) -> Array:
        """Days since 1970 (N,), with the time of day behind the point; NaN where a cell is empty."""
        cells = table.cells(self.name)
        days = as_days(cells, self.order)
        wrong = np.isnan(days) & ~missing(cells)
        if wrong.any():
            row = int(wrong.argmax())
            raise DataError(
                f"{table.name}, line {table.lines[row]}: {cells[row]!r:.60} in the column {self.name!r} is no date "
                f"with {' '.join({'y': 'year', 'm': 'month', 'd': 'day'}[part] for part in self.order)} in this order.",
                "2026-11-21 is one in any order.",
            )
        return days


def as_days(cells: Array, order: str) -> Array:
    """Days since 1970 (N,) of the dates in cells (N,); NaN where one is none."""
    different, place = np.unique(cells, return_inverse=True)
    return np.array([_day(cell, order) for cell in different], np.float64)[place]


def _day(cell: str, order: str) -> float:
    found = SHAPE.fullmatch(cell)
    if found is None:
        return np.nan
    parts = dict(zip("ymd" if len(found[1]) > 2 else order, (found[1], found[3], found[4]), strict=True))
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year > 68 else 2000  # as POSIX reads years of two digits
    hour, minute, second = (int(part or 0) for part in found.groups()[4:])
    try:
        moment = datetime(year, int(parts["m"]), int(parts["d"]), hour, minute, second)
    except ValueError:  # the thirty-first of February
        return np.nan
    return (moment - EPOCH).total_seconds() / 86400
