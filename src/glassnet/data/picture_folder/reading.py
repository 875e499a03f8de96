"""A folder of pictures as data: listed, decoded once, arranged by content, and kept in the cache."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any, BinaryIO

import numpy as np

from glassnet.arrays import Array
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.idx_folder import DIGITS
from glassnet.data.mapped import let_go
from glassnet.data.picture_folder import cache
from glassnet.data.picture_folder.arranging import arrange
from glassnet.data.picture_folder.decoding import Failure, decoded
from glassnet.data.picture_folder.listing import Listing, list_pictures, listed
from glassnet.data.picture_folder.looking import choose_fit
from glassnet.data.picture_folder.telling import Findings, told, warned
from glassnet.errors import DataFileError
from glassnet.preparation import Fit, Preparation, Scale

BLOCK = 2**21  # bytes of pictures that are put in order at a time
READABLE = 0.5  # the least share of the files that must be pictures


def nobody(done: int, of: int) -> None:
    """Who listens unless somebody else does."""


listener: Callable[[int, int], None] = nobody  # is told how many pictures are decoded, and of how many


class PictureWarning(UserWarning):
    """Some pictures of a folder are left out."""


def read_picture_folder(folder: str | os.PathLike[str], fit: Fit | tuple[int, int] | None = None) -> Parts:
    """The pictures in a folder with a folder for each class, as `list_pictures` finds them.

    A fifth is for the test, of each class the same share, where the folder has none; which ones depends on what they
    show alone. As read_pictures otherwise.
    """
    whole, count = _read(folder, fit)
    return Parts(whole.take(np.arange(count)), whole.take(np.arange(count, len(whole))))


def read_pictures(folder: str | os.PathLike[str], fit: Fit | tuple[int, int] | None = None) -> Dataset:
    """All pictures in such a folder, whether to learn from or to test with.

    Every picture is fitted into one field, and lies decoded in the user's cache from then on, mapped into memory.
    Pictures with the same pixels are there once.

    Parameters
    ----------
    fit : how to fit them; or height and width, and the pictures say whether they have colours; None: they say all.

    Raises
    ------
    DataFileError where the folder is no such folder, or holds too few pictures that can be read.

    Warns
    -----
    PictureWarning where some cannot be read, or lie in two classes.
    """
    return _read(folder, fit)[0]


def _read(folder: str | os.PathLike[str], fit: Fit | tuple[int, int] | None) -> tuple[Dataset, int]:
    """All pictures, and how many of them, in front, are to learn from."""
    listing = list_pictures(folder)
    key = _key(listing, fit)
    kept = cache.find(key) or _decode_all(listing, fit, key)
    content, x = kept
    for warning in content["warnings"]:
        warnings.warn(PictureWarning(f"{str(listing.root)!r}: {warning}"), stacklevel=3)
    y, count = np.array(content["labels"], np.int64), content["train"]
    whole = Dataset(
        listing.root.resolve().name,
        x,
        y,
        listing.classes,
        _preparation(content, listing),
        names=np.array(content["names"], object),
        notes=tuple(content["notes"]),
        mixed=True,
    )
    return whole, count


def _key(listing: Listing, fit: Fit | tuple[int, int] | None) -> str:
    """What stands for the state of the folder and the wish for its pictures."""
    wish = [fit.height, fit.width, fit.channels] if isinstance(fit, Fit) else fit
    digest = hashlib.sha256(json.dumps([cache.FORMAT.decode(), wish, listing.others]).encode())
    for file in listing.files:
        digest.update(json.dumps(file).encode())
    return digest.hexdigest()[:32]


def _decode_all(listing: Listing, fit: Fit | tuple[int, int] | None, key: str) -> cache.Kept:
    """Decode every picture and keep them."""
    paths = [os.path.join(listing.root, file.name) for file in listing.files]
    if not isinstance(fit, Fit):
        fit = choose_fit(paths, fit)
    size = prod(fit.shape)
    with tempfile.TemporaryFile(dir=cache.roomy(2 * size * len(paths))) as scratch:
        found = _decode_into(scratch, paths, fit)
        good = np.array(found.good, np.int64)
        _check_readable(listing, found)
        labels, test = (np.array([getattr(file, name) for file in listing.files])[good] for name in ("label", "test"))
        digests = np.array(found.digests, np.uint64)
        arranged = arrange(digests, labels, test, tested=listing.tested)
        rows = np.concatenate([arranged.train, arranged.test])
        names = [listing.files[k].name for k in good]
        content: dict[str, Any] = {
            "fit": fit.shape,
            "names": [names[row] for row in rows],
            "labels": labels[rows].tolist(),
            "train": len(arranged.train),
            "as they are": found.all_as(fit),
        }
        _check_both_sides(listing, labels[arranged.train], len(arranged.test))
        content["notes"] = told(listing, fit, found, names, labels, arranged)
        content["warnings"] = warned(listing, found, names, arranged)
        pixels = np.memmap(scratch, np.uint8, "r", 0, (len(good), *fit.shape))
        return cache.keep(key, content, (len(rows), *fit.shape), lambda: _blocks(pixels, rows))


def _decode_into(scratch: BinaryIO, paths: Sequence[str], fit: Fit) -> Findings:
    """Write the pixels of all pictures that can be read into a file, one after the other."""
    found = Findings()
    for number, picture in enumerate(decoded(paths, fit)):
        if isinstance(picture, Failure):
            found.failures[number] = picture.reason
        else:
            content = picture.pixels.tobytes()
            scratch.write(content)
            found.note(number, picture, hashlib.blake2b(content, digest_size=8).digest())
        listener(number + 1, len(paths))
    scratch.flush()
    return found


def _blocks(pixels: Array, rows: Array) -> Iterator[Array]:
    """pixels[rows], a few at a time: each picture brings pages around it into memory."""
    count = max(1, BLOCK // pixels[0].nbytes)
    for start in range(0, len(rows), count):
        yield pixels[rows[start : start + count]]
        let_go(pixels)


def _preparation(content: dict[str, Any], listing: Listing) -> Preparation:
    """That of digits where the pictures are as MNIST holds them, as in a folder of IDX files."""
    fit = Fit(*content["fit"])
    is_digits = content["as they are"] and fit.shape == (28, 28, 1) and listing.classes == tuple(range(10))
    return DIGITS if is_digits else Preparation((fit,), Scale(1 / 127.5, -127.5))


def _check_readable(listing: Listing, found: Findings) -> None:
    """Raise where most files are no pictures."""
    if len(found.good) < READABLE * len(listing.files):
        some = [f"{listing.files[k].name} ({reason})" for k, reason in found.failures.items()]
        raise DataFileError(
            f"{str(listing.root)!r}: {len(some):,} of {len(listing.files):,} pictures cannot be read: {listed(some)}.",
            "Replace them, or take them away.",
        )


def _check_both_sides(listing: Listing, learnt: Array, tests: int) -> None:
    """Raise where a class has no picture to learn from, or there is none for the test."""
    missing = [str(label) for number, label in enumerate(listing.classes) if number not in learnt]
    if missing:
        raise DataFileError(
            f"{str(listing.root)!r}: of {listed(missing)} no picture is left to learn from: each has to differ from "
            "those of all other classes, and to be readable.",
            "Put more pictures there.",
        )
    if not tests:
        raise DataFileError(
            f"{str(listing.root)!r}: {len(learnt)} pictures are too few to hold some out for a test.",
            "Put more there: 20 of each class are a beginning.",
        )
