"""A learning rate that is too high or too low, by the course of the loss.

Source: Y. Bengio, "Practical recommendations for gradient-based training of deep architectures", arXiv:1206.5533,
section 3.1.1: the best rate is not far below the one that lets the loss grow.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from glassnet.arrays import Array
from glassnet.explain import phrases
from glassnet.explain.diagnosis.advice import larger_rate, scaling, smaller_rate
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

FEWEST = 5  # epochs, below which a curve says nothing
# Shares of the loss that guessing would have, or of the loss itself:
JUMP, TIMES = 0.2, 1.5  # a rise by so much, to so many times the loss before, is a jump
HIGH, RESTLESS = 0.5, 0.05  # the second half lies so high, and from epoch to epoch rises on average by such a share
WORSE, WORSE_OF_FEW, FEW = 1.01, 1.2, 16  # the second half lies above guessing; of few samples, that may be chance
HARDLY, LEFT = 0.2, 0.75  # it fell by such a share in all, and as much is left
STEADY, FALLS = 0.4, 0.8  # for its rate it falls so much as fast later, and in so many of the epochs
STAYED = 0.02  # the share of their size by which weights moved that hardly moved at all


def rate_too_high(o: Observation) -> Finding | None:
    """A loss that ran away, that jumps, or that stays above guessing without falling."""
    pieces = {"smaller": smaller_rate(o), "scaling": f", or {scale}" if (scale := scaling(o)) else ""}
    if o.diverged:
        return finding("rate-too-high", phrases.DIVERGED, pieces, ended=o.ended)
    losses, guess = o.losses, o.guess
    if len(losses) < FEWEST or guess is None:
        return None
    later = losses[len(losses) // 2 :]
    last, steps = float(losses[-1]), list(pairwise(losses.tolist()))
    jumps = sum(_is_jump(a, b, guess) for a, b in steps)
    restless = later.mean() > HIGH * guess and np.maximum(np.diff(later), 0).mean() > RESTLESS * later.mean()
    if jumps > 1 or (jumps and _is_jump(float(losses.min()), last, guess)) or restless:
        before, after = max(steps, key=lambda step: step[1] - step[0])
        return finding("rate-too-high", phrases.JUMPING, pieces, before=before, after=after, last=last)
    worse = WORSE if o.samples > FEW else WORSE_OF_FEW
    if later.mean() > worse * guess and not _falls(losses) and not _stayed(o):
        return finding("rate-too-high", phrases.ABOVE_GUESSING, pieces, last=float(later.mean()), guess=guess)
    return None


def rate_too_low(o: Observation, inside: Finding | None) -> Finding | None:
    """A loss that hardly fell, and falls as fast as at first, for its rate; or the weights hardly moved.

    inside : what is wrong inside the network, which may be why they did not.
    """
    losses, guess = o.losses, o.guess
    if len(losses) < FEWEST or guess is None or o.fitted:
        return None
    first, last = float(losses[0]), float(losses[-1])
    if first - last > HARDLY * first or last < LEFT * guess:
        return None
    if not (_falls_steadily(o) or (inside is None and _stayed(o))):
        return None
    pieces = {"larger": larger_rate(o)}
    return finding("rate-too-low", phrases.RATE_TOO_LOW, pieces, epochs=len(losses), first=first, last=last)


def _is_jump(before: float, after: float, guess: float) -> bool:
    """Whether a loss rose by much."""
    return after > TIMES * before and after - before > JUMP * guess


def _falls_steadily(o: Observation) -> bool:
    """Whether the second half falls about as fast as the first, for its rate."""
    losses, rates, middle = o.losses, np.array(o.history.get("rate", ())), len(o.losses) // 2
    if len(rates) != len(losses) or not (rates > 0).all():
        rates = np.ones(len(losses))
    early = (losses[0] - losses[middle]) / rates[: middle + 1].sum()
    late = (losses[middle] - losses[-1]) / rates[middle:].sum()
    return bool(_falls(losses) and late >= STEADY * early)


def _falls(losses: Array) -> bool:
    """Whether the loss falls in most epochs."""
    return bool((np.diff(losses) < 0).mean() >= FALLS)


def _stayed(o: Observation) -> bool:
    """Whether the weights are where they began."""
    return o.moved is not None and o.moved < STAYED
