"""AveragePooling2D: the mean of the window."""

from __future__ import annotations

from glassnet.explain.layers.explainer import Index, Link
from glassnet.explain.layers.max_pool2d import PoolingExplainer
from glassnet.explain.structure import Factor


class AveragePooling2DExplainer(PoolingExplainer):
    """y = Σᵢⱼ x[u·stride + i, v·stride + j, c] / M, with the M numbers of the window inside the picture."""

    joint = "sum"

    def share(self, count: int) -> tuple[Factor, ...]:
        return (Factor(f"1/{count}", 1 / count),)

    def by_input(self, layer: object, link: Link, place: Index) -> str:
        return f"1/{len(self.window(layer, link.in_shape, link.unit)[2])}"
