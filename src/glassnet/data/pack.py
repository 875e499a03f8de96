"""From a folder of pictures to a folder of IDX files."""

from __future__ import annotations

import os
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.atomic import atomic_write
from glassnet.data.idx import encode_idx
from glassnet.data.idx_folder import CLASSES_FILE, find_idx, holds_idx, read_classes, read_pair
from glassnet.data.picture_file import open_fitted
from glassnet.errors import DataError, OutputError
from glassnet.preparation import Fit
from glassnet.preparation.fit import GREY

MOST_CLASSES = 256  # a label is one byte
GROUNDS = 1000  # pictures of a set, whose edges tell its ground
SWAPPED = 128  # greys that two grounds differ by where paper and ink are swapped


class PackWarning(UserWarning):
    """Pictures were packed, but probably not as they were meant."""


@dataclass(frozen=True)
class Packed:
    """How many pictures of each class were packed or unpacked, and into which folder."""

    counts: dict[str, int]
    folder: Path


def pack_folder(
    folder: str | os.PathLike[str],
    out_folder: str | os.PathLike[str],
    size: tuple[int, int] = (28, 28),
    *,
    append: bool = False,
    invert: bool = False,
) -> Packed:
    """Pack pictures into train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz.

    Parameters
    ----------
    folder : holds a folder for each class with its pictures, of the kinds that open_picture reads. Files beside the
        class folders, and names that begin with a dot, are left out. Where all classes are called by whole numbers, 0
        to 255, these are the labels; else the labels are 0, 1, … in the order of the names, which go into classes.txt.
    size : height and width, up to 1024. Pictures are made grey and fitted in as by Fit.
    append : add to the training files in `out_folder`; classes that are new to its classes.txt come last.
    invert : make dark light: MNIST holds light ink on a dark ground, paper and ink of most other pictures are the other
        way round.

    Raises
    ------
    DataError where there are no pictures, or they do not fit what they are added to; DataFileError naming a picture
    that cannot be read. OutputError where `out_folder` holds a data set and `append` is not said, or cannot be written.
    All pictures are read before anything is written.

    Warns
    -----
    PackWarning where the ground of pictures is light, and that of the set that they are added to is dark, or the other
    way round.
    """
    fit = Fit(*size, GREY)
    target = Path(out_folder)
    if append:
        x, y = _old_pair(target, size)
        old_names = read_classes(target)
    else:
        _check_free(target)
        x, y, old_names = np.empty((0, *size), np.uint8), np.empty(0, np.uint8), None
    pictures = _pictures(Path(folder))
    labels, names = _number(list(pictures), old_names, append=append)
    new_x = np.stack([open_fitted(path, fit)[..., 0] for paths in pictures.values() for path in paths])
    if invert:
        new_x = 255 - new_x
    _compare_grounds(x, new_x)
    new_y = [labels[name] for name, paths in pictures.items() for _ in paths]
    _write(target, np.concatenate([x, new_x]), np.concatenate([y, np.array(new_y, np.uint8)]), names)
    return Packed({name: len(paths) for name, paths in pictures.items()}, target)


def _compare_grounds(old: Array, new: Array) -> None:
    """Warn where paper and ink of new pictures (N, H, W) are swapped, beside the old ones."""
    set_ground = np.median(_grounds(old[:GROUNDS])) if len(old) else np.nan
    swapped = np.count_nonzero(np.abs(_grounds(new) - set_ground) > SWAPPED)
    if swapped:
        paper, ground = ("dark", "light") if set_ground > SWAPPED else ("light", "dark")
        warnings.warn(
            PackWarning(
                f"{swapped:,} of {len(new):,} pictures are {paper} at their edge, where those of the set are {ground}: "
                "a network would take them for something else. --invert swaps paper and ink."
            ),
            stacklevel=3,
        )


def _grounds(x: Array) -> Array:
    """(N,): the grey at the edge of each picture."""
    return np.median(np.concatenate([x[:, 0], x[:, -1], x[:, :, 0], x[:, :, -1]], axis=1), axis=1)


def _check_free(target: Path) -> None:
    """Raise OutputError where the folder holds a data set, whose other files would go with the new ones."""
    if target.is_dir() and ((target / CLASSES_FILE).exists() or holds_idx(target)):
        raise OutputError(
            f"{str(target)!r} holds a data set already.", "Add to it with append (--append), or choose another folder."
        )


def _old_pair(target: Path, size: tuple[int, int]) -> tuple[Array, Array]:
    """The pictures (N, H, W) and labels (N,) that `target` holds; DataError where new ones cannot be added."""
    pair = read_pair(target, "train") if target.is_dir() else None
    if pair is None:
        raise DataError(f"{str(target)!r} holds no training files to add to.", "Leave append out to make them.")
    x, y = pair
    if x.dtype != np.uint8 or y.dtype != np.uint8 or x.shape[1:] != (*size, 1):
        raise DataError(
            f"{str(target)!r} holds pictures {x.shape[1:]} of type {x.dtype} and labels of type {y.dtype}; "
            f"pictures {(*size, 1)} and labels of type uint8 are to be added.",
            "Give the size that it holds.",
        )
    return x[..., 0], y


def _pictures(folder: Path) -> dict[str, list[Path]]:
    """The picture files of each class, both in the order of their names."""
    try:
        classes = sorted(child for child in folder.iterdir() if child.is_dir() and not child.name.startswith("."))
        pictures = {
            child.name: sorted(path for path in child.iterdir() if not path.name.startswith(".")) for child in classes
        }
    except OSError as error:
        raise DataError(f"Cannot read the folder {str(folder)!r}: {error.strerror}.") from error
    if not pictures:
        raise DataError(f"{str(folder)!r} holds no folders.", "Make one for each class, and put its pictures there.")
    for name, paths in pictures.items():
        if not paths:
            raise DataError(f"The folder {str(folder / name)!r} holds no pictures.", "Put some there, or take it away.")
        if "\n" in name or "\r" in name or name != name.encode(errors="replace").decode():
            raise DataError(
                f"The name of the folder {str(folder / name)!r} does not fit into a line of {CLASSES_FILE}."
            )
    return pictures


def _number(
    found: list[str], names: tuple[str, ...] | None, *, append: bool
) -> tuple[dict[str, int], tuple[str, ...] | None]:
    """The label of each class, and the names for classes.txt; None where they are the labels themselves."""
    if names is None and all(
        name.isdecimal() and name == str(int(name)) and int(name) < MOST_CLASSES for name in found
    ):
        return {name: int(name) for name in found}, None
    if names is None and append:
        raise DataError(
            f"The set to add to has no {CLASSES_FILE}: its classes are numbers, the new ones are {', '.join(found)}.",
            "Call the folders by the labels, 0 to 255.",
        )
    known = names or ()
    names = (*known, *(name for name in found if name not in known))
    if len(names) > MOST_CLASSES:
        raise DataError(f"There are {len(names)} classes, {MOST_CLASSES} are the most.")
    return {name: label for label, name in enumerate(names)}, names


def _write(folder: Path, x: Array, y: Array, names: tuple[str, ...] | None) -> None:
    """Write the files under their names in the folder, or MNIST's; none takes its name before all are whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Cannot make the folder {str(folder)!r}: {error.strerror}.") from error
    with ExitStack() as files:
        for kind, axes, array in (("images", 3, x), ("labels", 1, y)):
            path = find_idx(folder, "train", kind) or folder / f"train-{kind}-idx{axes}-ubyte.gz"
            encode_idx(files.enter_context(atomic_write(path)), array, packed=path.suffix == ".gz")
        if names is not None:
            files.enter_context(atomic_write(folder / CLASSES_FILE)).write("".join(f"{n}\n" for n in names).encode())
