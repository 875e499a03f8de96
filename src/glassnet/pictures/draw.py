"""Digits in the terminal, as the network saw them, with its answer below each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.read import Reading

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

SMALL = 16  # digits of fewer pixels are drawn twice as large
FAINT = 0.25  # of full ink: rows and columns around a digit with less are left out
GAP = 2  # columns between digits
SHADES = " .:-=+*#%@"  # for terminals that know only ASCII
HALVES = " ▄▀█"  # by 2 × upper half + lower half


@dataclass(frozen=True)
class DigitDrawing:
    """For Rich: grey in terminals with colours, half blocks in others, letters where there is only ASCII."""

    reading: Reading
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        paint = painter(console, options)
        seen = self.reading.seen[:, :, :, 0] / max(int(self.reading.seen.max(initial=0)), 1)
        if seen.shape[1] < SMALL:
            seen = seen.repeat(2, 1).repeat(2, 2)
        rows = span(seen.max((0, 2), initial=0.0))
        pairs = zip(self.reading.digits, seen[:, rows], strict=True)
        for _, line in groupby(pairs, key=lambda pair: pair[0].line):
            tiles = []
            for digit, picture in line:
                label = Text(f"{digit.digit}{'?' * digit.doubtful} {digit.confidence:.0%}")
                tiles.append(tile([*paint(even(picture[:, span(picture.max(0))])), label]))
            yield from wrap(tiles, self.width)


def draw_digits(reading: Reading, width: int) -> DigitDrawing:
    """The digits of a reading side by side, line by line, in at most `width` columns."""
    return DigitDrawing(reading, width)


def painter(console: Console, options: ConsoleOptions) -> Callable[[Array], list[Text]]:
    """What turns a picture (H, W) in 0..1 with an even H into rows, as this terminal can show it best."""
    if options.ascii_only:
        return in_letters
    return in_halves if console.color_system is None or console.no_color else in_greys


def tile(rows: list[Text]) -> list[Text]:
    """The rows, made equally wide, with a gap to the right."""
    wide = max(map(len, rows)) + GAP
    return [row.append(" " * (wide - len(row))) for row in rows]


def span(strengths: Array) -> slice:
    """From the first to the last that is not faint, of rows or columns; all where there is none."""
    strong = np.flatnonzero(strengths >= FAINT)
    return slice(strong[0], strong[-1] + 1) if strong.size else slice(None)


def even(digit: Array) -> Array:
    """A digit with an even number of rows."""
    return np.pad(digit, ((0, len(digit) % 2), (0, 0)))


def in_greys(digit: Array) -> list[Text]:
    """Two rows a line: the upper one colours a half block, the lower one what is behind it."""
    from rich.text import Text

    greys = np.rint(digit * 255).astype(int)
    return [
        Text.assemble(*(("▀", f"rgb({u},{u},{u}) on rgb({d},{d},{d})") for u, d in zip(upper, lower, strict=True)))
        for upper, lower in zip(greys[::2], greys[1::2], strict=True)
    ]


def in_halves(digit: Array) -> list[Text]:
    """Two rows a line: each pixel is half a block if it is at least half ink."""
    from rich.text import Text

    full = digit >= 0.5
    return [Text("".join(HALVES[k] for k in codes)) for codes in 2 * full[::2] + full[1::2]]


def in_letters(digit: Array) -> list[Text]:
    """Two rows a line: the mean of two pixels is a letter, the darker the more ink."""
    from rich.text import Text

    shades = np.rint((digit[::2] + digit[1::2]) / 2 * (len(SHADES) - 1)).astype(int)
    return [Text("".join(SHADES[k] for k in codes)) for codes in shades]


def wrap(tiles: list[list[Text]], width: int) -> Iterator[Text]:
    """Tiles of equally many lines, as many beside each other as fit into `width`, at least one."""
    from rich.text import Text

    while tiles:
        ends = np.cumsum([len(tile[0]) for tile in tiles])
        count = max(1, int((ends - GAP <= width).sum()))
        for rows in zip(*tiles[:count], strict=True):
            line = Text.assemble(*rows)
            line.rstrip()
            yield line
        yield Text()
        tiles = tiles[count:]
