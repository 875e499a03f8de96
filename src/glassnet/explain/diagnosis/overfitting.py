"""Overfitting: the loss on held-out samples parts from the loss on the network's own.

Source: L. Prechelt, "Early stopping, but when?", 1998, section 2: how far the held-out loss lies above its minimum.
"""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.explain import phrases
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

FEWEST_EPOCHS = 3
ABOVE, RISEN = 1.2, 0.1  # times its minimum; and by such a share of guessing: small losses rise by chance
APART, BETTER = 3.0, 0.1  # times the loss on its own samples, while so much larger a share of these is right


def overfitting(o: Observation) -> Finding | None:
    """By the two curves of the loss, or the two accuracies at the end; not where patience kept the best weights."""
    held, own = np.array(o.history.get("validation_loss", ())), o.losses
    if len(held) < FEWEST_EPOCHS or len(held) != len(own) or (o.recipe and o.recipe.patience is not None):
        return None
    best = int(held.argmin())
    now, own_now = _end(held), _end(own)
    risen = now > ABOVE * held[best] and now - held[best] > RISEN * (o.guess or own[0])
    if risen and own_now < own[best]:
        best_loss = float(held[best])
        return finding("overfitting", phrases.OVERFITTING, own=own_now, best=best_loss, epoch=best + 1, held=now)
    rights = [np.array(o.history.get(name, ())) for name in ("accuracy", "validation_accuracy")]
    if all(len(right) == len(own) for right in rights) and now > APART * own_now:
        own_right, held_right = map(_end, rights)
        if own_right - held_right > BETTER:
            return finding("overfitting", phrases.CURVES_PART, own=own_right, held=held_right)
    return None


def _end(curve: Array) -> float:
    """The mean over the last tenth: one epoch may be an accident."""
    return float(curve[-max(len(curve) // 10, 1) :].mean())
