"""From a folder of IDX files to a folder of pictures."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import numpy as np

from glassnet.arrays import Array
from glassnet.atomic import SUFFIX
from glassnet.data.idx_folder import CLASSES_FILE, NAMES_HINT, read_classes, read_pair
from glassnet.data.labels import index_labels
from glassnet.data.pack import Packed
from glassnet.errors import DataFileError, OutputError

FOLDERS = {"train": "train", "t10k": "test"}


def unpack_folder(folder: str | os.PathLike[str], out_folder: str | os.PathLike[str]) -> Packed:
    """Write every picture of a folder of IDX files as a PNG: out_folder/train/CLASS/NUMBER.png, and test/ likewise.

    Numbers count from 0 in file order. pack_folder makes the same IDX files of out_folder/train again, sorted by class.

    Raises
    ------
    DataFileError where the IDX files cannot be read or hold no pictures of bytes, or a class has a name that is no
    folder's. OutputError where `out_folder` exists or cannot be written; nothing is left of it then.
    """
    target = Path(out_folder)
    if os.path.lexists(target):
        raise OutputError(f"{str(target)!r} exists already.", "Choose another name.")
    pairs = {name: pair for part, name in FOLDERS.items() if (pair := read_pair(folder, part)) is not None}
    if not pairs:
        raise DataFileError(f"The folder {os.fspath(folder)!r} holds no IDX files.", NAMES_HINT)
    names = read_classes(folder)
    for pair in pairs.values():
        _check_pair(pair, names)
    partial = target.with_name(f".{target.name}.{uuid4().hex[:12]}{SUFFIX}")
    counts: Counter[str] = Counter()
    try:
        for name, (x, labels) in pairs.items():
            called = [names[label] if names else str(label) for label in labels.tolist()]
            _write_pictures(partial / name, x, called)
            counts.update(called)
        partial.rename(target)
    except OSError as error:
        raise OutputError(f"Cannot write {str(target)!r}: {error.strerror or error}.") from error
    finally:
        rmtree(partial, ignore_errors=True)
    return Packed(dict(sorted(counts.items())), target)


def _check_pair(pair: tuple[Array, Array], names: tuple[str, ...] | None) -> None:
    x, labels = pair
    if x.dtype != np.uint8 or x.ndim != 4 or x.shape[3] not in (1, 3):
        raise DataFileError(f"Pictures are uint8 of shape (N, height, width). These are {x.dtype} of {x.shape}.")
    if names:
        index_labels("labels", labels.tolist(), range(len(names)))
        for name in names:
            if name.startswith(".") or set(name) & set("/\\:\0"):
                raise DataFileError(f"The class {name!r:.200} in {CLASSES_FILE} is no name for a folder.", "Rename it.")


def _write_pictures(folder: Path, x: Array, called: list[str]) -> None:
    from PIL import Image

    for name in set(called):
        (folder / name).mkdir(parents=True)
    for number, (pixels, name) in enumerate(zip(x, called, strict=True)):
        picture = pixels[..., 0] if pixels.shape[-1] == 1 else pixels
        Image.fromarray(picture).save(folder / name / f"{number:05d}.png")
