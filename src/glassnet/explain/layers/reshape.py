"""Reshape gives the same numbers another shape."""

from __future__ import annotations

from glassnet.explain.layers.explainer import Explainer


class ReshapeExplainer(Explainer):
    """y = x, in row order."""

    wiring = True
