"""How large the pictures of a folder are to be, and whether they have colours, from a look at some of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from glassnet.data.picture_folder.decoding import Failure, decoded
from glassnet.preparation import Fit
from glassnet.preparation.fit import COLOUR, GREY

LOOKED_AT = 200  # pictures, spread evenly over the folder
SMALL = 96  # pictures that are all of one size up to this are taken pixel for pixel
FIELD = 64  # the longer side of the field that others are fitted into
LEAST, STEP = 32, 8  # its sides are multiples of STEP, and the shorter one is no less than LEAST
COLOURFUL = 32  # by how much red, green and blue of a pixel differ where a picture is more than tinted by its file


def choose_fit(paths: Sequence[str], size: tuple[int, int] | None) -> Fit:
    """The field for these pictures, of this height and width where they are asked for.

    Pictures that are all of one size, no side longer than 96, keep it. For others the longer side of the field is 64
    pixels, or less where the pictures are smaller, and its shape is that of the middlemost picture. It is grey where
    none of the pictures that were looked at has a colour.
    """
    some = [paths[k] for k in np.unique(np.linspace(0, len(paths) - 1, LOOKED_AT).round().astype(int))]
    whole = Fit(FIELD, FIELD, COLOUR)
    sizes, coloured = [], False
    for found in decoded(some, whole):
        if not isinstance(found, Failure):
            sizes.append(found.size)
            coloured |= bool(np.ptp(found.pixels, axis=2).max() > COLOURFUL)
    return Fit(*(size or _field(sizes)), COLOUR if coloured else GREY)


def _field(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    if not sizes:
        return LEAST, LEAST  # none can be read, which is told of later
    if len(set(sizes)) == 1 and min(sizes[0]) >= LEAST // 2 and max(sizes[0]) <= SMALL:
        return sizes[0]
    height, width = np.median(np.log(sizes), axis=0)
    longer = float(np.clip(np.exp(max(height, width)), LEAST, FIELD))
    sides = (longer * np.exp(side - max(height, width)) for side in (height, width))
    rows, columns = (max(LEAST, STEP * round(float(side) / STEP)) for side in sides)
    return rows, columns
