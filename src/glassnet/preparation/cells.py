"""The cells of a column as text: which are missing, and the numbers that they write."""

from __future__ import annotations

import re

import numpy as np
from numpy.dtypes import StringDType

from glassnet.arrays import Array

TEXT = StringDType()
MISSING = ("", "?", "NA", "na", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "Null")  # in any column
NO_NUMBER = ("-", "–", "None", "none")  # among numbers these are missing, too
MARKS = (".", ",")  # before the decimals
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([ ,'’\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d*)?")
PARTING = " '’\u00a0\u2009\u202f"  # what may part thousands, whatever the mark
SWAPPED = str.maketrans(".,−", ",.-")
MINUS = str.maketrans("−", "-")


def missing(cells: Array, words: tuple[str, ...] = MISSING) -> Array:
    """(N,): which cells (N,) hold nothing, or a word for nothing."""
    gone: Array = np.logical_or.reduce([cells == word for word in words])
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
        numbers[there] = _at_once(given, mark)
    except ValueError:  # at the first cell that is no number, if there is one
        try:
            numbers[there] = [number(cell, mark) for cell in given]
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


def _at_once(cells: Array, mark: str) -> Array:
    """The numbers in cells without parted thousands; ValueError where there are others."""
    for sign in "_" if mark == "." else "_.":  # NumPy would take 1_000 for a number
        if (np.strings.find(cells, sign) >= 0).any():
            raise ValueError(sign)
    return (cells if mark == "." else np.strings.replace(cells, ",", ".")).astype(np.float64)
