"""The cells of a column as text: which are missing, and the numbers that they write."""

from __future__ import annotations

import re

import numpy as np
from numpy.dtypes import StringDType

from glassnet.arrays import Array

TEXT = StringDType()
MISSING = ("", "na", "n/a", "#n/a", "nan", "null", "?")  # in any column, whatever their case
NO_NUMBER = ("none", "-", "–")  # among numbers these are missing, too
MARKS = (".", ",")  # before the decimals
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([ ,'’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d*)?")
PARTING = " '’\u00a0\u2009\u202f"  # what may part thousands, whatever the mark
SWAPPED = str.maketrans(".,−", ",.-")
MINUS = str.maketrans("−", "-")


def missing(cells: Array, words: tuple[str, ...] = MISSING) -> Array:
    """(N,): which cells (N,) hold nothing, or a word for nothing."""
    lowered = np.strings.lower(cells)
    gone: Array = np.logical_or.reduce([lowered == word for word in words])
    return gone


def as_numbers(cells: Array, mark: str) -> Array | None:
    """The numbers (N,) in float64 that cells (N,) write with this decimal mark, NaN where one is missing.

    Thousands may be parted by spaces, apostrophes, or by the other mark. None where a cell is no number, or none is.
    """
    there = ~missing(cells, MISSING + NO_NUMBER)
    given = cells[there]
    numbers = np.full(len(cells), np.nan)
    if not len(given):
        return None
    try:
        numbers[there] = _at_once(given, mark) if _is_plain(given, mark) else [number(cell, mark) for cell in given]
    except ValueError:
        return None
    return numbers


def number(cell: str, mark: str) -> float:
    """The number that one cell writes; infinite where it is too large. ValueError where it is none."""
    plain = cell.translate(SWAPPED if mark == "," else MINUS)
    if GROUPED.fullmatch(plain):
        plain = re.sub(rf"[{PARTING},]", "", plain)
    if not NUMBER.fullmatch(plain):
        raise ValueError(cell)
    return float(plain)


def first_misfit(cells: Array, mark: str) -> int:
    """The first of the cells (N,) that is neither missing nor a number; N where there is none."""
    for row, (cell, gone) in enumerate(zip(cells, missing(cells, MISSING + NO_NUMBER), strict=True)):
        try:
            if not gone:
                number(cell, mark)
        except ValueError:
            return row
    return len(cells)


def _is_plain(cells: Array, mark: str) -> bool:
    """Whether NumPy may read all cells at once: it takes 1_000 for a number, too, and knows no thousands."""
    strange = ("_", "−", *PARTING, *(other for other in MARKS if other != mark))
    return not any((np.strings.find(cells, sign) >= 0).any() for sign in strange)


def _at_once(cells: Array, mark: str) -> Array:
    return (cells if mark == "." else np.strings.replace(cells, ",", ".")).astype(np.float64)
