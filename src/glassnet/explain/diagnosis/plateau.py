"""A plateau: the loss stands still though answers are wrong, and samples that should differ get the same answer."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from glassnet.explain import phrases
from glassnet.explain.diagnosis.advice import new_seed
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

FEW = 16  # samples, up to which each output is shown
FEWEST_EPOCHS = 10
STILL = 0.02  # by which share of itself the loss changes over its last fifth
SAME, DIFFERENT = 0.02, 0.5  # how near outputs are that are the same, how far apart targets that are not
SPREAD = 0.1  # of the targets' spread: outputs that vary less are the same for every sample


def plateau_of_few(o: Observation) -> Finding | None:
    """As XOR is known for: outputs 0.665, 0.665, 0.665, 0.002."""
    if o.samples > FEW or not _stands_still(o):
        return None
    y, t = o.outputs, o.targets
    if not any(_apart(t[a], t[b]) > DIFFERENT and _apart(y[a], y[b]) < SAME for a, b in combinations(range(len(y)), 2)):
        return None
    pieces = {"seed": new_seed(o), "lab": phrases.LAB_XOR if o.data.name == "xor" else ""}
    outputs, targets = ([row if len(row) > 1 else row[0] for row in array.tolist()] for array in (y, t))
    loss = float(o.losses[-1])
    return finding("plateau", phrases.PLATEAU_OF_FEW, pieces, outputs=outputs, targets=targets, loss=loss)


def plateau(o: Observation) -> Finding | None:
    """Of many samples: outputs that do not depend on them."""
    spread = float(o.outputs.std(0).max())
    if o.samples <= FEW or spread > SPREAD * o.targets.std(0).max() or not _stands_still(o):
        return None
    pieces, loss = {"seed": new_seed(o)}, float(o.losses[-1])
    return finding("plateau", phrases.PLATEAU, pieces, samples=o.samples, spread=spread, loss=loss)


def _stands_still(o: Observation) -> bool:
    losses = o.losses
    if o.fitted or len(losses) < FEWEST_EPOCHS:
        return False
    end = losses[-max(len(losses) // 5, 2) :]
    return bool(np.ptp(end) < STILL * end.mean())


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a - b).max())
