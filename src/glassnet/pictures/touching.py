"""One digit, two that touch, or none: a network of its own tells which, and cuts divide the sign into two parts.

The network is in the package; `make pairs-model` draws what it learns from, and trains it. Candidate cuts come from
`seams`, and each part is read, as in the segmentation graph of Y. LeCun, L. Bottou, Y. Bengio, P. Haffner,
"Gradient-based learning applied to document recognition", Proceedings of the IEEE 86 (1998), section VII.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.engines import answer
from glassnet.files import TrainedModel, load
from glassnet.pictures.seams import seams
from glassnet.preparation import DigitBox

FRAME = DigitBox(size=40, box=36, centre="box")  # as the network sees a sign
MODEL = Path(__file__).with_name("pairs.safetensors")
STROKE = 0.5  # ink from here on belongs to a stroke
CRUMB = 0.15  # of the largest piece of a part: a smaller one is what the cut left of the neighbour


@cache
def pairs_model() -> TrainedModel:
    """The network of 111 classes, "0" to "9", "00" to "99", and "none"."""
    return load(MODEL)


def ask_pairs(inks: list[Array]) -> Array:
    """How likely each sign (H, W) is each of the 111 classes, one digit, two or none, (N, 111)."""
    return answer(pairs_model(), np.stack([FRAME(ink) for ink in inks])).shares


def halves(ink: Array) -> list[tuple[Array, Array]]:
    """The two parts of a sign (H, W) for each candidate cut, both in the frame of the whole."""
    columns = np.arange(ink.shape[1])
    parts = []
    for cut in seams(ink):
        left = columns < cut[:, None]
        pair = without_crumbs(np.where(left, ink, np.float32(0))), without_crumbs(np.where(left, np.float32(0), ink))
        if all((part >= STROKE).any() for part in pair):
            parts.append(pair)
    return parts


def without_crumbs(part: Array) -> Array:
    """A part without the small pieces that the cut left of its neighbours."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats((part >= STROKE).astype(np.uint8), connectivity=8)
    if count <= 2:
        return part
    areas = stats[1:, cv2.CC_STAT_AREA]
    crumbs = 1 + np.flatnonzero(areas < CRUMB * areas.max())
    return np.where(np.isin(labels, crumbs), np.float32(0), part)
