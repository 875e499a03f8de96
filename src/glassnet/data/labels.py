"""Labels: what a person calls the classes, and the index that a network knows them by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_numeric
from glassnet.errors import DataError

Label = str | int | float


def as_labels(name: str, labels: Any) -> list[Label]:
    """One text or whole number for each sample, as plain Python values of the kind that came in.

    Raises
    ------
    DataError where there is more than one a sample, where texts and numbers are mixed, a label is missing, or numbers
    are not whole.
    """
    given = np.asarray(labels, object)
    if given.ndim != 1:
        raise DataError(
            f"{name}: expected one label for each sample, (N,). Got the shape {given.shape}.",
            "A column becomes labels by labels.ravel(), a one-hot table by labels.argmax(1).",
        )
    items = given.tolist()
    texts = [isinstance(item, str) for item in items]
    if all(texts) and texts:
        return [str(item) for item in items]
    if any(texts):
        row = texts.index(not texts[0])
        raise DataError(
            f"{name}: labels are all texts or all numbers, but row 0 has {items[0]!r} and row {row} {items[row]!r}."
        )
    numbers = check_numeric(f"{name}: labels", items)
    broken = numbers != np.floor(numbers) if numbers.dtype.kind == "f" else np.zeros(numbers.shape, bool)
    if broken.any():
        row = int(broken.argmax())
        raise DataError(
            f"{name}: labels name classes, but row {row} has {numbers[row]}, a number between two whole ones.",
            "To learn numbers, say regression=True.",
        )
    whole: list[Label] = numbers.tolist()
    return whole


def from_one_hot(labels: Any) -> Any:
    """The number of the 1 in each row where `labels` (N, K) has rows with one 1 and else 0; anything else as it is."""
    try:
        table = np.asarray(labels)
    except ValueError:  # rows of different lengths
        return labels
    if table.ndim != 2 or table.shape[1] < 2 or table.dtype.kind not in "uif":
        return labels
    one_hot = bool(np.isin(table, (0, 1)).all() and (table.sum(1) == 1).all())
    return table.argmax(1) if one_hot else labels


def index_labels(name: str, labels: Sequence[Label], classes: Sequence[Label]) -> Array:
    """For each label its index into `classes`, (N,) int64; DataError shows the row of one that is not among them."""
    index = {label: k for k, label in enumerate(classes)}
    for row, label in enumerate(labels):
        if label not in index:
            listed = ", ".join(map(repr, classes[:20])) + (", …" if len(classes) > 20 else "")
            raise DataError(f"{name}: row {row} has the label {label!r}, which is not one of the classes {listed}.")
    return np.array([index[label] for label in labels], np.int64)
