"""Many pictures beside each other, each with what is said of it below."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.figure import new_figure, save_figure, shorten

EACH_ROW = 12
INCHES = 0.9  # of a tile
LINE = 0.17  # tiles that a line of words is high
LONGEST = 16  # signs of a line


class Tile(NamedTuple):
    """A picture (H, W, C) and a few short lines about it."""

    picture: Array
    words: str


def save_contact_sheet(heading: str, tiles: Sequence[Tile], path: Path, each_row: int = EACH_ROW) -> None:
    """Draw the pictures into a PNG, row by row, as they are recorded: 0 is black, the largest number of all white."""
    columns = min(len(tiles), each_row)
    height = 1.06 + LINE * max(tile.words.count("\n") + 1 for tile in tiles)  # of a row, in tiles
    rows = ceil(len(tiles) / columns)
    width = max(columns, 5)  # the heading wants room
    figure = new_figure(INCHES * width, INCHES * height * rows + 0.4)
    figure.set_layout_engine("none")  # one axis over all of it
    figure.text(0.01, 1 - 0.1 / figure.get_figheight(), heading, fontsize=10, va="top", parse_math=False)
    axis = figure.add_axes((0.005, 0, 0.99, 1 - 0.4 / figure.get_figheight()))
    least = min(float(tile.picture.min()) for tile in tiles)
    most = max(float(tile.picture.max()) for tile in tiles)
    for number, tile in enumerate(tiles):
        top, left = divmod(number, columns)
        high, wide = (side / max(tile.picture.shape[:2]) * 0.46 for side in tile.picture.shape[:2])
        middle = left + 0.5, top * height + 0.5
        extent = middle[0] - wide, middle[0] + wide, middle[1] + high, middle[1] - high
        axis.imshow(displayed(tile.picture, least, most), cmap="gray", vmin=0, vmax=1, extent=extent)
        words = "\n".join(shorten(line, LONGEST) for line in tile.words.split("\n"))
        axis.text(middle[0], middle[1] + 0.5, words, fontsize=7, ha="center", va="top", parse_math=False)
    axis.set(xlim=(0, width), ylim=(rows * height, 0), aspect="equal", anchor="NW")
    axis.set_axis_off()
    save_figure(figure, path)


def displayed(picture: Array, least: float, most: float) -> Array:
    """(H, W, 3) of colours, or (H, W) grey where there are no three channels: 0 for `least`, 1 for `most`."""
    share = (picture.astype(np.float32) - least) / ((most - least) or 1.0)
    return share if share.shape[2] == 3 else share.mean(2)
