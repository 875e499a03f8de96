"""Flatten lays numbers out in one row."""

from __future__ import annotations

from glassnet.explain.layers.explainer import Explainer


class FlattenExplainer(Explainer):
    """y = x, in row order."""

    wiring = True
