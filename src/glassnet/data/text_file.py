"""Opening a text of unknown origin: its encoding, told by its bytes."""

from __future__ import annotations

import codecs
import os
import re
from typing import BinaryIO

from glassnet.errors import DataFileError

BLOCK = 2**20
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY = {
    b"PK\x03\x04": ("an archive or an Excel workbook", "Save the sheet as CSV, in UTF-8."),
    b"\x1f\x8b": ("packed by gzip", "Unpack it first."),
    b"\x89PNG": ("a picture", "Give a folder with a folder of pictures for each class."),
    b"\xff\xd8\xff": ("a picture", "Give a folder with a folder of pictures for each class."),
    b"%PDF": ("a PDF", "Give the table as CSV."),
}
HIGH = re.compile(rb"[\x80-\xff]+")


def find_encoding(path: str | os.PathLike[str]) -> str:
    """The name of the encoding of the text at `path`.

    What has a byte order mark says it itself; what is valid UTF-8 is UTF-8; zero bytes at every other place are UTF-16.
    Else it is a code page with one byte a letter: Windows-1251 where such letters stand beside each other, as in words
    in Cyrillic, and Windows-1252, which holds Latin-1's letters, where they stand alone.

    Raises
    ------
    DataFileError where it is empty, no text, or cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return _encoding(os.fspath(path), file)
    except OSError as error:
        raise DataFileError(f"Cannot read {os.fspath(path)!r}: {error.strerror}.") from error


def _encoding(name: str, file: BinaryIO) -> str:
    start = file.read(BLOCK)
    if not start.strip(b"\r\n\t ;,\xef\xbb\xbf"):
        raise DataFileError(f"{name!r} is empty.", "The first line names the columns, every other one is a row.")
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    for magic, (what, hint) in BINARY.items():
        if start.startswith(magic):
            raise DataFileError(f"{name!r} is {what}, not a table as text.", hint)
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if min(even, odd) == 0 and max(even, odd) > len(start) // 8:
            return "utf-16-be" if even else "utf-16-le"
        hint = "Give the folder that IDX files lie in." if start.startswith(b"\0\0") else "Give a CSV in UTF-8."
        raise DataFileError(f"{name!r} is no table: it holds zero bytes, which no text has.", hint)
    decoder, block, high = codecs.getincrementaldecoder("utf-8")(), start, b""
    while block:
        high = high or b" ".join(HIGH.findall(block)[:1000])
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return _code_page(high or b" ".join(HIGH.findall(block)))
        block = file.read(BLOCK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _code_page(high)
    return "utf-8"


def _code_page(high: bytes) -> str:
    """By how many of the bytes above 127 have another one beside them; `high` are the runs of such bytes."""
    runs = high.split()
    together = sum(len(run) for run in runs if len(run) > 1)
    return "cp1251" if together > sum(map(len, runs)) / 2 else "cp1252"
