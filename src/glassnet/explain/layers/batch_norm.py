"""BatchNormalization: to mean 0 and variance 1, by the moving averages, then γ and β."""

from __future__ import annotations

from glassnet.arrays import Array, Params
from glassnet.explain.layers.explainer import Explainer, Index, Names, Reading, product, written
from glassnet.explain.structure import Factor
from glassnet.layers import BatchNormalization


class BatchNormalizationExplainer(Explainer):
    """y = γ·(x − μ)·1/√(σ² + ε) + β, with the moving μ and σ²."""

    def read(self, layer: BatchNormalization, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        c = unit[-1:]
        mean, variance = float(s["mean"][c]), float(s["variance"][c])
        flat = 0
        for length, k in zip(x.shape, unit, strict=True):
            flat = flat * length + k
        scaled = product(
            Factor(written("gamma", c), float(p["gamma"][c])),
            Factor(f"({names(flat)} − {written('mean', c)})", float(x[unit]) - mean),
            Factor(f"1/√({written('variance', c)} + ε)", 1 / (variance + layer.epsilon) ** 0.5),
        )
        return Reading((scaled, product(Factor(written("beta", c), float(p["beta"][c])))))

    def by_input(self, layer: BatchNormalization, unit: Index, place: Index) -> str:
        return f"{written('gamma', unit[-1:])}/√({written('variance', unit[-1:])} + ε)"

    def by_weight(self, layer: BatchNormalization, name: str, index: Index) -> str:
        return "(x − μ)/√(σ² + ε)" if name == "gamma" else "1"
