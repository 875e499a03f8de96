"""From ink to digits: connected strokes, specks dropped, the pieces of one digit put back together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from glassnet.arrays import Array

STROKE = 0.5  # ink from here on belongs to a stroke; what is fainter is the soft edge of one
LOWEST = 5  # pixels; nobody can read lower digits
MOST = 1000  # pieces; a picture of more is a pattern, and no writing
MARGIN = 16  # one part in so many of the height lies around the box, for the soft edges
# The rest are shares of the usual height of a piece: the height at which half of the ink lies in lower pieces.
WHOLE = 0.6  # a piece as high as this is a digit of its own, a lower one may be a part of another
LONE = 0.4  # a piece as high as this is a digit if it stands alone
SPECK = 0.2  # a piece that is smaller in both directions is dust
WIDEST = 1.5  # a low piece that is wider is a ruled line
REACH = 0.25  # a part belongs to the nearest piece if it is no further away
HIGHEST = 2.2  # a piece that is higher is no writing
CUT_OFF = 0.15  # of its longer side: a piece that meets the picture's edge with more goes on beyond it,
CUT_HEIGHT = 1.3  # unless it is as high as the others in its line at most
CLEAR = 4  # times as high as all that keeps clear of the edge: a piece that meets it and is no higher goes on, too
BESIDE = 0.5  # of its height, which it shares with another one, if it stands in a line with that
THICKEST = 0.5  # of a sign's longer side: what is thicker is a blot
STACKED = 0.6  # pieces that meet in height and share this much of the narrower one's width are one digit


class Box(NamedTuple):
    """A rectangle of pixels; right and bottom lie just outside it."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True)
class Glyph:
    """One written sign: the box of its strokes, and its ink (H, W) float32 with a margin, but no neighbour's."""

    box: Box
    ink: Array


def find_glyphs(ink: Array, *, low: bool = False) -> list[Glyph]:
    """The signs in a picture of ink (H, W), in no particular order.

    low : whether the signs are much lower than most of the ink, which then is none: the edge of a note, a shadow.
    """
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats((ink >= STROKE).astype(np.uint8), connectivity=8)
    pieces = stats[1:].astype(np.int64)  # left, top, width, height, area; row 0 is the paper
    glyphs = [cut(ink, labels, pieces[group], group + 1) for group in join(pieces, whole(pieces, labels), low=low)]
    return [glyph for glyph in glyphs if thickness(glyph.ink) <= THICKEST * max(glyph.box.width, glyph.box.height)]


def thickness(ink: Array) -> float:
    """How thick the strokes are at most, in pixels."""
    import cv2

    framed = np.pad((ink >= STROKE).astype(np.uint8), 1)
    return 2 * float(cv2.distanceTransform(framed, cv2.DIST_L2, 3).max()) - 1


def whole(pieces: Array, labels: Array) -> Array:
    """Which of the pieces (N, 5) end inside the picture: others go on beyond its edge, as a hand or a table does.

    A piece ends at the edge where it meets it with less than CUT_OFF of its longer side, as a digit in a picture that
    is cut to it, and all that keeps clear of the edge is much lower. Where nothing ends inside, all is taken.
    """
    edges = labels[0], labels[-1], labels[:, 0], labels[:, -1]
    meets = np.max([np.bincount(edge, minlength=len(pieces) + 1)[1:] for edge in edges], axis=0)
    highest_apart = pieces[meets == 0, 3].max(initial=0)
    inside = (meets == 0) | ((meets <= CUT_OFF * pieces[:, 2:4].max(1)) & (pieces[:, 3] > CLEAR * highest_apart))
    return inside if inside.any() else ~inside


def join(pieces: Array, whole: Array, *, low: bool = False) -> list[Array]:
    """Which pieces make one digit each: arrays of row numbers of `pieces` (N, 5); what is no digit is in none.

    A low piece goes to the piece that it overlaps most or is nearest to, a high one to those that share its place.
    """
    if not len(pieces):
        return []
    heights, weights = pieces[:, 3], pieces[:, 3] * np.sqrt(pieces[:, 4])
    usual = weighted_median(heights[whole], weights[whole])
    if low:
        whole = whole & (heights < usual / HIGHEST)
        if not whole.any():
            return []
        usual = weighted_median(heights[whole], weights[whole])
    high = heights >= WHOLE * usual
    large = (pieces[:, 2:4].max(1) >= SPECK * usual) & (pieces[:, 3] <= HIGHEST * usual)
    usually_high = high & (heights <= CUT_HEIGHT * usual) & beside(pieces, pieces[whole & high])
    kept = np.flatnonzero((whole | usually_high) & large & (high | (pieces[:, 2] <= WIDEST * usual)))
    if len(kept) > MOST:
        return []
    left, top, width, height, _ = pieces[kept].T
    group = np.arange(len(kept))
    for i in range(len(kept)):
        across = np.maximum(left, left[i]) - np.minimum(left + width, left[i] + width[i])  # a gap, or minus the overlap
        down = np.maximum(top, top[i]) - np.minimum(top + height, top[i] + height[i])
        if high[kept[i]]:
            joined = (down < 0) & (-across >= STACKED * np.minimum(width, width[i]))
        else:
            distance = np.maximum(across, down)
            distance[i] = distance.max() + 1
            joined = (np.arange(len(kept)) == distance.argmin()) & (distance <= REACH * usual)
        group[np.isin(group, group[joined])] = group[i]
    found = [kept[group == name] for name in np.unique(group)]
    lowest = max(LOWEST, LONE * usual)
    return [rows for rows in found if (pieces[rows, 1] + heights[rows]).max() - pieces[rows, 1].min() >= lowest]


def beside(pieces: Array, others: Array) -> Array:
    """Which pieces (N, 5) stand in a line with one of the others: a digit, even where the picture ends at it."""
    tops, bottoms = pieces[:, 1, None], (pieces[:, 1] + pieces[:, 3])[:, None]
    shared = np.minimum(bottoms, others[:, 1] + others[:, 3]) - np.maximum(tops, others[:, 1])
    return np.asarray((shared >= BESIDE * pieces[:, 3, None]).any(1))


def weighted_median(values: Array, weights: Array) -> float:
    """The value at which half of the weight is reached."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def cut(ink: Array, labels: Array, pieces: Array, own: Array) -> Glyph:
    """The pieces with the labels `own` as one glyph: their strokes and soft edges, not the strokes of others."""
    left, top = (int(side) for side in pieces[:, :2].min(0))
    right, bottom = (int(side) for side in (pieces[:, :2] + pieces[:, 2:4]).max(0))
    margin = 1 + (bottom - top) // MARGIN
    window = (
        slice(max(0, top - margin), bottom + margin),
        slice(max(0, left - margin), right + margin),
    )
    mine = np.isin(labels[window], [0, *own])
    return Glyph(Box(left, top, right - left, bottom - top), np.where(mine, ink[window], np.float32(0)))
