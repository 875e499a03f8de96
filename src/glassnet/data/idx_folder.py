"""A folder of IDX files, named as those of MNIST are: pictures and labels to learn from, and others to test with."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.idx import read_idx
from glassnet.data.labels import index_labels
from glassnet.data.splits import stratified
from glassnet.errors import DataError, DataFileError
from glassnet.preparation import DigitBox, Preparation, Scale

CLASSES_FILE = "classes.txt"
TEST_SHARE = 0.2  # of the samples, where a folder brings none to test with
DIGITS = Preparation((DigitBox(28, 20, "mass", 255),), Scale(1 / 255))  # pictures as MNIST holds them
NAMES_HINT = "The names are train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or with .gz behind."


def read_idx_folder(folder: str | os.PathLike[str], seed: int = 0) -> Parts:
    """The data set in a folder of IDX files.

    train-images… and train-labels… are learnt from, t10k-images… and t10k-labels… are for the test. Where there are
    none for the test, a fifth of the samples is held out, of each class the same share, drawn from `seed`.

    A file classes.txt names the classes, one a line: line k is label k. Without it the classes are the labels that
    occur in the training part, and a test label that does not occur there is an error. Pictures of 28×28 grey bytes
    with the labels 0..9 are taken for digits as MNIST holds them; other pictures are used as they are.

    Raises
    ------
    DataFileError where files are missing, cannot be read or do not fit each other.
    """
    pair = read_pair(folder, "train")
    if pair is None:
        raise DataFileError(f"The folder {os.fspath(folder)!r} holds no IDX files to learn from.", NAMES_HINT)
    names = read_classes(folder)
    codes = range(len(names)) if names else sorted(set(pair[1].tolist()))
    train = _dataset(folder, "train", pair, codes, names)
    pair = read_pair(folder, "t10k")
    if pair is None:
        kept, held = stratified(train.y, len(train), TEST_SHARE, seed)
        return Parts(train.take(kept), train.take(held))
    test = _dataset(folder, "t10k", pair, codes, names)
    if test.sample_shape != train.sample_shape:
        raise DataFileError(
            f"The pictures in {os.fspath(folder)!r} differ in shape: {train.sample_shape} to learn from, "
            f"{test.sample_shape} to test with."
        )
    return Parts(train, test)


def find_idx(folder: str | os.PathLike[str], part: str, kind: str) -> Path | None:
    """The file of the "train" or "t10k" part that holds "images" or "labels"; the unpacked one where both lie there."""
    pattern = re.compile(rf"{part}-{kind}[-.]idx\d-ubyte(\.gz)?")
    try:
        named = [Path(folder, name) for name in sorted(os.listdir(folder)) if pattern.fullmatch(name)]
    except OSError as error:
        raise DataFileError(f"Cannot read the folder {os.fspath(folder)!r}: {error.strerror}.") from error
    return next((path for path in named if path.is_file()), None)  # some archives unpack into folders of that name


def holds_idx(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds IDX files of either part."""
    return any(find_idx(folder, part, kind) for part in ("train", "t10k") for kind in ("images", "labels"))


def read_pair(folder: str | os.PathLike[str], part: str) -> tuple[Array, Array] | None:
    """Pictures (N, H, W, C) and labels (N,) of the "train" or "t10k" part; None where there is neither file.

    Raises
    ------
    DataFileError where one of the two is missing, they are swapped, or not as many.
    """
    places = {kind: find_idx(folder, part, kind) for kind in ("images", "labels")}
    images_path, labels_path = places["images"], places["labels"]
    if images_path is None and labels_path is None:
        return None
    if images_path is None or labels_path is None:
        there, missing = ("labels", "images") if images_path is None else ("images", "labels")
        raise DataFileError(f"{str(folder)!r} holds {part}-{there}, but no {part}-{missing}.", NAMES_HINT)
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim == 1 and labels.ndim > 1:
        raise DataFileError(
            f"{str(images_path)!r} holds labels {images.shape} and {labels_path.name!r} pictures {labels.shape}.",
            "The two files are swapped: exchange their names.",
        )
    if images.ndim == 1 or labels.ndim > 1 or labels.dtype.kind == "f":
        raise DataFileError(
            f"Expected pictures in {str(images_path)!r} and one whole number for each in {labels_path.name!r}. "
            f"Got shapes {images.shape} and {labels.shape}, labels of type {labels.dtype}."
        )
    if len(images) != len(labels):
        raise DataFileError(
            f"{str(images_path)!r} holds {len(images)} pictures, but {labels_path.name!r} holds {len(labels)} labels."
        )
    return images[..., None] if images.ndim == 3 else images, labels


def read_classes(folder: str | os.PathLike[str]) -> tuple[str, ...] | None:
    """The names in classes.txt, line k for label k; None where there is no such file."""
    path = Path(folder, CLASSES_FILE)
    if not path.exists():
        return None
    try:
        names = path.read_text("utf-8-sig").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"Cannot read {str(path)!r}: {error}.", "It is a text in UTF-8.") from error
    if "" in names or len(set(names)) < len(names):
        raise DataFileError(f"{str(path)!r} must hold a name of its own in each line. Got {names!r:.200}.")
    return tuple(names)


def _dataset(
    folder: str | os.PathLike[str],
    part: str,
    pair: tuple[Array, Array],
    codes: Sequence[int],
    names: tuple[str, ...] | None,
) -> Dataset:
    x, labels = pair
    is_digits = names is None and x.dtype == np.uint8 and x.shape[1:] == (28, 28, 1) and list(codes) == list(range(10))
    plain = Preparation((), Scale(1 / 255) if x.dtype == np.uint8 else Scale())
    try:
        y = index_labels(f"{part}-labels", labels.tolist(), codes)
        return Dataset(Path(folder).resolve().name, x, y, names or tuple(codes), DIGITS if is_digits else plain)
    except DataError as error:
        raise DataFileError(f"In {os.fspath(folder)!r}: {error.message}", error.hint) from error
