"""What a sign is, one digit, two that touch or none, as two networks say together, and how sure that is.

The network of the pairs sees the whole sign. That of the digits sees it, too, and the parts of every cut. Their
opinions are pooled: ln q(h) = a · ln P(h) + b · ln D(h) − ln z for each of the 111 hypotheses h. So both have a say,
and where they disagree, q is unsure. `make pairs-doubt` learns a and b from signs drawn of scans that neither network
has learnt from.

Source: C. Genest, J. Zidek, "Combining probability distributions: a critique and an annotated bibliography",
Statistical Science 1 (1986), the logarithmic opinion pool.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.certainty import shares
from glassnet.descriptions import from_config

LEARNT = Path(__file__).with_name("doubt.json")
FAINTEST = 0.05, 1e-6  # what the network of the digits sees in parts is no less likely, for no cut may fit; nor P(h)
PARTED, NONE = 10, 110  # numbers of the hypotheses: 0 to 9, from here on 00 to 99, and none


@dataclass(frozen=True)
class Doubt:
    """How two opinions are weighed, and from when on what comes of it is sure.

    pairs, digits : the weights a and b.
    sure : a digit that was cut from a neighbour is doubtful if it is less sure.
    """

    pairs: float
    digits: float
    sure: float

    def pool(self, pairs: Array, digits: Array) -> Array:
        """How likely each hypothesis is, (..., 111), from what either network says of it, (..., 111)."""
        least_digits, least_pairs = FAINTEST
        sums = self.pairs * np.log(np.maximum(pairs, least_pairs)) + self.digits * np.log(
            np.maximum(digits, least_digits)
        )
        return shares(sums)


@cache
def learnt_doubt() -> Doubt:
    """What was learnt for the networks in the package."""
    doubt: Doubt = from_config(json.loads(LEARNT.read_text(encoding="utf-8")), {"Doubt": Doubt})
    return doubt


def digits_opinion(whole: Array, parts: Array) -> tuple[Array, Array]:
    """What the network of the digits says of each hypothesis, (111,), and the cut that fits each pair best, (100,).

    whole : (11,) how likely the sign is each digit, and none.   parts : (C, 2, 11) the same of the parts of C cuts.
    """
    pairs = (parts[:, 0, :10, None] * parts[:, 1, None, :10]).reshape(len(parts), 100)
    best = pairs.max(0, initial=0.0)
    return np.concatenate([whole[:10], best, whole[10:]]), pairs.argmax(0) if len(parts) else np.zeros(100, np.int64)
