"""The IDX format: arrays in a file, as MNIST comes in, plain or in gzip.

A file is two zero bytes, a type, the number of axes, their lengths as big-endian 32-bit numbers, and the numbers
themselves, big-endian too.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section on the file formats.
"""

from __future__ import annotations

import gzip
import os
import zlib
from io import BufferedIOBase
from math import prod
from pathlib import Path
from typing import BinaryIO

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.atomic import atomic_write
from glassnet.errors import DataError, DataFileError

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
CODES = {np.dtype(name).newbyteorder("="): code for code, name in TYPES.items()}
MOST_AXES = 8
MOST_PACKED = 1032  # deflate turns one byte into at most so many (zlib's technical notes)
CHUNK = 2**20


def read_idx(path: str | os.PathLike[str]) -> Array:
    """The array in an IDX file; whether it is in gzip is seen from its content.

    Memory is asked for only after the lengths in the header were compared with the size of the file, and nothing is
    unpacked beyond what they allow.

    Raises
    ------
    DataFileError where the file is missing, is no IDX file, is empty, damaged, truncated, or has bytes left over.
    """
    if not os.path.isfile(path):
        what = (
            "a folder" if os.path.isdir(path) else "not there" if not os.path.exists(path) else "not an ordinary file"
        )
        raise DataFileError(f"Cannot read {os.fspath(path)!r}: it is {what}.", "Give the name of an IDX file.")
    try:
        with open(path, "rb") as file:
            return decode_idx(file, os.fstat(file.fileno()).st_size, os.fspath(path))
    except OSError as error:
        raise DataFileError(f"Cannot read {os.fspath(path)!r}: {error.strerror or error}.") from error


def decode_idx(file: BufferedIOBase, size: int, name: str) -> Array:
    """The array in an open file of `size` bytes; `name` stands in messages, which are those of `read_idx`."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    try:
        if packed:
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _decode(unpacked, size, name, packed=True)
        return _decode(file, size, name, packed=False)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataFileError(f"{name!r} is damaged: {str(error).rstrip('.')}.", "Fetch or write it anew.") from error


def idx_header(array: Array) -> bytes:
    """The first bytes of the IDX file that holds `array`."""
    return bytes([0, 0, CODES[array.dtype], array.ndim]) + np.array(array.shape, ">u4").tobytes()


def encode_idx(file: BinaryIO, array: Array, *, packed: bool) -> None:
    """Write an array as IDX into an open file, in gzip or plain; equal arrays give equal bytes."""
    header, data = idx_header(array), np.ascontiguousarray(array, array.dtype.newbyteorder(">")).data
    if packed:
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as target:
            target.write(header)
            target.write(data)
    else:
        file.write(header)
        file.write(data)


def write_idx(path: str | os.PathLike[str], array: Array) -> None:
    """Write an array into an IDX file, in gzip where the name ends in .gz. It is the old file or the whole new one.

    Raises
    ------
    DataError for a type that IDX does not have, an array without axes, with too many or too long ones, or without
    numbers.   OutputError where the file cannot be written.
    """
    array = np.asarray(array)
    array = array.astype(array.dtype.newbyteorder("="), copy=False)
    if array.dtype not in CODES:
        known = ", ".join(str(dtype) for dtype in CODES)
        raise DataError(f"IDX holds {known}, not {array.dtype}.", "Convert it first: array.astype('uint8').")
    if not 1 <= array.ndim <= MOST_AXES or not array.size or max(array.shape) >= 2**32:
        raise DataError(
            f"An IDX file holds 1 to {MOST_AXES} axes of 1 to {2**32 - 1} numbers each. Got the shape {array.shape}."
        )
    with atomic_write(path) as file:
        encode_idx(file, array, packed=Path(path).suffix == ".gz")


def _decode(file: BufferedIOBase, size: int, name: str, *, packed: bool) -> Array:
    dtype, shape = _header(file, name)
    wanted = prod(shape) * dtype.itemsize
    there = size * MOST_PACKED if packed else size - 4 - 4 * len(shape)
    if wanted > there:
        raise DataFileError(
            f"{name!r} is too short: its header promises {wanted} bytes of shape {shape}, but a file of {size} bytes "
            f"holds no more than {there}.",
            "Fetch or write it anew.",
        )
    array = np.empty(shape, dtype)
    target, got = array.reshape(-1).view(np.uint8).data, 0
    while got < wanted:
        count = file.readinto(target[got : got + CHUNK])
        if not count:
            raise DataFileError(
                f"{name!r} is truncated: its header promises {wanted} bytes of shape {shape}, but {got} came.",
                "Fetch or write it anew.",
            )
        got += count
    if file.read(1):  # at the end of a gzip stream this also compares the checksum
        raise DataFileError(
            f"{name!r} has bytes left over after the {wanted} of shape {shape} that its header promises."
        )
    return array.astype(dtype.newbyteorder("="), copy=False)


def _header(file: BufferedIOBase, name: str) -> tuple[np.dtype[np.generic], Shape]:
    """The type and the shape that the first bytes tell of."""
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in TYPES or not 1 <= magic[3] <= MOST_AXES:
        raise DataFileError(
            f"{name!r} is no IDX file: its first bytes are {magic.hex(' ') or 'missing'}.",
            "IDX begins with 00 00, a type (08, 09, 0b, 0c, 0d, 0e) and the number of axes (01 to 08).",
        )
    lengths = file.read(4 * magic[3])
    if len(lengths) < 4 * magic[3]:
        raise DataFileError(f"{name!r} is truncated: it ends within its header.", "Fetch or write it anew.")
    shape = tuple(np.frombuffer(lengths, ">u4").tolist())
    if 0 in shape:
        raise DataFileError(f"{name!r} holds no items: its header gives the shape {shape}.")
    return np.dtype(TYPES[magic[2]]), shape
