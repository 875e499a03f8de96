"""Holding a share of the samples out, so that what was learnt can be measured on others."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.data.dataset import Dataset
from glassnet.errors import DataError
from glassnet.randomness import Purpose, permutations


def stratified(y: Array | None, count: int, share: float, seed: int) -> tuple[Array, Array]:
    """Divide range(count) into rows that are kept and rows that are held out.

    Parameters
    ----------
    y : (count,) the class of each row; of each class the same share is held out, within one row, and at least one row
        is kept. None: rows have no classes.
    share : of the rows that are held out, in (0, 1).   seed : where the order that they are taken in is drawn from.

    Returns
    -------
    kept, held : row numbers, each in file order.

    Raises
    ------
    DataError where the rows are too few to hold one out.
    """
    check_number("stratified", "share", share, "(0, 1)")
    order = permutations(seed, Purpose.SPLIT, np.zeros(1, np.int64), count)[0]
    _, classes, sizes = np.unique(np.zeros(count) if y is None else y, return_inverse=True, return_counts=True)
    quotas = np.diff(np.floor(np.cumsum(sizes) * share + 0.5), prepend=0)  # rounded sums: the total is right as well
    quotas = np.minimum(quotas, sizes - 1)
    if not quotas.sum():
        raise DataError(
            f"Cannot hold a share of {share:.3g} of {count} samples out: none of {len(sizes)} classes can spare one.",
            "Give more samples, or hold out a larger share.",
        )
    order = order[np.argsort(classes[order], kind="stable")]  # class after class, each in random order
    place = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)  # of each row within its class
    held = place < np.repeat(quotas, sizes)
    return np.sort(order[~held]), np.sort(order[held])


def hold_out(data: Dataset, share: float, seed: int) -> tuple[Dataset, Dataset | None]:
    """What is trained on, and the share that is held out of it, of each class alike; None where the share is 0."""
    if not share:
        return data, None
    kept, held = rows_held_out(data, share, seed)
    return data.take(kept), data.take(held)


def rows_held_out(data: Dataset, share: float, seed: int) -> tuple[Array, Array]:
    """The rows of `data` that are trained on, and those that `hold_out` holds out; of mixed data the last ones."""
    if data.mixed:
        check_number("rows_held_out", "share", share, "(0, 1)")
        kept = len(data) - min(max(1, round(len(data) * share)), len(data) - 1)
        return np.arange(kept), np.arange(kept, len(data))
    return stratified(None if data.classes is None else data.y, len(data), share, seed)


def at_most(most: int, data: Dataset, seed: int) -> Dataset:
    """`data`, or so many of its samples, drawn at random and in file order, where there are more."""
    return data if len(data) <= most else data.take(some_rows(most, len(data), seed))


def some_rows(most: int, count: int, seed: int) -> Array:
    """The numbers of all rows, or of so many, drawn at random and in file order, where there are more."""
    if count <= most:
        return np.arange(count)
    return np.sort(permutations(seed, Purpose.SUBSET, np.zeros(1, np.int64), count)[0, :most])
