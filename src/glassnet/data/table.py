"""A table of one's own: which column is to be learnt, what the others become, and which rows are held out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.data.csv_table import read_table
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.kinds import Found, check_whole, find_kind
from glassnet.data.labels import Label
from glassnet.data.splits import stratified
from glassnet.data.standard import check_size, standard, target_scale
from glassnet.data.targets import Targets, has_target, read_target, same_targets
from glassnet.errors import DataError, ParameterError
from glassnet.preparation import Columns, Preparation, Table

TEST_SHARE = 0.2  # of the rows


@dataclass(frozen=True)
class Choice:
    """What a person says of a table.

    target : the column to be learnt; None, the last of those that are not left out.   ignore : columns to leave out.
    task : "classes" or "numbers", what the target is; None, as its cells look.
    """

    target: str | None = None
    ignore: tuple[str, ...] = ()
    task: str | None = None


class Loaded(NamedTuple):
    """A table, ready to be learnt from, and what was made of it.

    found : each column but the target.   dropped : rows without a target.   rows : all others.
    """

    parts: Parts
    found: tuple[Found, ...]
    target: str
    rows: int
    dropped: int
    table: str
    written: str


def load_table(path: str | os.PathLike[str], seed: int = 0, choice: Choice = Choice()) -> Loaded:
    """The data set in a table as text; a fifth of the rows is held out for the test, of each class the same share.

    What is fitted (fills, categories, scales) is fitted to the rows that are learnt from, never to those of the test.
    Numbers and days are shifted and scaled to mean 0 and standard deviation 1, the numbers of a target too.

    Raises
    ------
    DataFileError where the file cannot be read; DataError where there is no such column, or nothing to be learnt.
    """
    table, written = read_table(path)
    for name in choice.ignore:
        table.cells(name)
    left = [name for name in table.columns if name not in choice.ignore]
    if not left or choice.target in choice.ignore:
        raise ParameterError("The column to be learnt is among those to leave out.", "Name another with --target.")
    target = left[-1] if choice.target is None else choice.target
    table.cells(target)
    if len(table.columns) < 2:
        raise DataError(
            f"{table.name} has one column alone, {target!r:.60}; what it is to be learnt from is missing.",
            "Between the cells of a row stand commas, semicolons, tabs or bars.",
        )
    there = has_target(table, target)
    dropped = int(len(table) - there.sum())
    if not there.any():
        raise DataError(f"{table.name}: the target {target!r} is empty in every row.", "Name another with --target.")
    table = table.take(np.flatnonzero(there)) if dropped else table
    if len(table) < 2:
        raise DataError(f"{table.name} has one row with a target.", "Learning and testing need some more.")
    y, classes = read_target(table, target, choice.task)
    kept, held = stratified(y if classes else None, len(table), TEST_SHARE, seed)
    parts, found = prepare(table, target, (y, classes), (kept, held), choice.ignore)
    return Loaded(parts, found, target, len(table), dropped, table.name, written.in_words(table.mark))


def prepare(
    table: Table, target: str, targets: Targets, rows: tuple[Array, Array], ignore: Sequence[str] = ()
) -> tuple[Parts, tuple[Found, ...]]:
    """The data set in a table, and what was made of each column.

    Parameters
    ----------
    targets : of all rows, as read_target gives them.   rows : those that are learnt from, and those of the test.
    """
    (y, classes), (kept, held) = targets, rows
    others = [name for name in table.columns if name != target]
    alone = len(set(others) - set(ignore)) == 1
    found = tuple(
        Found(name, "left out", 0, "as --ignore says", None)
        if name in ignore
        else find_kind(table, name, kept, alone=alone)
        for name in others
    )
    check_whole(found, table.name)
    columns = Columns(tuple(one.column for one in found if one.column), target)
    whole = columns(table)
    x = whole[kept]
    scale = standard(x, np.array(columns.scaled), table.name, columns.features)
    preparation = Preparation((columns,), scale, target_scale(table.name, y[kept], classes))
    check_size(table.name, preparation)
    train = Dataset(table.name, x, y[kept], classes, preparation, names=table.lines[kept])
    test = Dataset(table.name, whole[held], y[held], classes, preparation, names=table.lines[held])
    return Parts(train, test), found


def load_again(
    path: str | os.PathLike[str], seed: int, preparation: Preparation, classes: tuple[Label, ...] | None
) -> tuple[Parts, Dataset]:
    """A table for a network that exists: its columns found by their names, divided as load_table does; and all of it.

    Rows without a target are left out. Classes that the network does not know come after those that it knows.

    Raises
    ------
    DataError where a column is missing, or a cell is not of its kind, with its line.
    """
    assert preparation.columns is not None
    columns = preparation.columns
    table, _ = read_table(path)
    there = has_target(table, columns.target)
    if not there.any():
        raise DataError(
            f"{table.name}: {columns.target!r} is empty in every row.", "'glassnet predict' wants no target."
        )
    table = table.take(np.flatnonzero(there)) if not there.all() else table
    y, known = same_targets(table, columns.target, classes)
    whole = Dataset(table.name, preparation.rows(table), y, known, preparation, names=table.lines)
    try:
        kept, held = stratified(None if known is None else whole.y, len(whole), TEST_SHARE, seed)
    except DataError:  # too few rows to learn from, but not to be asked about
        return Parts(whole, whole), whole
    return Parts(whole.take(kept), whole.take(held)), whole
