"""What the columns of a table are: numbers, dates, categories, or nothing that a network can learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import DataError
from glassnet.preparation import Category, Column, Date, Number, Table
from glassnet.preparation.cells import MARKS, NO_NUMBER, missing, number
from glassnet.preparation.date import as_days

MOST_CATEGORIES = 100  # different texts, above which a column is taken for free text
ROWS_EACH = 2  # that a category has on the average, at least
NEARLY = 0.9  # a column with so many numbers is meant as one: what is none in it is a slip
LOOKED_AT = 1000  # cells, to see whether a column is one of numbers or dates with slips
YEAR_FIRST = re.compile(r"\d{4}[-./]")
ID_NAME = re.compile(r"(?i:(.*[\s_.-])?(id|nr|no|№|ид|index))|.*[a-z]I[dD]")


class Found(NamedTuple):
    """What a column is, and what is made of it.

    kind : "number", "date", "category", or "left out".   missing : empty cells.   becomes : what is made of it, or why
    nothing is.   column : the description, fitted to the rows that are learnt from; None where it is left out.
    """

    name: str
    kind: str
    missing: int
    becomes: str
    column: Column | None


def find_kind(table: Table, name: str, learnt: Array, *, alone: bool = False) -> Found:
    """What one column is, by all its cells; fills and categories are those of the rows `learnt` alone.

    Numbers that only count the rows are left out, unless the column stands `alone`: files are often sorted by what is
    to be learnt, and a network would learn the place in the file.

    Raises
    ------
    DataError with the line of a cell that is no number, no date or not finite, where nearly all others are.
    """
    cells = table.cells(name)
    if table.as_numbers(name) is not None:
        return _number(table, name, learnt, alone)
    gone = missing(cells)
    there = cells[~gone]
    if not len(there):
        return Found(name, "left out", len(cells), "it is empty", None)
    some = there[:: -(-len(there) // LOOKED_AT)]
    if _share(some) >= NEARLY:
        table.numbers(name)  # raises, with the line
    order, fits = _order(some)
    if fits >= NEARLY:
        return _date(table, name, order, learnt)
    return _category(name, cells, gone, learnt)


def _number(table: Table, name: str, learnt: Array, alone: bool) -> Found:
    numbers = table.numbers(name)
    there = ~np.isnan(numbers)
    count = int(len(numbers) - there.sum())
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    if low == high:
        return Found(name, "left out", count, f"it has one value, {low:g}", None)
    if not alone and not count and _counts(name, numbers):
        return Found(name, "left out", 0, "a running number", None)
    known = numbers[learnt][there[learnt]]
    if not len(known):
        return Found(name, "left out", count, "it is empty in the rows that are learnt from", None)
    fill = float(np.median(known))
    filled = f"; {fill:g} where it is empty" if count else ""
    return Found(name, "number", count, f"{low:g} to {high:g}{filled}", Number(name, fill))


def _counts(name: str, numbers: Array) -> bool:
    """Whether these are numbers of rows: counted from 0 or 1 on, or all different whole ones under such a name."""
    if np.array_equal(numbers, numbers[0] + np.arange(len(numbers))) and numbers[0] in (0, 1):
        return True
    whole = bool((numbers == np.floor(numbers)).all())
    return whole and bool(ID_NAME.fullmatch(name)) and len(np.unique(numbers)) == len(numbers)


def _date(table: Table, name: str, order: str, learnt: Array) -> Found:
    days = Date(name, order).days(table)
    there = ~np.isnan(days)
    known = days[learnt][there[learnt]]
    count = int(len(days) - there.sum())
    if not len(known) or days[there].min() == days[there].max():
        return Found(name, "left out", count, "it has one date alone", None)
    clock = bool((days[there] % 1 > 0).any())
    column = Date(name, order, float(np.floor(np.median(known))), clock)
    ends = " to ".join(str(np.datetime64(int(end), "D")) for end in (days[there].min(), days[there].max()))
    how = {"ymd": "", "dmy": ", day before month", "mdy": ", month before day"}[order]
    filled = f"; {np.datetime64(int(column.fill), 'D')} where it is empty" if count else ""
    return Found(name, "date", count, f"{ends}{how}{filled}", column)


def _category(name: str, cells: Array, gone: Array, learnt: Array) -> Found:
    count = int(gone.sum())
    different = np.unique(cells[~gone])
    if len(different) == 1 and not count:
        return Found(name, "left out", 0, f"it has one value, {different[0]:.20}", None)
    if len(different) > MOST_CATEGORIES or len(different) * ROWS_EACH > len(cells) - count:
        return Found(name, "left out", count, f"text, {len(different):,} different ones in {len(cells):,} rows", None)
    values = np.unique(cells[learnt][~gone[learnt]]).tolist()
    if not values:
        return Found(name, "left out", count, "it is empty in the rows that are learnt from", None)
    listed = ", ".join(values[:8]) + (", …" if len(values) > 8 else "")
    return Found(name, "category", count, f"{len(values)}: {listed}", Category(name, tuple(values)))


def _share(cells: Array) -> float:
    """The share of these cells that are numbers, with the mark that fits the most."""
    return max(sum(_is_number(cell, mark) for cell in cells) for mark in MARKS) / len(cells)


def _is_number(cell: str, mark: str) -> bool:
    if cell in NO_NUMBER:
        return True
    try:
        number(cell, mark)
    except ValueError:
        return False
    return True


def _order(cells: Array) -> tuple[str, float]:
    """The order of year, month and day in which the most of these cells are dates, and their share; the day first
    where both could be.
    """
    shares = {order: 1 - float(np.isnan(as_days(cells, order)).mean()) for order in ("dmy", "mdy", "ymd")}
    best = max(shares, key=lambda order: shares[order])
    return ("ymd" if all(YEAR_FIRST.match(cell) for cell in cells) else best), shares[best]


def check_whole(found: Sequence[Found], table: str) -> None:
    """Raise DataError where no column is left to learn from."""
    if not any(one.column for one in found):
        why = "; ".join(f"{one.name!r:.40}: {one.becomes}" for one in found[:5])
        raise DataError(
            f"{table} has no column to learn from ({why}).",
            "Give columns of numbers, dates, or texts that come again and again.",
        )
