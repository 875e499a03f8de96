"""What a table's network is to answer with: classes or numbers."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice
from glassnet.data.labels import Label, index_labels
from glassnet.errors import DataError
from glassnet.preparation import Table
from glassnet.preparation.cells import missing

TASKS = ("classes", "numbers")
MOST_CODES = 20  # different whole numbers, above which they count something rather than name it
ROWS_EACH = 5  # that such a number has on the average, at least; two different ones are always classes
MOST_CLASSES = 1000

Targets = tuple[Array, tuple[Label, ...] | None]  # y as a Dataset wants it, and the classes


def task_of(table: Table, target: str) -> str:
    """ "classes" for texts and for a few whole numbers that come again and again, else "numbers"."""
    if table.as_numbers(target) is None:
        return "classes"
    numbers = table.numbers(target)
    there = numbers[~np.isnan(numbers)]
    different = np.unique(there)
    few = len(different) <= max(2, min(MOST_CODES, len(there) // ROWS_EACH))
    return "classes" if few and (different == np.floor(different)).all() else "numbers"


def has_target(table: Table, target: str) -> Array:
    """(N,): which rows have something in the column to be learnt."""
    if table.as_numbers(target) is None:
        return ~missing(table.cells(target))
    return ~np.isnan(table.numbers(target))


def read_labels(table: Table, target: str) -> list[Label]:
    """The class of each row: whole numbers where all cells are such, else texts as they stand there."""
    if table.as_numbers(target) is not None:
        numbers = table.numbers(target)
        if (numbers == np.floor(numbers)).all():
            return [int(number) for number in numbers]
    labels: list[Label] = table.cells(target).tolist()
    return labels


def read_target(table: Table, target: str, task: str | None) -> Targets:
    """The targets of all rows, none of which may be missing, as a Dataset wants them.

    Parameters
    ----------
    task : "classes" or "numbers"; None decides by the cells, see task_of.

    Returns
    -------
    y, classes : (N,) indices into the classes, sorted; or (N, 1) float64 numbers, and None.

    Raises
    ------
    DataError where numbers are asked for and a cell is none, with its line; for one class alone, or so many that they
    are free text.
    """
    task = task or task_of(table, target)
    check_choice("train", "--task", task, TASKS)
    if task == "numbers":
        numbers = table.numbers(target)
        if numbers.min() == numbers.max():
            raise DataError(
                f"{table.name}: the target {target!r} is {numbers[0]:g} in every row.", "There is nothing to learn."
            )
        return numbers[:, None], None
    labels = read_labels(table, target)
    classes = tuple(sorted(set(labels)))
    if len(classes) < 2:
        raise DataError(
            f"{table.name}: the target {target!r} is {classes[0]!r} in every row.",
            "There must be two classes to tell apart.",
        )
    if len(classes) > MOST_CLASSES or 2 * len(classes) > len(labels) + 2:
        raise DataError(
            f"{table.name}: the target {target!r} has {len(classes):,} different values in {len(labels):,} rows, too "
            "many to be classes.",
            "Name another column with --target.",
        )
    return index_labels(table.name, labels, classes), classes


def same_targets(table: Table, target: str, classes: tuple[Label, ...] | None) -> Targets:
    """The targets of all rows for a network that knows these classes; the classes that it does not know come after.

    Raises
    ------
    DataError where the network answers with numbers and a cell is none, with its line.
    """
    if classes is None:
        return table.numbers(target)[:, None], None
    labels = table.cells(target).tolist() if isinstance(classes[0], str) else read_labels(table, target)
    known = classes + tuple(sorted(set(labels) - set(classes), key=str))
    return index_labels(table.name, labels, known), known
