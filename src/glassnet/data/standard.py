"""Features and targets with mean 0 and standard deviation 1, whatever unit they come in."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from glassnet.arrays import Array
from glassnet.descriptions import to_config
from glassnet.errors import DataError
from glassnet.preparation import Preparation, Scale

MOST_COMMAS = 90_000  # of the 100 000 that a model file may have, for what it tells of the preparation


def standard(x: Array, scaled: Array | None = None, name: str = "data", names: Sequence[str] = ()) -> Scale:
    """The scale that gives the features of x (N, F) mean 0 and standard deviation 1.

    Features that are not `scaled` (F,), and those that never change, stay as they are.

    Raises
    ------
    DataError, with the name of the feature, for numbers that are too large to compute with.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        mean, deviation = x.mean(0), x.std(0)
    if not np.isfinite(deviation).all():
        owner = f" in the column {names[int(np.isfinite(deviation).argmin())]!r}" if names else ""
        raise DataError(f"{name}: numbers{owner} are too large to scale.", "Write them in a larger unit.")
    wide = (x.min(0) < x.max(0)) & (deviation > np.finfo(np.float64).tiny)
    wide = wide if scaled is None else wide & scaled
    factor, offset = 1 / np.where(wide, deviation, 1.0), np.where(wide, -mean, 0.0)
    return Scale(tuple(factor.tolist()), tuple(offset.tolist()))


def target_scale(name: str, y: Array, classes: object) -> Scale:
    """The scale of target numbers y (N, O); classes have none."""
    return Scale() if classes else standard(y.astype(np.float64), name=f"{name}: y")


def check_size(name: str, preparation: Preparation) -> None:
    """Raise DataError where a model file could not hold what it must tell of the preparation."""
    if json.dumps(to_config(preparation)).count(",") > MOST_COMMAS:
        columns = preparation.columns
        what = (
            f"{len(columns.columns):,} columns, which become {len(columns.features):,} numbers"
            if columns
            else "samples"
        )
        raise DataError(
            f"{name} has {what}: more features with a scale of their own than a model file can tell of.",
            "Leave some out: --ignore does it for columns.",
        )
