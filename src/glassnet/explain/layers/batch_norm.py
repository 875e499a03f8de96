"""BatchNormalization: to mean 0 and variance 1, by the moving averages, then γ and β."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array, Params
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product, written
from glassnet.explain.structure import Factor
from glassnet.layers import BatchNormalization


class BatchNormalizationExplainer(Explainer):
    """y = γ·(x − μ)·1/√(σ² + ε) + β, with the moving μ and σ²."""

    def read(self, layer: BatchNormalization, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        c = unit[-1:]
        mean, variance = float(s["mean"][c]), float(s["variance"][c])
        flat = int(np.ravel_multi_index(unit, x.shape))
        scaled = product(
            Factor(written("gamma", c), float(p["gamma"][c])),
            Factor(f"({names(flat)} − {written('mean', c)})", float(x[unit]) - mean),
            Factor(f"1/√({written('variance', c)} + ε)", 1 / (variance + layer.epsilon) ** 0.5),
        )
        return Reading((scaled, product(Factor(written("beta", c), float(p["beta"][c])))))

    def by_input(self, layer: BatchNormalization, link: Link, place: Index) -> str:
        c = link.unit[-1:]
        return f"{written('gamma', c)}/√({written('variance', c)} + ε)"

    def by_weight(self, layer: BatchNormalization, link: Link, name: str, index: Index) -> str:
        if name == "beta":
            return "1"
        x = link.input_name(link.unit)
        return f"({x} − {written('mean', index)})/√({written('variance', index)} + ε)"
