"""Blocks of the compiled engine as kernels by themselves, so that each can be held against its naive version."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from glassnet.engines.cpu.blocks import functions
from glassnet.engines.cpu.blocks.combine import combine
from glassnet.engines.cpu.blocks.memory import floats, integers
from glassnet.engines.cpu.blocks.philox import philox
from glassnet.engines.cpu.blocks.sparse import list_nonzero, scatter
from glassnet.engines.cpu.building import part

NAME = "bare_" + hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]  # another text is another kernel
sys.modules[f"glassnet.engines.cpu.kernels.{NAME}"] = sys.modules[__name__]


def _each(function):
    value = part(inline="always")(lambda x: function(x))

    def kernel(now, row, lo, hi):
        x, y = floats(row[0], hi), floats(row[1], hi)
        for i in range(lo, hi):
            y[i] = value(x[i])

    return kernel


exp, expm1 = _each(functions.exp), _each(functions.expm1)
sigmoid, tanh = _each(functions.sigmoid), _each(functions.tanh)
log_of_one_plus = _each(functions.log_of_one_plus)


def sparse_product(now, row, lo, hi):
    """See blocks/combine.py. Row: its arguments in their order."""
    combine(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10])


def list_of(now, row, lo, hi):
    """See list_nonzero in blocks/sparse.py. Row: its arguments in their order."""
    list_nonzero(row[0], row[1], row[2], row[3], row[4], row[5])


def scattered(now, row, lo, hi):
    """See scatter in blocks/sparse.py. Row: its arguments in their order."""
    scatter(row[0], row[1], row[2], row[3], row[4], row[5], row[6])


def words(now, row, lo, hi):
    """The generator's four words for counter (lo, row[0], row[1], row[2]) and key (row[3], row[4]), from row[5] on."""
    to = integers(row[5], 4)
    for k, word in enumerate(philox(
        np.uint64(lo), np.uint64(row[0]), np.uint64(row[1]), np.uint64(row[2]), np.uint64(row[3]), np.uint64(row[4])
    )):  # fmt: skip
        to[k] = word
