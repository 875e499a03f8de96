"""How sure a network may be of its answers, and what it does not know, learnt from samples that were held out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_number
from glassnet.errors import ParameterError

NONE = "none"  # in pictures, the class of all that is none of the others
REFUSED = 0.005  # the share of known held-out samples that may be refused
ENOUGH = 100  # known samples held out, from which a threshold can be learnt
COLDEST, HOTTEST = 0.05, 20.0  # temperatures
SPREAD = 0.25  # of 1 / temperature about 1, over networks, as far as is known before a sample is seen


@dataclass(frozen=True)
class Certainty:
    """What stands between the sums before the last activation and the confidence of an answer.

    With sums z (N, K), the confidence in class k is softmax(z / temperature)ₖ. How familiar a sample is, is told by
    ln Σₖ exp(zₖ) over the known classes, less the sum of the class `none` where there is one: the logarithm of how much
    likelier "known" is than "none".

    Parameters
    ----------
    temperature : above 1 where the network was surer than it was right.
    threshold : what is less familiar is refused, as none of the classes; None: nothing is.
    none : the class of strangers that the network learnt from; None: it learnt from none.
    refused : the share of held-out samples of known classes that are refused.
    refused_strangers : the share of held-out strangers that are; None where there were none.

    Source: C. Guo, G. Pleiss, Y. Sun, K. Weinberger, arXiv:1706.04599, section 4.2, for the temperature; W. Liu,
    X. Wang, J. Owens, Y. Li, arXiv:2010.03759, equation 4, for the familiarity: their energy with the other sign.
    """

    temperature: float = 1.0
    threshold: float | None = None
    none: str | None = None
    refused: float | None = None
    refused_strangers: float | None = None

    def __post_init__(self) -> None:
        check_number("Certainty", "temperature", self.temperature, "(0, inf)")
        if self.threshold is not None:
            check_number("Certainty", "threshold", self.threshold)
        if self.none is not None and not isinstance(self.none, str):
            raise ParameterError(f"Certainty: none must be the name of a class. Got {self.none!r:.100}.")
        for name in ("refused", "refused_strangers"):
            if getattr(self, name) is not None:
                check_number("Certainty", name, getattr(self, name), "[0, 1]")

    def confidences(self, sums: Array) -> Array:
        """How sure the answers are, (N, K) float64, from sums (N, K)."""
        return shares(sums / self.temperature)

    def refuses(self, sums: Array, stranger: int | None) -> Array:
        """(N,) whether each sample is none of the known classes; `stranger` is the number of the class `none`."""
        if self.threshold is None:
            return np.zeros(len(sums), bool)
        return familiarity(sums, stranger) < self.threshold


def shares(sums: Array) -> Array:
    """Softmax in float64: eᶻ / Σeᶻ over the last axis."""
    e = np.exp(sums.astype(np.float64) - sums.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def familiarity(sums: Array, stranger: int | None) -> Array:
    """(N,) float64; see Certainty. `stranger` is the number of the class of strangers, where there is one."""
    z = sums.astype(np.float64)
    known = z if stranger is None else np.delete(z, stranger, axis=1)
    largest = known.max(1)
    energy = largest + np.log(np.exp(known - largest[:, None]).sum(1))
    return energy if stranger is None else energy - z[:, stranger]


def learn_certainty(sums: Array, y: Array, *, stranger: int | None = None, refusing: bool = True) -> Certainty:
    """The certainty of a network that gives `sums` (N, K) for held-out samples of the classes y (N,).

    Parameters
    ----------
    stranger : the number of the class "none"; None where there is no such class.
    refusing : whether a threshold is learnt: of the known samples the share REFUSED lies below it, and no more. With
        fewer than ENOUGH of them there is none.
    """
    temperature = learn_temperature(sums, y)
    known = np.ones(len(y), bool) if stranger is None else y != stranger
    none = None if stranger is None else NONE
    if not refusing or known.sum() < ENOUGH:
        return Certainty(temperature, none=none)
    scores = familiarity(sums, stranger)
    threshold = float(np.sort(scores[known])[int(REFUSED * known.sum())])
    below = scores < threshold
    return Certainty(
        temperature=temperature,
        threshold=threshold,
        none=none,
        refused=float(below[known].mean()),
        refused_strangers=float(below[~known].mean()) if not known.all() else None,
    )


def learn_temperature(sums: Array, y: Array) -> float:
    """The temperature T that is likeliest after samples of the classes y (N,), if 1/T is near 1 before.

    That is where Σ −ln softmax(z / T)ᵧ + ((1/T − 1) / SPREAD)² / 2 is least, z being the sums (N, K). Few samples
    hardly move it from 1, whether a network errs once in them or not at all; of many the second term does not matter.
    The slope by 1/T grows with 1/T, so that its zero is found by halving.
    """
    z = sums.astype(np.float64) - sums.max(1, keepdims=True)
    true = z[np.arange(len(z)), y].sum()
    low, high = np.log(1 / HOTTEST), np.log(1 / COLDEST)
    for _ in range(50):
        middle = (low + high) / 2
        slope = float((shares(z * np.exp(middle)) * z).sum() - true + (np.exp(middle) - 1) / SPREAD**2)
        low, high = (low, middle) if slope > 0 else (middle, high)
    return float(np.exp(-(low + high) / 2))
