"""Blocks of the compiled engine as kernels by themselves, so that each can be held against its naive version."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from numba import njit

from glassnet.engines.cpu.blocks import functions
from glassnet.engines.cpu.blocks.combine import combine
from glassnet.engines.cpu.blocks.memory import floats, integers

NAME = "bare_" + hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]  # another text is another kernel
sys.modules[f"glassnet.engines.cpu.kernels.{NAME}"] = sys.modules[__name__]


def _each(function):
    value = njit(inline="always")(lambda x: function(x))

    def kernel(now, row, lo, hi):
        x, y = floats(row[0], hi), floats(row[1], hi)
        for i in range(lo, hi):
            y[i] = value(x[i])

    return kernel


exp, expm1 = _each(functions.exp), _each(functions.expm1)
sigmoid, tanh = _each(functions.sigmoid), _each(functions.tanh)


def sparse_product(now, row, lo, hi):
    """See blocks/combine.py. Row: its arguments in their order."""
    combine(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10])
