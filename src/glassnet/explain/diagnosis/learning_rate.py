"""A learning rate that is too high or too low, by the course of the loss."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from glassnet.explain import phrases
from glassnet.explain.diagnosis.advice import larger_rate, scaling, smaller_rate
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

FEWEST = 5  # epochs, below which a curve says nothing
FEW = 16  # samples, up to which the chance of their order keeps the loss above guessing
# All of these are shares of the loss that guessing would have, but for the last of each group.
JUMP, TIMES = 0.2, 1.5  # a rise by so much, to so many times the loss before, is a jump
HIGH, RESTLESS = 0.5, 0.05  # the second half lies so high, and from epoch to epoch rises on average by such a share
WORSE = 1.01  # the second half lies above guessing
HARDLY, LEFT, STEADY, FALLS = 0.2, 0.75, 0.4, 0.8  # fell by such a share, to so much; as fast later; in most epochs


def rate_too_high(o: Observation) -> Finding | None:
    """A loss that ran away, that jumps, or that stays above guessing without falling."""
    pieces = {"smaller": smaller_rate(o), "scaling": f", or {scale}" if (scale := scaling(o)) else ""}
    if o.diverged:
        return finding("rate-too-high", phrases.DIVERGED, pieces, ended=o.ended)
    losses, guess = o.losses, o.guess
    if len(losses) < FEWEST or guess is None:
        return None
    later = losses[len(losses) // 2 :]
    rises = np.maximum(np.diff(later), 0).mean() / later.mean()
    steps = list(pairwise(losses.tolist()))
    jumps = [(a, b) for a, b in steps if b > TIMES * a and b - a > JUMP * guess]
    last = float(losses[-1])
    if len(jumps) > 1 or (jumps and last > TIMES * losses.min()):
        before, after = max(jumps, key=lambda jump: jump[1] - jump[0])
        return finding("rate-too-high", phrases.JUMPING, pieces, before=before, after=after, last=last)
    if later.mean() > HIGH * guess and rises > RESTLESS:
        before, after = max(pairwise(later.tolist()), key=lambda step: step[1] - step[0])
        return finding("rate-too-high", phrases.JUMPING, pieces, before=before, after=after, last=last)
    if later.mean() > WORSE * guess and o.samples > FEW and not _falls(losses):
        return finding("rate-too-high", phrases.ABOVE_GUESSING, pieces, last=float(later.mean()), guess=guess)
    return None


def rate_too_low(o: Observation) -> Finding | None:
    """A loss that hardly fell, and fell as fast at the end, for its rate, as at the beginning."""
    losses, guess = o.losses, o.guess
    if len(losses) < FEWEST or guess is None or o.fitted:
        return None
    first, last = float(losses[0]), float(losses[-1])
    if first - last > HARDLY * first or last < LEFT * guess or not _falls(losses):
        return None
    middle = len(losses) // 2
    rates = np.array(o.history.get("rate", ()))
    if len(rates) != len(losses) or not (rates > 0).all():
        rates = np.ones(len(losses))
    early = (first - losses[middle]) / rates[: middle + 1].sum()
    late = (losses[middle] - last) / rates[middle:].sum()
    if late < STEADY * early:
        return None
    pieces = {"larger": larger_rate(o)}
    return finding("rate-too-low", phrases.RATE_TOO_LOW, pieces, epochs=len(losses), first=first, last=last)


def _falls(losses: np.ndarray) -> bool:
    """Whether the loss falls in most epochs."""
    return bool((np.diff(losses) < 0).mean() >= FALLS)
