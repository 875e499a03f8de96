"""Where a window lies that slides over a picture."""

from __future__ import annotations

from collections.abc import Iterator

from glassnet.arrays import Shape
from glassnet.explain import phrases
from glassnet.explain.layers.explainer import Index
from glassnet.functions.windows import Pair


def corner(unit: Index, stride: Pair, before: Pair = (0, 0)) -> Pair:
    """The first row and column of the window behind output `unit`; negative where padding lies before the picture."""
    return unit[0] * stride[0] - before[0], unit[1] * stride[1] - before[1]


def places(size: Pair, start: Index, in_shape: Shape) -> Iterator[tuple[int, int, int, int]]:
    """(i, j, row, column) of every pixel of the window that lies inside the picture."""
    for i in range(size[0]):
        for j in range(size[1]):
            row, column = start[0] + i, start[1] + j
            if 0 <= row < in_shape[0] and 0 <= column < in_shape[1]:
                yield i, j, row, column


def where(size: Pair, start: Index) -> str:
    """The place of a window in words."""
    last = start[0] + size[0] - 1, start[1] + size[1] - 1
    rows, columns = (phrases.RANGE.format(first=start[k], last=last[k]) for k in (0, 1))
    return phrases.WINDOW.format(size=f"{size[0]}×{size[1]}", rows=rows, columns=columns).replace("-", "−")
