"""Pictures from files, and as arrays: load_img, img_to_array."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice, check_integer
from glassnet.data.picture_file import picture_in
from glassnet.errors import ParameterError, ShapeError
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.formats import is_first
from glassnet.keras.names import refusing

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["img_to_array", "load_img"]

MODES = {"grayscale": "L", "rgb": "RGB", "rgba": "RGBA"}
GREYS = ("L", "I", "I;16")  # which Keras takes for grey as they are
WAYS = ("nearest", "bilinear", "bicubic", "lanczos", "hamming", "box")


@keras_arguments(grayscale=lambda grey: {"color_mode": "grayscale" if grey else "rgb"})
def load_img(
    path: str | os.PathLike[str],
    color_mode: str | bool = "rgb",
    target_size: tuple[int, int] | None = None,
    interpolation: str = "nearest",
) -> Image:
    """The picture in a file, as Pillow has it: neither turned as the camera lay, nor laid on white.

    Parameters
    ----------
    color_mode : "rgb", "grayscale" or "rgba".   target_size : height and width; None, as it is. Its shape is not kept.
    interpolation : "nearest", "bilinear", "bicubic", "lanczos", "hamming" or "box".

    Raises
    ------
    DataFileError where the file is no picture; ParameterError for other arguments.
    """
    from PIL import Image

    if isinstance(color_mode, bool):  # `grayscale` was the second argument once
        color_mode = "grayscale" if color_mode else "rgb"
    check_choice("load_img", "color_mode", color_mode, MODES)
    check_choice("load_img", "interpolation", interpolation, WAYS)
    size = _size(target_size)
    with picture_in(path) as opened:
        grey = color_mode == "grayscale" and opened.mode in GREYS
        picture: Image.Image = opened.copy() if grey else opened.convert(MODES[color_mode])
        if size and picture.size != size:
            picture = picture.resize(size, Image.Resampling[interpolation.upper()])
    return picture


@keras_arguments()
def img_to_array(img: Any, data_format: str | None = None, dtype: str | None = None) -> Array:
    """A picture, of Pillow or (H, W) or (H, W, C), as an array (H, W, C) of float32, or of `dtype`; 0 to 255 stay so.

    With "channels_first" the channels come in front.

    Raises
    ------
    ShapeError where it has another number of axes.
    """
    first = is_first("img_to_array", data_format)
    x = np.asarray(img, dtype or "float32")
    if x.ndim not in (2, 3):
        raise ShapeError(f"img_to_array: a picture has 2 or 3 axes. Got the shape {x.shape}.")
    x = x if x.ndim == 3 else x[..., None]
    return x.transpose(2, 0, 1) if first else x


def _size(target: Any) -> tuple[int, int] | None:
    """Width and height, as Pillow wants them."""
    if target is None:
        return None
    if not isinstance(target, (tuple, list)) or len(target) < 2:
        raise ParameterError(f"load_img: target_size must be height and width, as (28, 28). Got {target!r:.60}.")
    for side in target[:2]:
        check_integer("load_img", "target_size", side, maximum=2**15)
    return int(target[1]), int(target[0])


_INSTEAD = {
    "ImageDataGenerator": "glassnet prepares no data for a script; `glassnet train FOLDER --augment pictures` does.",
    "array_to_img": "With Pillow: Image.fromarray(x.astype('uint8')).",
    "save_img": "With Pillow: Image.fromarray(x.astype('uint8')).save(file).",
}
__getattr__ = refusing(__name__, __all__, _INSTEAD)
