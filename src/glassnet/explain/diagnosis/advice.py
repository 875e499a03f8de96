"""Pieces of advice that several findings have in common."""

from __future__ import annotations

import numpy as np

from glassnet.explain import phrases
from glassnet.explain.diagnosis.observation import Observation

LARGE = 10.0  # inputs are best about as large as 1; from here on they are what is wrong


def smaller_rate(o: Observation) -> str:
    """A tenth of the learning rate."""
    return phrases.SMALLER_RATE.format(rate=_rate(o, 0.1)) if o.recipe else phrases.A_SMALLER_RATE


def larger_rate(o: Observation) -> str:
    """Ten times the learning rate."""
    return phrases.LARGER_RATE.format(rate=_rate(o, 10)) if o.recipe else phrases.A_LARGER_RATE


def new_seed(o: Observation) -> str:
    """The seed after this one."""
    return phrases.NEW_SEED.format(seed=o.recipe.seed + 1 if o.recipe else 1)


def scaling(o: Observation) -> str:
    """To scale the inputs, where they are large; else nothing."""
    largest = float(np.abs(o.trace.signals[0]).max())
    return phrases.SCALE.format(largest=largest) if largest > LARGE else ""


def _rate(o: Observation, times: float) -> float:
    """So many times the learning rate, in one digit."""
    assert o.recipe is not None  # who asks has looked
    return float(f"{o.recipe.optimizer.learning_rate * times:.1g}")
