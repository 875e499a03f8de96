"""Where data come from: a built-in name, or a folder, a table or an archive of one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from glassnet.checks import check_integer, nearest
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.digits import load_digits
from glassnet.data.idx_folder import holds_idx, read_idx_folder
from glassnet.data.mnist import load_mnist
from glassnet.data.npz import is_archive, load_npz
from glassnet.data.picture_folder import read_picture_folder, read_pictures
from glassnet.data.table import Choice, load_table
from glassnet.data.toys import TOYS
from glassnet.errors import DataError, ParameterError
from glassnet.preparation import Fit

BUILT_IN: dict[str, Callable[[int], Parts]] = {
    "digits": lambda seed: load_digits(),
    "mnist": lambda seed: load_mnist(),
    **TOYS,
}


def load_data(
    source: str | Path, seed: int = 0, fit: Fit | tuple[int, int] | None = None, choice: Choice = Choice()
) -> Parts:
    """What to learn from and what to test with.

    Parameters
    ----------
    source : a built-in name (digits, mnist, xor, people, first-input, moons, circles, spirals, blobs), a folder of
        IDX files (see read_idx_folder) or of pictures (see read_picture_folder), a table such as people.csv (see
        load_table), or an archive such as data.npz (see load_npz). What has a built-in name is given as ./name.
    seed : what the points of moons, circles, spirals and blobs are drawn from, and the fifth of IDX files, of a table
        or of an archive without a test that is held out, of each class the same share. Nothing else depends on it.
    fit : how pictures of a folder are fitted into one field, or its height and width; None: as suits them.
    choice : of a table, what is to be learnt and left out.

    Raises
    ------
    DataError, DataFileError where there is no such data set, or it cannot be read; ParameterError for a choice where
    there is no table.
    """
    check_integer("load_data", "seed", seed, 0, 2**64 - 1)
    name = os.fspath(source)
    if is_table(name):
        return load_table(name, seed, choice).parts
    known = name in BUILT_IN or os.path.exists(name)
    if known and choice != Choice(task=choice.task if is_archive(name) else None):
        raise ParameterError("--target, --ignore and --task are about tables.", "Give a CSV file, or leave them out.")
    if name in BUILT_IN:
        return BUILT_IN[name](seed)
    if os.path.isdir(name):
        return read_idx_folder(name, seed) if holds_idx(name) else read_picture_folder(name, fit)
    if is_archive(name):
        return load_npz(name, seed, choice.task)
    raise DataError(
        f"There is no folder {name!r}, no table, and no built-in data set of that name: {', '.join(BUILT_IN)}.",
        nearest(name, BUILT_IN),
    )


def load_whole(source: str | Path, seed: int = 0, fit: Fit | tuple[int, int] | None = None) -> Dataset:
    """All samples that `load_data` divides into those to learn from and those to test with; errors as there."""
    if os.path.isdir(source) and not holds_idx(source):
        return read_pictures(source, fit)
    train, test = load_data(source, seed, fit)
    if test is train:
        return train
    x, y = (np.concatenate([getattr(part, name) for part in (train, test)]) for name in "xy")
    names = None if train.names is None or test.names is None else np.concatenate([train.names, test.names])
    return replace(train, x=x, y=y, names=names)


def is_table(source: str | Path) -> bool:
    """Whether that is read as a table: a file that is no archive and has no name of a built-in set."""
    return source not in BUILT_IN and os.path.isfile(source) and not is_archive(source)
