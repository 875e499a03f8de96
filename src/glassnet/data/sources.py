"""Where data come from: a built-in name, or a folder of one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from glassnet.checks import check_integer, nearest
from glassnet.data.dataset import Parts
from glassnet.data.digits import load_digits
from glassnet.data.idx_folder import NAMES_HINT, holds_idx, read_idx_folder
from glassnet.data.mnist import load_mnist
from glassnet.data.picture_folder import read_picture_folder
from glassnet.data.toys import TOYS
from glassnet.errors import DataError
from glassnet.preparation import Fit

BUILT_IN: dict[str, Callable[[int], Parts]] = {
    "digits": lambda seed: load_digits(),
    "mnist": lambda seed: load_mnist(),
    **TOYS,
}


def load_data(source: str | Path, seed: int = 0, fit: Fit | tuple[int, int] | None = None) -> Parts:
    """What to learn from and what to test with.

    Parameters
    ----------
    source : a built-in name (digits, mnist, xor, people, first-input, moons, circles, spirals, blobs), or a folder of
        IDX files (see read_idx_folder) or of pictures (see read_picture_folder). A folder that has a built-in name is
        given as ./name.
    seed : what the points of moons, circles, spirals and blobs are drawn from, and the fifth of a folder of IDX files
        without a test that is held out, of each class the same share. Nothing else depends on it.
    fit : how pictures of a folder are fitted into one field, or its height and width; None: as suits them.

    Raises
    ------
    DataError, DataFileError where there is no such data set, or it cannot be read.
    """
    check_integer("load_data", "seed", seed, 0, 2**64 - 1)
    name = os.fspath(source)
    if name in BUILT_IN:
        return BUILT_IN[name](seed)
    if os.path.isdir(name):
        return read_idx_folder(name, seed) if holds_idx(name) else read_picture_folder(name, fit)
    if os.path.exists(name):
        raise DataError(f"{name!r} is a file, where a folder of pictures or of IDX files is meant.", NAMES_HINT)
    raise DataError(
        f"There is no folder {name!r}, and no built-in data set of that name: {', '.join(BUILT_IN)}.",
        nearest(name, BUILT_IN),
    )
