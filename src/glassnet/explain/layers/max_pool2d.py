"""MaxPooling2D: the largest of the window."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from glassnet.arrays import Array, Params
from glassnet.explain import phrases
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product, tables
from glassnet.explain.layers.window import corner, places, where
from glassnet.explain.structure import Factor
from glassnet.layers.sliding import pooling_window


class PoolingExplainer(Explainer):
    """The numbers of a window, one channel of it."""

    joint: ClassVar[str]

    def share(self, count: int) -> tuple[Factor, ...]:
        """By what each number is multiplied; nothing where it counts as it is."""
        raise NotImplementedError

    def read(self, layer: object, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        size, stride = pooling_window(layer)
        start, c = corner(unit, stride), unit[2]
        share = self.share(size[0] * size[1])
        terms = []
        for _, _, row, column in places(size, start, x.shape):
            name = names(int(np.ravel_multi_index((row, column, c), x.shape)))
            terms.append(product(Factor(name, float(x[row, column, c])), *share))
        window = x[start[0] : start[0] + size[0], start[1] : start[1] + size[1], c : c + 1]
        return Reading(tuple(terms), joint=self.joint, note=where(size, start), tables=tables("window", window))


class MaxPooling2DExplainer(PoolingExplainer):
    """y = maxᵢⱼ x[u·stride + i, v·stride + j, c]."""

    joint = "max"

    def share(self, count: int) -> tuple[Factor, ...]:
        return ()

    def by_input(self, layer: object, link: Link, place: Index) -> str:
        return phrases.AT_THE_LARGEST
