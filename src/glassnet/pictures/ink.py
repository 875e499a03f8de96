"""From grey to ink: where somebody wrote, and how strongly, whatever the light and whichever of the two is darker."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array, Shape

SMALL = 128  # light changes slowly: the paper is estimated on a picture whose longer side is this
ROUNDS = 5  # of telling paper from ink, each time with the light that was found before
DARKEST = 32  # the grey of the paper is taken to be at least this: in the dark, a step of one grey is no ink yet
FAINTEST = 0.1  # of the paper's light: what stands out less is no ink; grain reaches 0.06, a hard pencil 0.2
NOISE = 4.0  # ink stands out by this many standard deviations of the paper; split noise does by 1.5 to 3.5 of its own
COHERENCE = 0.3  # share of ink beside ink, beyond chance: 0 for noise, 0.5 for strokes that are one pixel wide
GRAIN = 3.0  # what is within this many standard deviations of the paper has no ink at all


def find_ink(grey: Array) -> Array:
    """How much ink each pixel has, dark on light or light on dark: 0 is paper, 1 a full stroke.

    Shapes    grey (H, W) uint8   ->   ink (H, W) float32 in 0..1; zeros where nothing stands out as writing does
    """
    contrast = even_light(grey)
    strokes = contrast > otsu(contrast)
    if not 0 < strokes.mean() < 1 or coherence(strokes) < COHERENCE:
        return np.zeros_like(contrast)
    full, paper = np.median(contrast[strokes]), np.median(contrast[~strokes])
    deviation = 1.4826 * np.median(np.abs(contrast[~strokes] - paper))  # the median one, as a standard deviation
    if full - paper < max(FAINTEST, NOISE * deviation):
        return np.zeros_like(contrast)
    empty = paper + GRAIN * deviation
    return np.clip((contrast - empty) / (full - empty), 0, 1).astype(np.float32)


def even_light(grey: Array) -> Array:
    """By what share each pixel is darker than the paper there, (H, W) float32; a picture of light ink is inverted."""
    import cv2

    height, width = grey.shape
    scale = min(1.0, SMALL / max(height, width))
    small_size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(grey, small_size, interpolation=cv2.INTER_AREA)
    if ink_is_light(small):
        grey, small = 255 - grey, 255 - small
    light = cv2.resize(paper_light(small), (width, height), interpolation=cv2.INTER_LINEAR)
    light = np.maximum(light, DARKEST)
    return (light - grey) / light


def ink_is_light(small: Array) -> bool:
    """Whether the ink is lighter than the paper: it covers less of the picture, and less of the picture's edge.

    With the slope of the light taken away, most of both is nearer to the grey of the paper than to the ink's.
    """
    terms = powers(small.shape)[:, :3]
    level = small - (terms @ fit(terms, small.ravel())).reshape(small.shape)
    lightness = (level - level.min()) / (np.ptp(level) + 1e-6)
    edge = np.concatenate([lightness[0], lightness[-1], lightness[:, 0], lightness[:, -1]])
    return float(lightness.mean() + edge.mean()) < 1


def paper_light(small: Array) -> Array:
    """The light of the paper, under the ink too, (H, W) float32: a curved surface through all that is not dark ink.

    A surface of the second degree follows light from one side, and shade towards the corners. It is fitted again and
    again, each time to what is not darker than the surface before.
    """
    terms, greys = powers(small.shape), small.ravel()
    paper = np.ones(greys.shape, bool)
    for _ in range(ROUNDS):
        light = terms @ fit(terms[paper], greys[paper])
        paper = greys >= (1 - FAINTEST) * light
    return light.reshape(small.shape).astype(np.float32)


def powers(shape: Shape) -> Array:
    """1, x, y, x², xy and y² of each pixel, (H·W, 6), where x and y go from −1 to 1."""
    y, x = (axis.ravel() for axis in np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j])
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], 1)


def fit(terms: Array, greys: Array) -> Array:
    """The coefficients of least squares."""
    return np.linalg.lstsq(terms, greys.astype(np.float64), rcond=None)[0]


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
