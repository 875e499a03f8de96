"""Saturated units: sigmoid or tanh at their flat ends, where hardly any gradient comes through.

Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010,
section 3. Units that have come to say yes or no sharply are saturated too: where the answers are right, that is well.
"""

from __future__ import annotations

from glassnet.explain import phrases
from glassnet.explain.diagnosis.advice import scaling
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

FLAT = 0.05  # of the steepest slope: sigmoid beyond ±4.4, tanh beyond ±2.2
MOST = 0.5  # of a layer's outputs


def saturation(o: Observation) -> Finding | None:
    """The layer with the largest share of outputs at its flat ends."""
    if o.fitted:
        return None
    worst, found = MOST, None
    for name, function, signal in o.activations("sigmoid", "tanh"):
        slope = 4 * signal * (1 - signal) if function == "sigmoid" else 1 - signal**2  # 1 at the steepest
        share = float((slope < FLAT).mean())
        if share > worst:
            worst, found = share, (name, function)
    if found is None:
        return None
    layer, function = found
    pieces = {"remedy": scaling(o) or phrases.SMALLER_WEIGHTS.format(function=function)}
    return finding("saturation", phrases.SATURATION, pieces, layer=layer, function=function, share=worst)
