"""From a picture file to a sample as a network wants it."""

from __future__ import annotations

import os

from glassnet.arrays import Array
from glassnet.data.picture_file import open_fitted
from glassnet.errors import DataError, ShapeError
from glassnet.files import TrainedModel
from glassnet.pictures.load import load_picture
from glassnet.pictures.read import sole_digit
from glassnet.preparation import Fit


def prepare_picture(trained: TrainedModel, path: str | os.PathLike[str]) -> Array:
    """The picture in a file, of one thing, prepared as those were that the network learnt from: (H, W, C) uint8.

    Raises
    ------
    DataFileError as `load_picture`; DataError where a network for digits finds none, or several; ShapeError where the
    network knows no way to fit pictures in, and this one has another size.
    """
    for step in trained.preparation.steps:
        if isinstance(step, Fit):
            return open_fitted(path, step)
    grey, name = load_picture(path), os.fspath(path)
    if trained.preparation.steps:
        try:
            return sole_digit(trained, grey)
        except DataError as error:
            raise DataError(f"{name!r}: {error.message}", error.hint) from None
    shape = trained.network.input_shape
    if (*grey.shape, 1) != shape:
        raise ShapeError(
            f"{name!r} is {grey.shape[1]}×{grey.shape[0]} grey pixels, but the network expects "
            f"{shape[1]}×{shape[0]} of {shape[2]} channels, and knows no way to fit it in.",
            "Prepare it as the pictures were that the network learnt from.",
        )
    return grey[:, :, None]
