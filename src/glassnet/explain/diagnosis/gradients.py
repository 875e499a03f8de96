"""Gradients that vanish or explode on their way from the loss to the first layer.

A sample's gradient by the sums of a layer keeps its length from layer to layer where first weights are drawn well.
Sources: X. Glorot, Y. Bengio, AISTATS 2010, section 4.2; K. He et al., "Delving deep into rectifiers",
arXiv:1502.01852, section 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from glassnet.explain import phrases
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

VANISHED = 1e-3  # of its length: with one rate for all, the first layer learns a thousand times as slowly
EXPLODED = 1e2  # times its length; networks that learnt well were seen to reach 30
SHOWN = 4  # layers


def gradients(o: Observation) -> Finding | None:
    """Whether the first layer's gradient is much shorter, or much longer, than the last one's."""
    first, last = next(iter(o.flow), ""), next(reversed(o.flow), "")
    if o.fitted or first == last or not o.flow[last]:
        return None
    ratio = o.flow[first] / o.flow[last]
    if VANISHED <= ratio <= EXPLODED:
        return None
    vanishes = ratio < VANISHED
    name, words = ("vanishing-gradients", phrases.VANISHING) if vanishes else ("exploding-gradients", phrases.EXPLODING)
    pieces = {"lengths": ", ".join(f"{layer} {length:.2g}" for layer, length in _some(o.flow))}
    return finding(name, words, pieces, ratio=ratio, layers=dict(o.flow))


def _some(flow: Mapping[str, float]) -> list[tuple[str, float]]:
    """A few layers from the first to the last."""
    layers = list(flow.items())
    return [layers[k] for k in np.unique(np.linspace(0, len(layers) - 1, SHOWN).round().astype(int))]
