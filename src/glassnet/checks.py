"""Checks of arguments and arrays that word the errors in one way."""

from __future__ import annotations

import difflib
import math
import operator
import os
from collections.abc import Iterable
from typing import Any

import numpy as np

from glassnet.errors import DataError, ParameterError


def check_integer(owner: str, name: str, value: Any, minimum: int = 1, maximum: int = 2**31 - 1) -> None:
    """Raise ParameterError unless `value` is a whole number in [minimum, maximum]."""
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is not None and minimum <= number <= maximum:
        return
    bounds = f"{minimum} to {maximum}" if number is not None and number > maximum else f"{minimum} or more"
    raise ParameterError(f"{owner}: {name} must be a whole number, {bounds}. Got {value!r:.100}.")


def check_number(owner: str, name: str, value: Any, interval: str = "(-inf, inf)") -> None:
    """Raise ParameterError unless `value` is a finite number inside `interval`, written as in "[0, 1)"."""
    low, high = (float(end) for end in interval[1:-1].split(","))
    fits = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    try:
        fits = fits and math.isfinite(value)
    except OverflowError:  # a whole number beyond every float
        fits = False
    fits = fits and (low <= value if interval[0] == "[" else low < value)
    fits = fits and (value <= high if interval[-1] == "]" else value < high)
    if not fits:
        raise ParameterError(f"{owner}: {name} must be a number in {interval}. Got {value!r}.")


def check_kind(owner: str, name: str, value: Any, kind: type, example: str) -> None:
    """Raise ParameterError, with an example, unless `value` is of class `kind`."""
    if not isinstance(value, kind):
        raise ParameterError(f"{owner}: {name} must be such as {example}. Got {value!r:.100}.")


def check_flag(owner: str, name: str, value: Any) -> None:
    """Raise ParameterError unless `value` is True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise ParameterError(f"{owner}: {name} must be True or False. Got {value!r:.100}.")


def check_choice(owner: str, name: str, value: Any, choices: Iterable[str]) -> None:
    """Raise ParameterError, with the nearest choice, unless `value` is one of `choices`."""
    known = list(choices)
    if value not in known:
        listed = ", ".join(known)
        raise ParameterError(f"{owner}: {name} must be one of {listed}. Got {value!r}.", nearest(value, known))


def check_memory(owner: str, needed: int, hint: str) -> None:
    """Raise ParameterError where so many bytes are more than this machine has.

    Systems lend memory that they do not have, and then end the process that uses it.
    """
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # a system that does not tell
        return
    if needed > there:
        raise ParameterError(
            f"{owner} would need about {needed / 2**30:,.0f} GiB of memory; this machine has {there / 2**30:,.0f}.",
            hint,
        )


def nearest(word: Any, known: Iterable[str]) -> str:
    """The hint "Did you mean …?", or nothing where no known word is near."""
    close = difflib.get_close_matches(str(word), list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else ""


def check_numeric(owner: str, array: Any) -> np.ndarray[Any, Any]:
    """`array` as a real, finite NumPy array; DataError names the type, or the first row that is not finite."""
    try:
        given = np.asarray(array)
    except ValueError:  # rows of different lengths
        given = np.empty(0, object)
    if given.dtype.kind not in "buif":
        raise DataError(
            f"{owner}: expected real numbers, got an array of type {given.dtype}.",
            "Give lists or arrays of plain numbers, every row of the same length.",
        )
    if given.dtype.kind == "f":
        finite = np.isfinite(given)
        if not finite.all():
            place = tuple(int(axis[0]) for axis in np.nonzero(~finite)) if given.ndim else ()
            row = f"row {place[0]} " if place else ""
            raise DataError(
                f"{owner}: {row}holds {given[place]}, at index {list(place)}.",
                "Leave such rows out, or put a number in their place.",
            )
    return given


def cast(owner: str, array: np.ndarray[Any, Any], dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """`array` in the network's type; DataError where a number is too large for it."""
    with np.errstate(over="ignore"):
        converted = array.astype(dtype, copy=False)
    if array.dtype.kind == "f" and array.dtype.itemsize > dtype.itemsize and not np.isfinite(converted).all():
        raise DataError(
            f"{owner}: {np.abs(array).max():.3g} is too large for {dtype}, which ends at {np.finfo(dtype).max:.3g}.",
            "Scale the inputs first.",
        )
    return converted
