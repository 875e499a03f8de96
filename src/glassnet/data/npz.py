"""NumPy archives: x and y, perhaps x_test, y_test and the names of the features; never anything that runs code."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from glassnet.arrays import Array
from glassnet.checks import check_memory
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.labels import from_one_hot
from glassnet.data.splits import stratified
from glassnet.data.standard import check_size, standard, target_scale
from glassnet.data.table import TEST_SHARE
from glassnet.data.targets import MOST_CODES
from glassnet.errors import DataFileError, ParameterError
from glassnet.preparation import Columns, Number, Preparation, Scale

NAMES = ("x", "y", "x_test", "y_test", "names")
HINT = "Write np.savez('data.npz', x=x, y=y); x_test, y_test and names may stand there, too."


def is_archive(path: str | os.PathLike[str]) -> bool:
    """Whether there is a file of that name with the ending of an archive."""
    return os.fspath(path).lower().endswith(".npz") and os.path.isfile(path)


def read_npz(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays x, y, x_test, y_test and names of an archive, those that are there.

    What each header says is held against the bytes that there are before anything is allocated; objects are refused.

    Raises
    ------
    DataFileError where the file is no such archive, an array is of objects, or does not fit its bytes; ParameterError
    where the arrays are more than the memory.
    """
    name = os.fspath(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
            wanted = {key: members[key] for key in NAMES if key in members}
            check_memory(
                f"The arrays in {name!r}", sum(info.file_size for info in wanted.values()), "Give less of them."
            )
            arrays = {}
            for key, info in wanted.items():
                with archive.open(info) as file:
                    arrays[key] = _array(name, key, file, info.file_size)
            return arrays
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        if isinstance(error, DataFileError | ParameterError):
            raise
        raise DataFileError(f"{name!r} is no archive of arrays: {error}.", HINT) from None


def load_npz(path: str | os.PathLike[str], seed: int = 0, task: str | None = None) -> Parts:
    """The data set in an archive: x (N, …) and y, labels (N,) or numbers (N,) or (N, O).

    Where there is no x_test, a fifth of the samples is held out, of each class the same share. Bytes are pictures, and
    scaled by 1/255; other numbers get mean 0 and standard deviation 1, each feature by itself.

    Parameters
    ----------
    task : "classes" or "numbers"; None takes texts and up to 20 different whole numbers for classes.

    Raises
    ------
    DataFileError as read_npz, and where arrays are missing or do not fit each other; DataError as Dataset.
    """
    arrays, name = read_npz(path), Path(path).name
    if "x" not in arrays or "y" not in arrays or ("x_test" in arrays) != ("y_test" in arrays):
        raise DataFileError(f"{name} holds {', '.join(arrays) or 'none of x and y'}; x and y go together.", HINT)
    numbers = _are_numbers(arrays["y"]) if task is None else task == "numbers"
    train = _dataset(name, arrays["x"], arrays["y"], numbers, None)
    if "x_test" in arrays:
        test = _dataset(name, arrays["x_test"], arrays["y_test"], numbers, train.classes)
    else:
        kept, held = stratified(None if numbers else train.y, len(train), TEST_SHARE, seed)
        train, test = train.take(kept), train.take(held)
    if test.sample_shape != train.sample_shape:
        raise DataFileError(f"{name}: the samples of x have shape {train.sample_shape}, x_test's {test.sample_shape}.")
    preparation = _preparation(train, arrays.get("names"))
    return Parts(replace(train, preparation=preparation), replace(test, preparation=preparation))


def _array(name: str, key: str, file: IO[bytes], size: int) -> Array:
    """One array, of which the header tells type and shape; `size` is what the archive says that it takes."""
    version = npy.read_magic(file)
    read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read_header is None:
        raise DataFileError(f"{name!r}: {key} is written in the version {version} of NumPy's format.", HINT)
    shape, fortran, dtype = read_header(file)
    if dtype.kind not in "buifUS":
        raise DataFileError(
            f"{name!r}: {key} holds {dtype}, where numbers or texts belong.",
            "Objects are never read: they could run code.",
        )
    count, begun = prod(shape), file.tell()
    if min(shape, default=0) < 0 or begun + count * dtype.itemsize != size:
        raise DataFileError(f"{name!r}: {key} of {shape} {dtype} does not fit its {size - begun:,} bytes.", HINT)
    data = file.read(size - begun)
    flat = np.frombuffer(data, dtype)
    return flat.reshape(shape[::-1]).T if fortran else flat.reshape(shape)


def _are_numbers(y: Array) -> bool:
    """Whether targets are numbers; texts, one-hot rows and a few different whole numbers are classes."""
    if y.dtype.kind not in "uif":
        return False
    if y.ndim != 1:
        return from_one_hot(y) is y
    different = np.unique(y)
    return len(different) > MOST_CODES or bool((different != np.floor(different)).any())


def _dataset(name: str, x: Array, y: Array, numbers: bool, classes: object) -> Dataset:
    x = x[..., None] if x.ndim == 3 and x.dtype == np.uint8 else x  # grey pictures
    y = y.astype(str) if y.dtype.kind == "S" else y
    return Dataset.from_arrays(x, y, name=name, regression=numbers, classes=classes)


def _preparation(train: Dataset, names: Array | None) -> Preparation:
    """The scales that fit the training samples; where features have names, they are the columns of a table."""
    target = target_scale(train.name, train.y, train.classes)
    if train.x.dtype == np.uint8:
        return Preparation((), Scale(1 / 255), target)
    if train.x.ndim != 2:
        return Preparation((), standard(train.x.reshape(-1, 1).astype(np.float64), name=train.name), target)
    steps: tuple[Columns, ...] = ()
    if names is not None:
        if names.shape != train.sample_shape or names.dtype.kind not in "US":
            raise DataFileError(
                f"{train.name}: x has {train.sample_shape[0]} features, names the shape {names.shape}.", HINT
            )
        fills = np.median(train.x, axis=0).tolist()
        steps = (Columns(tuple(map(Number, names.astype(str).tolist(), fills)), "y"),)
    preparation = Preparation(steps, standard(train.x.astype(np.float64), name=train.name), target)
    check_size(train.name, preparation)
    return preparation
