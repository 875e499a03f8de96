"""From a picture file to grey."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.data.picture_file import open_grey
from glassnet.errors import DataFileError


def load_picture(path: str | os.PathLike[str]) -> Array:
    """The picture in a file as grey (H, W) uint8: upright, what is transparent on white, of several frames the first.

    Raises
    ------
    DataFileError where the file is no picture, damaged, truncated, or of more than 50 million pixels.
    """
    return np.asarray(open_grey(path))


def picture_from_bytes(content: bytes, name: str) -> Array:
    """The picture in a file's content, as `load_picture` gives it; `name` stands for it in errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "picture")
        path.write_bytes(content)
        try:
            return load_picture(path)
        except DataFileError as error:
            raise DataFileError(str(error).replace(repr(str(path)), name)) from error
