"""Windows that slide over pictures (N, H, W, C), as shifted slices, and the way back.

A window of KH × KW is told by its KH·KW offsets: slice k holds, for every place of the window, the pixel at offset k.
Convolution and pooling are sums and maxima over these slices. This is the only file with a write in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glassnet.arrays import Array

Pair = tuple[int, int]


def same_padding(length: int, size: int, stride: int) -> Pair:
    """Pixels added before and after an axis so that it yields ⌈length / stride⌉ windows, the odd one after."""
    total = max((-(-length // stride) - 1) * stride + size - length, 0)
    return total // 2, total - total // 2


def pad(x: Array, rows: Pair, columns: Pair, value: float = 0.0) -> Array:
    """x with `value` around each picture: (N, H, W, C) → (N, H + Σrows, W + Σcolumns, C)."""
    if rows == columns == (0, 0):
        return x
    return x.__array_namespace__().pad(x, ((0, 0), rows, columns, (0, 0)), constant_values=value)


def crop(x: Array, rows: Pair, columns: Pair) -> Array:
    """The inverse of pad, and the way its gradient goes back."""
    return x[:, rows[0] : x.shape[1] - rows[1], columns[0] : x.shape[2] - columns[1], :]


def places(in_size: Pair, size: Pair, stride: Pair) -> Iterator[tuple[slice, slice, slice]]:
    """The index of each of the KH·KW slices, row by row, for pictures of in_size = (H, W)."""
    spans = [(length - k) // s * s + 1 for length, k, s in zip(in_size, size, stride, strict=True)]
    for i in range(size[0]):
        for j in range(size[1]):
            yield slice(None), slice(i, i + spans[0], stride[0]), slice(j, j + spans[1], stride[1])


def slices(x: Array, size: Pair, stride: Pair) -> list[Array]:
    """The KH·KW shifted slices of x, views of shape (N, OH, OW, C) each."""
    return [x[place] for place in places(x.shape[1:3], size, stride)]


def fold(pieces: Sequence[Array], like: Array, size: Pair, stride: Pair) -> Array:
    """The way back of `slices`: pieces (N, OH, OW, C) added up where they came from; the result is shaped as `like`."""
    x = like.__array_namespace__().zeros_like(like)
    for piece, place in zip(pieces, places(like.shape[1:3], size, stride), strict=True):
        if hasattr(x, "at"):
            x = x.at[place].add(piece)
        else:
            x[place] += piece
    return x
