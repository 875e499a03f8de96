"""MaxPooling2D: the largest of the window."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from glassnet.arrays import Array, Params, Shape
from glassnet.explain import phrases
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product, tables
from glassnet.explain.layers.window import corner, places, where
from glassnet.explain.structure import Factor
from glassnet.functions.windows import Pair
from glassnet.layers.sliding import pooling_window, window_padding


class PoolingExplainer(Explainer):
    """The numbers of a window, one channel of it."""

    joint: ClassVar[str]

    def share(self, count: int) -> tuple[Factor, ...]:
        """By what each of `count` numbers is multiplied; nothing where it counts as it is."""
        raise NotImplementedError

    def window(self, layer: Any, in_shape: Shape, unit: Index) -> tuple[Pair, Pair, list[Pair]]:
        """Size and first corner of the window behind output `unit`, and the places of it inside the picture."""
        size, stride = pooling_window(layer)
        rows, columns = window_padding(layer.padding, in_shape, size, stride)
        start = corner(unit, stride, (rows[0], columns[0]))
        return size, start, [(row, column) for _, _, row, column in places(size, start, in_shape)]

    def read(self, layer: Any, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        size, start, inside = self.window(layer, x.shape, unit)
        share, c = self.share(len(inside)), unit[2]
        terms = []
        for row, column in inside:
            name = names(int(np.ravel_multi_index((row, column, c), x.shape)))
            terms.append(product(Factor(name, float(x[row, column, c])), *share))
        (top, left), (bottom, right) = inside[0], inside[-1]
        window = x[top : bottom + 1, left : right + 1, c : c + 1]
        return Reading(tuple(terms), joint=self.joint, note=where(size, start), tables=tables("window", window))


class MaxPooling2DExplainer(PoolingExplainer):
    """y = maxᵢⱼ x[u·stride + i, v·stride + j, c]."""

    joint = "max"

    def share(self, count: int) -> tuple[Factor, ...]:
        return ()

    def by_input(self, layer: object, link: Link, place: Index) -> str:
        return phrases.AT_THE_LARGEST
