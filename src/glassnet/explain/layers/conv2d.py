"""Conv2D: the window times the kernel, plus the bias."""

from __future__ import annotations

from math import prod

import numpy as np

from glassnet.arrays import Array, Params, Shape
from glassnet.explain import phrases
from glassnet.explain.layers.explainer import Explainer, Index, Link, Names, Reading, product, tables, written
from glassnet.explain.layers.window import corner, places, where
from glassnet.explain.structure import Factor, Table
from glassnet.functions.windows import same_padding
from glassnet.layers import Conv2D
from glassnet.layers.sliding import as_pair

CHANNELS = 2  # whose windows and kernels are written out, those that count most


class Conv2DExplainer(Explainer):
    """z = Σᵢⱼ꜀ x[u·stride + i, v·stride + j, c]·W[i,j,c,o] + b[o]; what lies outside the picture is 0."""

    def read(self, layer: Conv2D, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        o, size = unit[2], as_pair("Conv2D", "kernel_size", layer.kernel_size)
        start = self._corner(layer, x.shape, unit)
        window = np.zeros((*size, x.shape[2]))
        terms = []
        for i, j, row, column in places(size, start, x.shape):
            window[i, j] = x[row, column]
            for c in range(x.shape[2]):
                name = names(int(np.ravel_multi_index((row, column, c), x.shape)))
                weight = Factor(written("W", (i, j, c, o)), float(p["W"][i, j, c, o]))
                terms.append(product(Factor(name, float(x[row, column, c])), weight))
        if layer.use_bias:
            terms.append(product(Factor(written("b", (o,)), float(p["b"][o]))))
        note, shown = where(size, start), tuple[Table, ...]()
        if prod(size) > 1:
            kernel = p["W"][:, :, :, o]
            largest = np.argsort(-np.abs((window * kernel).sum((0, 1))), kind="stable")[:CHANNELS]
            for c in sorted(largest.tolist()):
                shown += tables("window", window, [c]) + tables(f"kernel {o}", kernel, [c])
            if len(largest) < x.shape[2]:
                note += phrases.CHANNELS.format(shown=len(largest), count=x.shape[2])
        return Reading(tuple(terms), note=note, tables=shown)

    def by_input(self, layer: Conv2D, link: Link, place: Index) -> str:
        start = self._corner(layer, link.in_shape, link.unit)
        return written("W", (place[0] - start[0], place[1] - start[1], place[2], link.unit[2]))

    def by_weight(self, layer: Conv2D, link: Link, name: str, index: Index) -> str:
        if name == "b":
            return "1"
        start = self._corner(layer, link.in_shape, link.unit)
        place = start[0] + index[0], start[1] + index[1], index[2]
        inside = all(0 <= k < length for k, length in zip(place, link.in_shape, strict=True))
        return link.input_name(place) if inside else phrases.OUTSIDE

    def _corner(self, layer: Conv2D, in_shape: Shape, unit: Index) -> Index:
        size, stride = as_pair("", "", layer.kernel_size), as_pair("", "", layer.stride)
        same = layer.padding == "same"
        before = [same_padding(in_shape[k], size[k], stride[k])[0] if same else 0 for k in (0, 1)]
        return corner(unit, stride, (before[0], before[1]))
