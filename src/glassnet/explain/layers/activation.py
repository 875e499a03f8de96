"""Activation: a function of each sum; softmax shares out among all of them."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array, Params
from glassnet.explain.layers.explainer import Explainer, Index, Names, Reading, product
from glassnet.explain.structure import Factor
from glassnet.layers import Activation

SLOPES = {
    "linear": "1",
    "step": "0",
    "sigmoid": "y·(1 − y)",
    "tanh": "1 − y²",
    "relu": "1 if z > 0 else 0",
    "leaky_relu": "1 if z > 0 else 0.01",
    "elu": "1 if z > 0 else y + 1",
    "gelu": "gelu′(z)",
}


class ActivationExplainer(Explainer):
    """y = f(z)."""

    def joins(self, layer: Activation) -> bool:
        return layer.function != "softmax"

    def read(self, layer: Activation, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        flat = int(np.ravel_multi_index(unit, x.shape))
        note = "eᶻ over the sum of all eᶻ" if layer.function == "softmax" else ""
        return Reading((product(Factor(names(flat), float(x[unit]))),), function=layer.function, note=note)

    def by_input(self, layer: Activation, unit: Index, place: Index) -> str:
        if layer.function == "softmax":
            return "y·(1 − y)" if unit == place else f"−y{unit[0] + 1}·y{place[0] + 1}"
        return SLOPES[layer.function]
