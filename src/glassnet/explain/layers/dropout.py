"""Dropout: an explanation is of a network that answers, and there it changes nothing."""

from __future__ import annotations

from glassnet.explain.layers.explainer import Explainer


class DropoutExplainer(Explainer):
    """y = x outside training."""

    wiring = True
