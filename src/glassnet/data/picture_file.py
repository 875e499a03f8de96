"""Opening a picture file as grey pixels."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

import numpy as np

from glassnet.errors import DataFileError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 50_000_000
KINDS = "PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"  # all without programs in them, as PostScript has


def open_grey(path: str | os.PathLike[str]) -> Image:
    """The picture in a file of one of these kinds: upright, grey (mode L); of several frames the first.

    What is transparent lies on white. 16-bit grey is divided by 257.

    Raises
    ------
    DataFileError where the file is no picture, damaged, truncated, or of more than 50 million pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):  # opening a pipe would wait
        raise DataFileError(f"{os.fspath(path)!r} is no ordinary file.", "Give the name of a picture.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=KINDS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                return _grey(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DataFileError(
            f"{os.fspath(path)!r} has more than {MOST_PIXELS:,} pixels, says its header.", "Make it smaller first."
        ) from error
    except Exception as error:  # Pillow's readers raise errors of many kinds on damaged files
        reason = getattr(error, "strerror", None) or error
        reason = "it is no picture" if isinstance(error, UnidentifiedImageError) else reason
        raise DataFileError(
            f"Cannot read {os.fspath(path)!r} as a picture: {reason}.", "Replace it, or take it away."
        ) from error


def _grey(picture: Image) -> Image:
    from PIL import Image

    if picture.mode.startswith("I"):
        return Image.fromarray((np.asarray(picture).clip(0, 65535) // 257).astype(np.uint8))
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("L")
    return picture.convert("L")
