"""From a picture file to grey."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.data.picture_file import decode_quietly, open_grey
from glassnet.errors import DataFileError
from glassnet.pictures.looks import FULL
from glassnet.pictures.reduced import reduced


def load_picture(path: str | os.PathLike[str]) -> Array:
    """The picture in a file as grey (H, W) uint8: upright, what is transparent on white, of several frames the first.

    Raises
    ------
    DataFileError where the file is no picture, damaged, truncated, or of more than 50 million pixels.
    """
    return np.asarray(open_grey(path))


def load_reduced(path: str | os.PathLike[str], longest: int = FULL) -> tuple[Array, float]:
    """As `load_picture`, but no larger than reading needs it, and how many times as long the sides in the file are.

    longest : pixels of the longer side at most. Of a large JPEG no more is decoded.
    """
    opened = decode_quietly(path, longest=longest, grey=True)
    grey = reduced(np.asarray(opened.picture), longest)
    return grey, max(opened.size) / max(grey.shape)


def reduced_from_bytes(content: bytes, name: str) -> tuple[Array, float]:
    """The picture in a file's content, as `load_reduced` gives it; `name` stands for it in errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "picture")
        path.write_bytes(content)
        try:
            return load_reduced(path)
        except DataFileError as error:
            raise DataFileError(str(error).replace(repr(str(path)), name)) from error
