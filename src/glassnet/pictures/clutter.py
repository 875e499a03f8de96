"""What is drawn with the writing and is none: ruled lines, and hairs that are much thinner than the strokes."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array

INK = 0.5  # ink from here on belongs to a stroke
FAINT = 0.15  # ink from here on may belong to a rule, which is fainter between strokes than where it is alone
THICKEST = 0.006  # of the picture's longer side: a ruled line is no thicker
LONGEST_GAP = 12  # thicknesses: a rule goes on behind a stroke that crosses it
LONG = 0.4  # of the picture's width: a rule is at least as long
FLAT = 6.0  # times as long as the piece of ink that it is a part of is high, unless it goes through the whole picture
THROUGH = 0.8  # of the picture's width
HAIR = 0.5  # of the usual thickness of the strokes: what is thinner is a hair, where it is longer than thick


def without_rules(ink: Array) -> Array:
    """The ink (H, W) without ruled lines, level or upright ones, slanting a little; the strokes on them stay.

    In a picture that is so small that a rule would be no pixel thick, strokes may look like one, so all stays.
    """
    if THICKEST * max(ink.shape) < 1:
        return ink
    return _without_level(_without_level(ink).T, upright=True).T


def _without_level(ink: Array, *, upright: bool = False) -> Array:
    import cv2

    width = ink.shape[1]
    mask = (ink >= FAINT).astype(np.uint8)
    thick = max(2, round(THICKEST * max(ink.shape)))
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    thin = cv2.subtract(mask, solid)
    bridged = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, LONGEST_GAP * thick), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    if count == 1:
        return ink
    lengths, areas = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    rules = (lengths >= (THROUGH if upright else LONG) * width) & (areas <= 1.5 * thick * lengths)
    rules[0] = False
    if not rules.any():
        return ink
    line = cv2.dilate((rules[labels] & (thin > 0)).astype(np.uint8), np.ones((3, 1), np.uint8))
    return np.where((line > 0) & (solid == 0), np.float32(0), ink)


def without_hairs(ink: Array) -> Array:
    """The ink (H, W) without lines and dots that are much thinner than its strokes."""
    import cv2

    mask = (ink >= INK).astype(np.uint8)
    if not mask.any():
        return ink
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    ridge = depth[(depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (mask > 0)]
    usual = 2 * float(np.average(ridge, weights=ridge)) - 1  # the thickness at which most of the ink lies
    side = max(2, round(HAIR * usual))
    core = cv2.morphologyEx(mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    near = cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side | 1, side | 1)))
    return np.where(near > 0, ink, np.float32(0))
