"""A data set: samples, what is known of each, and how they become numbers for the first layer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import check_numeric
from glassnet.data.labels import Label, as_labels, from_one_hot, index_labels
from glassnet.data.mapped import pieces
from glassnet.errors import DataError
from glassnet.preparation import Preparation


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples x and their classes or targets y; nothing of it changes any more.

    Parameters
    ----------
    name : what messages call it.
    x : (N, *sample_shape) real numbers, as recorded: pictures are uint8 (N, H, W, C).
    y : with classes (N,), for each sample its index into `classes`; without, (N, O) target numbers.
    classes : the labels as they came in; None where y is numbers.
    preparation : how a person's input becomes a sample, and a sample numbers for the first layer.
    names : (N,) where each sample came from: texts, or numbers of lines; None where they have no names.
    notes : what a person should know of how the data came to be, a sentence each.
    mixed : whether every run of samples has of each class about its share, so that the last ones can be held out.

    The arrays are read-only, in C order and in this machine's byte order: views of the given ones where those are so
    already, else copies. The given arrays are never changed.

    Raises
    ------
    DataError where x or y is empty, of another shape or length, not real and finite (with the row), or where an index
    lies beyond the classes (with the row).
    """

    name: str
    x: Array = field(repr=False)
    y: Array = field(repr=False)
    classes: tuple[Label, ...] | None
    preparation: Preparation = Preparation()
    names: Array | None = field(default=None, repr=False, kw_only=True)
    notes: tuple[str, ...] = field(default=(), repr=False, kw_only=True)
    mixed: bool = field(default=False, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        x, y = check_numeric(f"{self.name}: x", self.x), check_numeric(f"{self.name}: y", self.y)
        _check_samples(self.name, x)
        if y.shape[:1] != x.shape[:1]:
            raise DataError(f"{self.name}: x has {len(x)} samples, but y has the shape {y.shape}.")
        if self.classes is None:
            if y.ndim != 2 or not y.shape[1]:
                raise DataError(
                    f"{self.name}: expected targets of shape (samples, outputs). Got {y.shape}.",
                    "One number for each sample is y.reshape(-1, 1).",
                )
        else:
            _check_indices(self.name, y, self.classes)
            y = y.astype(np.int64, copy=False)
        for name, array in (("x", x), ("y", y)):
            object.__setattr__(self, name, _read_only(array))  # the one way to set a frozen field

    @classmethod
    def from_arrays(
        cls,
        x: Any,
        labels: Any,
        *,
        classes: Any = None,
        name: str = "data",
        regression: bool = False,
        preparation: Preparation = Preparation(),
    ) -> Dataset:
        """A data set from arrays or lists.

        Parameters
        ----------
        x : (N, *sample_shape) real numbers.
        labels : (N,) texts or whole numbers, one a sample, or (N, K) one-hot rows; for regression (N,) or (N, O) target
            numbers.
        classes : all labels there are, in the order that the network's outputs shall have. None: those that occur,
            sorted.

        Raises
        ------
        DataError as Dataset; for labels that are neither texts nor whole numbers, or not among `classes`, with the row.
        """
        if regression:
            y = check_numeric(f"{name}: y", labels)
            y = y.astype(np.result_type(y.dtype, np.float32), copy=False)
            return cls(name, x, y[:, None] if y.ndim == 1 else y, None, preparation)
        given = as_labels(name, from_one_hot(labels))
        classes = tuple(sorted(set(given)) if classes is None else as_labels(name, classes))
        return cls(name, x, index_labels(name, given, classes), classes, preparation)

    def __len__(self) -> int:
        return len(self.x)

    @property
    def sample_shape(self) -> Shape:
        """The shape of one sample."""
        return tuple(self.x.shape[1:])

    @property
    def labels(self) -> list[Label]:
        """The class of each sample, as it came in; DataError where y is numbers."""
        if self.classes is None:
            raise DataError(f"{self.name} has numbers for targets, not classes.", "Look at y.")
        return [self.classes[index] for index in self.y]

    @cached_property
    def fingerprint(self) -> str:
        """ "sha256:…" over x and y (types, shapes, numbers) and the classes: equal where nothing differs."""
        digest = hashlib.sha256(json.dumps(self.classes).encode())
        for array in (self.x, self.y):
            kind = array.dtype.newbyteorder("<")
            digest.update(f"{kind.str}{array.shape}".encode())
            for piece in pieces(array):
                digest.update(piece.astype(kind, copy=False).data)
        return f"sha256:{digest.hexdigest()}"

    def called(self, row: int) -> str:
        """What messages call a sample: the name or the line that it came from, or its number."""
        if self.names is None:
            return f"sample {row}"
        return f"line {self.names[row]}" if self.names.dtype.kind == "i" else str(self.names[row])

    def take(self, rows: Array) -> Dataset:
        """The samples with these numbers, in this order; a view where they lie one behind the other."""
        part: Any = rows
        if len(rows) and rows[0] >= 0 and (np.diff(rows) == 1).all():
            part = slice(rows[0], rows[-1] + 1)
        names = None if self.names is None else self.names[part]
        return replace(self, x=self.x[part], y=self.y[part], names=names)


class Parts(NamedTuple):
    """What a network learns from, and what it is tested with."""

    train: Dataset
    test: Dataset


def _check_samples(name: str, x: Array) -> None:
    if x.size and x.ndim < 2:
        raise DataError(
            f"{name}: expected x of shape (samples, features …). Got {x.shape}.",
            "One feature is x.reshape(-1, 1), one sample x.reshape(1, -1).",
        )
    if not x.size:
        raise DataError(f"{name}: x is empty, its shape is {x.shape}.", "One sample with one feature is the least.")


def _check_indices(name: str, y: Array, classes: tuple[Label, ...]) -> None:
    if y.ndim != 1 or y.dtype.kind not in "iu":
        raise DataError(
            f"{name}: expected y to hold one class index for each sample, (N,) whole numbers. "
            f"Got {y.dtype} of shape {y.shape}.",
            "Dataset.from_arrays takes labels of other kinds.",
        )
    if len(set(classes)) < len(classes):
        raise DataError(f"{name}: the classes {classes!r:.200} do not all differ.")
    beyond = (y < 0) | (y >= len(classes))
    if beyond.any():
        row = int(beyond.argmax())
        raise DataError(
            f"{name}: row {row} has the class index {y[row]}, but there are {len(classes)} classes, 0 to "
            f"{len(classes) - 1}."
        )


def _read_only(array: Array) -> Array:
    view = np.ascontiguousarray(array, array.dtype.newbyteorder("=")).view()
    view.flags.writeable = False
    return view
