"""Whether a network is right as often as it is sure.

Sources: M. Naeini, G. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI
2015, section 4 (the expected calibration error); K. Nguyen, B. O'Connor, "Posterior calibration and exploratory
analysis for natural language processing models", EMNLP 2015, section 3 (bins of equal mass).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from glassnet.arrays import Array

BINS = 15


@dataclass(frozen=True)
class Calibration:
    """Answers in bins of equally many, from the least sure to the surest.

    counts : (B,) answers in each bin.   confidences, accuracies : (B,) how sure they are on average, and how many of
        them are right, as a share.
    error : the expected calibration error, Σ counts/N · |accuracies − confidences|.
    chance : about the error that as many answers would show whose confidences are exactly right.
    """

    counts: Array
    confidences: Array
    accuracies: Array
    error: float
    chance: float


def calibration(confidences: Array, right: Array, bins: int = BINS) -> Calibration:
    """How well the confidences (N,) in 0..1 of answers fit to which of them were right, (N,) bool.

    Among answers of the same confidence, order decides nothing: each counts as right as they are on average. In a bin
    of n answers whose confidences c are right, the hits have the variance Σ c(1 − c), and a normal deviate is √(2/π) of
    its spread away from its middle on average: of that is `chance`.
    """
    _, group, sizes = np.unique(confidences, return_inverse=True, return_counts=True)
    shares = (np.bincount(group, right) / sizes)[group]
    order = np.argsort(confidences, kind="stable")
    parts = np.array_split(order, min(bins, len(order)))
    counts = np.array([len(part) for part in parts])
    sure = np.array([confidences[part].mean(dtype=np.float64) for part in parts])
    hit = np.array([shares[part].mean() for part in parts])
    spreads = [sqrt((confidences[part] * (1.0 - confidences[part])).sum(dtype=np.float64)) for part in parts]
    return Calibration(
        counts,
        sure,
        hit,
        error=float(counts @ np.abs(hit - sure) / len(order)),
        chance=sqrt(2 / pi) * sum(spreads) / len(order),
    )
