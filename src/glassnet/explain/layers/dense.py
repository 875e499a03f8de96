"""Dense: inputs times weights, plus the bias."""

from __future__ import annotations

from glassnet.arrays import Array, Params
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product, written
from glassnet.explain.structure import Factor
from glassnet.layers import Dense


class DenseExplainer(Explainer):
    """z = Σᵢ xᵢ·W[i,o] + b[o]."""

    def read(self, layer: Dense, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        (o,) = unit
        terms = [
            product(Factor(names(i), float(value)), Factor(written("W", (i, o)), float(weight)))
            for i, (value, weight) in enumerate(zip(x, p["W"][:, o], strict=True))
        ]
        if layer.use_bias:
            terms.append(product(Factor(written("b", (o,)), float(p["b"][o]))))
        return Reading(tuple(terms))

    def by_input(self, layer: Dense, link: Link, place: Index) -> str:
        return written("W", (*place, *link.unit))

    def by_weight(self, layer: Dense, link: Link, name: str, index: Index) -> str:
        return link.input_name(index[:1]) if name == "W" else "1"
