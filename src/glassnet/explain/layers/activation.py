"""Activation: a function of each sum; softmax shares out among all of them."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array, Params
from glassnet.explain import phrases
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product
from glassnet.explain.structure import Factor
from glassnet.layers import Activation

SLOPES = {
    "linear": "1",
    "step": "0",
    "sigmoid": "{y}·(1 − {y})",
    "tanh": "1 − {y}²",
    "relu": "1 if {z} > 0 else 0",
    "leaky_relu": "1 if {z} > 0 else 0.01",
    "elu": "1 if {z} > 0 else {y} + 1",
    "gelu": "gelu′({z})",
}


class ActivationExplainer(Explainer):
    """y = f(z)."""

    def joins(self, layer: Activation) -> bool:
        return layer.function != "softmax"

    def read(self, layer: Activation, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        flat = int(np.ravel_multi_index(unit, x.shape))
        note = phrases.SOFTMAX if layer.function == "softmax" else ""
        return Reading((product(Factor(names(flat), float(x[unit]))),), function=layer.function, note=note)

    def by_input(self, layer: Activation, link: Link, place: Index) -> str:
        y, z = link.output_name(link.unit), link.input_name(place)
        if layer.function == "softmax":
            return f"{y}·(1 − {y})" if link.unit == place else f"−{y}·{link.output_name(place)}"
        return SLOPES[layer.function].format(y=y, z=z)
