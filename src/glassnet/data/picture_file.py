"""Opening a picture file."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import DataFileError, ParameterError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from glassnet.preparation import Fit

MOST_PIXELS = 50_000_000
BYTES_A_PIXEL = 20  # while a picture is decoded and converted, at most; colour takes 12
LIMIT_NAME = "GLASSNET_MOST_PIXELS"  # the environment variable that sets another limit, up to Pillow's own
KINDS = "PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "JPEG2000", "AVIF", "ICO"  # all without programs in them
SHARP = 2  # times as long as they need to be are the sides that are asked of a JPEG, which can come smaller than it is
ORIENTATION, ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)  # where EXIF tells how the camera lay, and what it says of the side
MISTAKEN = {  # the first bytes of what people take for pictures
    b"<svg": "it is an SVG drawing",
    b"%PDF": "it is a PDF document",
    b"<html": "it is a web page",
    b"<!doctype html": "it is a web page",
}


class Opened(NamedTuple):
    """A picture, its own height and width, and whether its file has several frames."""

    picture: Image
    size: tuple[int, int]
    several_frames: bool


class SeveralFrames(UserWarning):
    """A file holds several pictures, of which the first one is taken."""


def open_grey(path: str | os.PathLike[str]) -> Image:
    """The picture in a file, as `open_picture` has it, in grey (mode L)."""
    return decode_quietly(path, grey=True).picture


def open_fitted(path: str | os.PathLike[str], fit: Fit) -> Array:
    """The picture in a file, (height, width, channels) uint8 as `fit` has it; raises and warns as `open_picture`."""
    return fit(np.asarray(open_picture(path, least_side(fit))))


def least_side(fit: Fit) -> int:
    """How large a JPEG has to come at least, to be as sharp as `fit` can show it."""
    return SHARP * max(fit.height, fit.width)


def open_picture(path: str | os.PathLike[str], least: int = 0) -> Image:
    """The picture in a file of one of these kinds: upright, grey (mode L) or in colour (mode RGB).

    What is transparent lies on white. 16-bit grey is divided by 257. Of several frames the first is taken.

    Parameters
    ----------
    least : a JPEG may come smaller than it is, with both sides at least so long; 0: as it is.

    Raises
    ------
    DataFileError where the file is no picture, damaged, truncated, or its header claims more than 50 million pixels
    (or as many as the environment variable GLASSNET_MOST_PIXELS says).

    Warns
    -----
    SeveralFrames.
    """
    return decode_quietly(path, least).picture


def decode_quietly(path: str | os.PathLike[str], least: int = 0, *, longest: int = 0, grey: bool = False) -> Opened:
    """What `decode` gives, of Pillow's remarks only `SeveralFrames`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow remarks on what it reads all the same
        opened = decode(path, least, longest=longest, grey=grey)
    if opened.several_frames:
        warnings.warn(SeveralFrames(f"{os.fspath(path)!r} has several frames; the first is taken."), stacklevel=3)
    return opened


def decode(
    path: str | os.PathLike[str],
    least: int = 0,
    *,
    longest: int = 0,
    grey: bool = False,
    take: Callable[[int], None] = lambda size: None,
) -> Opened:
    """What `open_picture` gives, and more of it; Pillow's own remarks come through.

    Parameters
    ----------
    longest : a JPEG may come smaller than it is, with its longer side at least so long; 0: as `least` says.
    grey : whether it comes in grey (mode L); of a JPEG, colours are then not even decoded.
    take : is told, before the picture is decoded, how many bytes of memory that may take, and may wait or raise.
    """
    from PIL import ImageOps

    with picture_in(path) as picture:
        several = picture.format != "MPO" and getattr(picture, "is_animated", False)  # MPO: a photo and its like
        size = picture.height, picture.width
        if picture.getexif().get(ORIENTATION) in ON_ITS_SIDE:
            size = size[::-1]
        sides = [max(least, 1, longest * side // max(picture.size)) for side in picture.size]
        picture.draft("L" if grey else None, (sides[0], sides[1]) if least or longest else None)  # None: as it is
        take(picture.width * picture.height * BYTES_A_PIXEL)
        ImageOps.exif_transpose(picture, in_place=True)
        plain = _plain(picture)
        return Opened(plain.convert("L") if grey else plain, size, several)


@contextmanager
def picture_in(path: str | os.PathLike[str]) -> Iterator[ImageFile]:
    """The picture in a file as Pillow opens it, not yet decoded; raises as `open_picture`, in the block as well."""
    from PIL import Image, UnidentifiedImageError

    name = os.fspath(path)
    if os.path.isdir(path):
        raise DataFileError(f"{name!r} is a folder.", f"Name the pictures in it: {name.rstrip(os.sep)}/*.jpg, say.")
    if os.path.exists(path) and not os.path.isfile(path):  # opening a pipe would wait
        raise DataFileError(f"{name!r} is no ordinary file.", "Give the name of a picture.")
    most = _most_pixels()
    try:
        with Image.open(path, formats=KINDS) as picture:
            if picture.width * picture.height > most:
                raise Image.DecompressionBombError
            yield picture
    except Image.DecompressionBombError as error:
        raise DataFileError(
            f"{name!r} has more than {most:,} pixels, says its header.", f"Make it smaller first, or set {LIMIT_NAME}."
        ) from error
    except ParameterError:  # of who gives the memory
        raise
    except Exception as error:  # Pillow's readers raise errors of many kinds on damaged files
        reason = getattr(error, "strerror", None) or str(error).rstrip(".") or type(error).__name__
        reason = _no_picture(name) if isinstance(error, UnidentifiedImageError) else reason
        raise DataFileError(f"Cannot read {name!r} as a picture: {reason}.", "Replace it, or take it away.") from error


def _plain(picture: Image) -> Image:
    """In mode L or RGB."""
    from PIL import Image

    if picture.mode.startswith("I"):
        return Image.fromarray((np.asarray(picture).clip(0, 65535) // 257).astype(np.uint8))
    mode = "L" if picture.mode in ("1", "L", "LA", "La", "F") else "RGB"
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert(mode)
    return picture.convert(mode)


def _no_picture(name: str) -> str:
    """What a file is that Pillow does not know."""
    with open(name, "rb") as file:
        start = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "it is empty"
    if start[4:8] == b"ftyp":
        return "pictures of this kind have to be saved as JPEG or PNG first"  # HEIC, as some telephones write it
    kinds = (kind for mark, kind in MISTAKEN.items() if start.startswith(mark.lower()))
    drawing = "it is an SVG drawing" if b"<svg" in start else "it is no picture"
    return next(kinds, drawing)


def _most_pixels() -> int:
    from PIL import Image

    allowed, most = 2 * (Image.MAX_IMAGE_PIXELS or MOST_PIXELS), os.environ.get(LIMIT_NAME, str(MOST_PIXELS))
    if not (most.isdecimal() and 0 < int(most) <= allowed):
        raise ParameterError(f"{LIMIT_NAME} must be a whole number of pixels, 1 to {allowed}. Got {most!r:.60}.")
    return int(most)
