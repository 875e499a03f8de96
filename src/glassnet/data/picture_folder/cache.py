"""Fitted pictures in the user's cache, one file for each state of a folder, mapped into memory and not read into it.

A file is: a line that names the format, the SHA-256 and the length of a JSON text, this text, and the pixels.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.atomic import SUFFIX, atomic_write
from glassnet.errors import OutputError

FORMAT = b"glassnet pictures 1\n"
MOST = 2**34  # bytes that all files may have together; the oldest go first
STALE = 24 * 3600  # seconds after which a part of a file was left by a process that died
ALIGNED = 64


class Kept(NamedTuple):
    """What a file holds: what is known of the pictures, and their pixels (N, height, width, channels) uint8."""

    content: dict[str, Any]
    pixels: Array


def find(key: str) -> Kept | None:
    """What is kept under `key`; None where there is nothing, or nothing whole."""
    path = folder() / key
    try:
        with open(path, "rb") as file:
            kept = _read(file)
        os.utime(path)  # what was used last is forgotten last
    except (OSError, ValueError):
        return None
    return kept


def keep(key: str, content: dict[str, Any], shape: Shape, parts: Callable[[], Iterable[Array]]) -> Kept:
    """Write pictures down and map them; where the cache cannot be written, in a file that goes with the process.

    Parameters
    ----------
    content : for JSON.   shape : of the pixels, which `parts()` gives in their order, some at a time.
    """
    text = json.dumps({**content, "shape": shape}).encode()
    head = FORMAT + hashlib.sha256(text).digest() + len(text).to_bytes(8, "little") + text
    head += b" " * (-len(head) % ALIGNED)

    def write(file: BinaryIO) -> None:
        file.write(head)
        for part in parts():
            file.write(np.ascontiguousarray(part).data)

    place = roomy(prod(shape))
    with suppress(OSError):
        if place == folder():
            _forget(place, MOST - prod(shape))
            with atomic_write(place / key) as file:
                write(file)
            kept = find(key)
            if kept is not None:
                return kept
    with tempfile.TemporaryFile() as passing:
        write(passing)
        passing.flush()
        return _read(passing)


def folder() -> Path:
    """Where the files lie."""
    import platformdirs

    return platformdirs.user_cache_path("glassnet") / "pictures"


def roomy(size: int) -> Path:
    """A folder that can be written, with room for `size` bytes: the cache, or else that for temporary files.

    Raises
    ------
    OutputError where neither has it.
    """
    with suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
    for place in (folder(), Path(tempfile.gettempdir())):
        with suppress(OSError):
            if place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > size:
                return place
    raise OutputError(
        f"The pictures need {size / 2**30:.1f} GiB on the disk once they are fitted; there is no such room in "
        f"{str(folder())!r}.",
        "Free some, or fit them into a smaller field.",
    )


def _read(file: BinaryIO) -> Kept:
    """ValueError where the file is not whole."""
    file.seek(0)
    fixed = file.read(len(FORMAT) + 40)
    length = int.from_bytes(fixed[-8:], "little")
    size = os.fstat(file.fileno()).st_size
    if not fixed.startswith(FORMAT) or length > size:
        raise ValueError("no file of pictures")
    text = file.read(length)
    if hashlib.sha256(text).digest() != fixed[len(FORMAT) : -8]:
        raise ValueError("a damaged file of pictures")
    content = json.loads(text)
    shape = tuple(content.pop("shape"))
    start = len(fixed) + length
    start += -start % ALIGNED
    if size != start + prod(shape):
        raise ValueError("a truncated file of pictures")
    return Kept(content, np.memmap(file, np.uint8, "r", start, shape))


def _forget(place: Path, most: int) -> None:
    """Remove files, the oldest first, until no more than `most` bytes are left; and what dead processes left."""
    now, total = time.time(), 0
    files = [(path.stat().st_mtime, path.stat().st_size, path) for path in place.iterdir()]
    for changed, size, path in sorted(files, reverse=True):
        if path.name.endswith(SUFFIX):
            stale = now - changed > STALE
        else:
            total += size
            stale = total > most
        if stale:
            with suppress(OSError):
                path.unlink()
