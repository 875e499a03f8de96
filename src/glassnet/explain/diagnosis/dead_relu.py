"""Dead ReLU units: 0 for every sample, so that no gradient comes through and they stay as they are.

Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013, section 2;
L. Lu et al., "Dying ReLU and initialization", arXiv:1903.06733. Some units rest in every network.
"""

from __future__ import annotations

from glassnet.explain import phrases
from glassnet.explain.diagnosis.advice import smaller_rate
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

HALF = 0.5  # of a layer's units
NEARLY_ALL = 0.9  # where the network does what it should: up to 0.6 were seen to rest in some that do


def dead_relu(o: Observation) -> Finding | None:
    """The layer with the largest share of dead units; of a convolution, the units are its channels."""
    worst, found = 0.0, None
    for name, _, signal in o.activations("relu"):
        dead = (signal.reshape(-1, signal.shape[-1]) <= 0).all(0)
        share = float(dead.mean())
        if share > worst and share >= (NEARLY_ALL if o.fitted else HALF):
            worst, found = share, (name, int(dead.sum()), dead.size)
    if found is None:
        return None
    layer, count, units = found
    pieces = {"smaller": smaller_rate(o)}
    return finding("dead-relu", phrases.DEAD_RELU, pieces, layer=layer, dead=count, units=units, samples=o.samples)
