"""Handwritten digits of 8×8 pixels that come with scikit-learn and need no download.

Source: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998.
"""

from __future__ import annotations

import numpy as np

from glassnet.data.dataset import Dataset, Parts
from glassnet.data.splits import stratified
from glassnet.preparation import DigitBox, Preparation, Scale

TEST_SHARE = 0.2
SPLIT_SEED = 0  # fixed for ever: a scan that any model was tested with has never trained one


def load_digits() -> Parts:
    """1797 digits, (8, 8, 1) uint8 in 0..16; a fifth of each class is the test.

    The test is the same for every seed, so that measuring a model on `digits` never shows it a scan it learnt from.
    """
    from sklearn import datasets

    x, y = datasets.load_digits(return_X_y=True)
    preparation = Preparation((DigitBox(8, 8, "box", 16),), Scale(1 / 16))
    scans = x.astype(np.uint8).reshape(-1, 8, 8, 1)
    data = Dataset("digits", scans, y, tuple(range(10)), preparation)
    kept, held = stratified(data.y, len(data), TEST_SHARE, SPLIT_SEED)
    return Parts(data.take(kept), data.take(held))
