"""From grey to ink: where somebody wrote, and how strongly, whatever the light and whichever of the two is darker."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.reduced import reduced

SIDE = 1024  # the light of the paper is looked for on a picture whose longer side is at most this
DARKEST = 32  # the grey of the paper is taken to be at least this: in the dark, a step of one grey is no ink yet
FAINTEST = 0.08  # of the paper's light: what stands out less is no ink; grain reaches 0.06, a hard pencil 0.15
FALL_OFF = 0.5  # of the light, across the picture: so much may the paper itself stand out along a wide stroke
NOISE = 4.0  # ink stands out by this many standard deviations of the paper; split noise does by 1.5 to 3.5 of its own
EVIDENT = 6.0  # and by so many in the middle, where it is rare; the outermost noise does by hardly more than 4
MOST_INK = 0.8  # of the picture; where more stands out, it is a pattern, and no writing
COHERENCE = 0.3  # share of ink beside ink, beyond chance: 0 for noise, 0.5 for strokes that are one pixel wide
SOME = 5  # every fifth pixel tells of all
COARSE = 256  # pixels of the longer side: the strength of strokes changes slowly
FULL = 0.85  # of the strongest contrast around: full ink
WEAKEST = 0.6  # of the strongest ink in the picture is full ink at least: half as strong is none, as rules and folds
GRAIN = 3.0  # what is within this many standard deviations of the paper has no ink at all


def find_ink(grey: Array, *, widest: float = 0.1, light: bool = False) -> Array:
    """How much ink each pixel has: 0 is paper, 1 the full strength of the strokes around it.

    Parameters
    ----------
    grey : (H, W) uint8.
    widest : the widest stroke, as a share of the picture's longer side; what is wider is a shadow, a table, a hand.
    light : whether light ink on dark ground is looked for, as chalk, not dark ink on light.

    Shapes    grey (H, W) uint8   ->   ink (H, W) float32 in 0..1; zeros where nothing stands out as writing does
    """
    return even_strength(even_light(grey, widest, light=light), widest)


def even_light(grey: Array, widest: float, *, light: bool = False) -> Array:
    """By what share of the brightest around each pixel is darker than the paper there, (H, W) float32, or lighter.

    The paper is a morphological closing: the picture without the dark strokes that a square of `widest` covers; for
    light ink, an opening. The edges of shadows and tables stay in it where they are, so that they do not stand out.
    """
    import cv2

    height, width = grey.shape
    soft = cv2.GaussianBlur(grey, (3, 3), 0) if min(height, width) > 64 else grey
    small = reduced(soft, SIDE)
    square = np.ones((max(3, round(widest * max(small.shape))),) * 2, np.uint8)
    bright = cv2.morphologyEx(small, cv2.MORPH_CLOSE, square)
    paper = cv2.morphologyEx(small, cv2.MORPH_OPEN, square) if light else bright
    bright, paper = (cv2.resize(part, (width, height)).astype(np.float32) for part in (bright, paper))
    return (soft - paper if light else paper - soft) / np.maximum(bright, DARKEST)


def even_strength(contrast: Array, widest: float) -> Array:
    """Ink by its contrast: full where it is as strong as the strongest around, so that faint strokes count, too."""
    strokes = contrast > otsu(contrast)
    if not 0 < strokes.mean() < MOST_INK:
        return np.zeros_like(contrast)
    bare = contrast[~strokes][::SOME]
    paper = float(np.median(bare))
    deviation = 1.4826 * float(np.median(np.abs(bare - paper)))  # the median one, as a standard one
    least = paper + max(FAINTEST, FALL_OFF * widest, NOISE * deviation)
    if np.median(contrast[strokes][::SOME]) < least:  # ink is so rare that the threshold divided the paper
        strokes = contrast > least
        if not strokes.any() or np.median(contrast[strokes]) < paper + EVIDENT * deviation:
            return np.zeros_like(contrast)
    if coherence(strokes) < COHERENCE:
        return np.zeros_like(contrast)
    full = contrast[strokes][::SOME]
    empty = paper + GRAIN * deviation
    strong = np.maximum(FULL * strongest(contrast, widest), max(least, WEAKEST * float(np.percentile(full, 90))))
    return np.clip((contrast - empty) / (strong - empty), 0, 1).astype(np.float32)


def strongest(contrast: Array, widest: float) -> Array:
    """The strongest contrast around each pixel, (H, W) float32, smooth."""
    import cv2

    height, width = contrast.shape
    scale = min(1.0, COARSE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    around = max(3, round(widest / 2 * max(size))) | 1
    dot = max(1, round(1 / scale)) | 1
    small = cv2.resize(cv2.dilate(cv2.blur(contrast, (3, 3)), np.ones((dot, dot), np.uint8)), size)
    wide = cv2.blur(cv2.dilate(small, np.ones((around, around), np.uint8)), (around, around))
    return np.asarray(cv2.resize(wide, (width, height)))


def otsu(contrast: Array) -> float:
    """The contrast that separates two kinds of pixels best.

    Source: N. Otsu, "A threshold selection method from gray-level histograms", IEEE Trans. SMC 9 (1979).
    """
    import cv2

    levels = np.rint(np.clip(contrast, 0, 1) * 255).astype(np.uint8)
    return float(cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)[0]) / 255


def coherence(strokes: Array) -> float:
    """How much strokes (H, W) hang together: how often their pixels touch; 0 is as by chance, 1 is always."""
    share = float(strokes.mean())
    beside = int((strokes[1:] & strokes[:-1]).sum()) + int((strokes[:, 1:] & strokes[:, :-1]).sum())
    return (beside / (2 * int(strokes.sum())) - share) / (1 - share)
