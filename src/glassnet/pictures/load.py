"""From a picture file to grey."""

from __future__ import annotations

import os

import numpy as np

from glassnet.arrays import Array
from glassnet.data.picture_file import open_grey


def load_picture(path: str | os.PathLike[str]) -> Array:
    """The picture in a file as grey (H, W) uint8: upright, what is transparent on white, of several frames the first.

    Raises
    ------
    DataFileError where the file is no picture, damaged, truncated, or of more than 50 million pixels.
    """
    return np.asarray(open_grey(path))
