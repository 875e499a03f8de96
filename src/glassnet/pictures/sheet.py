"""A sheet that lies on something darker: where it is."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.reduced import reduced
from glassnet.pictures.segment import Box

SIDE = 256  # the sheet is looked for on a picture whose longer side is this
STROKES = 0.06  # of this side: what is narrower on the sheet is writing
LEAST, MOST = 0.02, 0.96  # of the picture that a sheet covers
BETWEEN = 0.12  # of a threshold: what is so near to it is neither sheet nor what the sheet lies on
AT_MOST = 0.07  # of the picture is neither: the edge of a sheet; of a slope of light it is more
SOLID = 0.85  # of its convex hull that a sheet fills; a row of chalk digits fills less


def find_sheet(grey: Array) -> tuple[Box, Array] | None:
    """The box of the largest bright sheet in a grey picture (H, W) uint8, and the mask of the sheet in it, bool.

    None where the whole picture is one sheet.
    """
    import cv2

    small = reduced(grey, SIDE)
    side = max(3, round(STROKES * SIDE))
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    light = cv2.medianBlur(light, 5)
    threshold = valley(light)
    if threshold is None:
        return None
    bright = (light > threshold).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bright)
    if count == 1:
        return None
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    sheet = (labels == largest).astype(np.uint8)
    outline, _ = cv2.findContours(sheet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled, sheet = sheet.sum(), cv2.fillConvexPoly(np.zeros_like(sheet), cv2.convexHull(np.concatenate(outline)), 1)
    if filled < SOLID * sheet.sum():
        return None
    sheet = cv2.erode(sheet, np.ones((5, 5), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=1)
    if not LEAST <= sheet.mean() <= MOST:
        return None
    large = cv2.resize(sheet, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    rows, columns = np.flatnonzero(large.any(1)), np.flatnonzero(large.any(0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1] + 1 - columns[0]), int(rows[-1] + 1 - rows[0]))
    return box, large[box.top : box.bottom, box.left : box.right]


def valley(light: Array) -> float | None:
    """The light that divides (H, W) uint8 into bright and dark with the least between; None where there is none."""
    shares = np.bincount(light.ravel(), minlength=256) / light.size
    below = np.concatenate([[0.0], np.cumsum(shares)])
    levels = np.arange(30, 230)
    low, high = (np.rint(levels * factor).astype(int).clip(0, 256) for factor in (1 - BETWEEN, 1 + BETWEEN))
    between = below[high] - below[low]
    possible = (below[low] >= LEAST) & (1 - below[high] >= LEAST) & (between <= AT_MOST)
    return float(levels[possible][between[possible].argmin()]) if possible.any() else None
