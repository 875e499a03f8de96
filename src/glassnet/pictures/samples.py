"""Samples of a data set as pictures: on a sheet, and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.splits import some_rows
from glassnet.errors import DataError
from glassnet.pictures.contact_sheet import EACH_ROW, Tile, displayed
from glassnet.pictures.draw import GAP, even, painter, tile, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

MOST = 120  # pictures on a sheet
HIGH = 20  # pixels of a picture in a terminal


def typical_rows(data: Dataset, most: int, seed: int = 0) -> Array:
    """The numbers of at most so many samples, class by class, of each about as many; the first classes of too many."""
    if data.classes is None:
        return some_rows(most, len(data), seed)
    shown = np.unique(data.y)[:most]
    each = min(EACH_ROW, most // len(shown))
    members = [np.flatnonzero(data.y == label) for label in shown]
    return np.concatenate([rows[some_rows(each, len(rows), seed)] for rows in members])


def sample_tiles(data: Dataset, seed: int = 0) -> list[Tile]:
    """Samples for a contact sheet, each with its class or its targets; DataError where they are no pictures."""
    check_pictures(data)
    return [Tile(data.x[row], target_words(data, row)) for row in typical_rows(data, MOST, seed)]


def check_pictures(data: Dataset) -> None:
    """Raise DataError where samples are no pictures."""
    if len(data.sample_shape) != 3:
        raise DataError(f"The samples of {data.name} are no pictures: they have the shape {data.sample_shape}.")


def target_words(data: Dataset, row: int) -> str:
    """The class of a sample, or its targets."""
    if data.classes is None:
        return ", ".join(f"{number:.4g}" for number in data.y[row])
    return str(data.classes[data.y[row]])


@dataclass(frozen=True)
class SampleDrawing:
    """For Rich: pictures (H, W) in 0..1 beside each other, with a word below each."""

    pictures: list[Array]
    words: list[str]
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        paint = painter(console, options)
        pairs = zip(self.pictures, self.words, strict=True)
        yield from wrap([tile([*paint(even(picture)), Text(word)]) for picture, word in pairs], self.width)


def draw_samples(data: Dataset, rows: Array, words: list[str], width: int) -> SampleDrawing:
    """These samples in a terminal of `width` columns; DataError where they are no pictures."""
    import cv2

    check_pictures(data)
    some = data.x[rows]
    least, most = float(some.min()), float(some.max())
    pictures = []
    for picture in some:
        grey = np.atleast_3d(displayed(picture, least, most)).mean(2).astype(np.float32)
        factor = min(1.0, HIGH / len(grey), (width - GAP) / grey.shape[1])
        size = max(1, round(grey.shape[1] * factor)), max(1, round(len(grey) * factor))
        pictures.append(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    return SampleDrawing(pictures, words, width)
