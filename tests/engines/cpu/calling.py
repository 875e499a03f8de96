"""Calling a kernel by itself, with arrays in place of addresses."""

from __future__ import annotations

import ctypes
import struct
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from types import FunctionType
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.engines.cpu import compiling

KERNELS = "glassnet.engines.cpu.kernels"
WORD = ctypes.c_int64
HAS_BF16 = "+avx512bf16" in compiling.processor()[1]


def every_kernel() -> list[str]:
    """The names of all kernels for this processor: what takes (now, row, lo, hi), and the products."""
    names = []
    for path in iter_modules(import_module(KERNELS).__path__):
        for name, value in vars(import_module(f"{KERNELS}.{path.name}")).items():
            own = isinstance(value, FunctionType) and value.__module__ == f"{KERNELS}.{path.name}"
            if own and [*signature(value).parameters][:2] in (["now", "row"], ["a", "row_a"]):
                names.append(f"{path.name}.{name}")
    return [name for name in names if HAS_BF16 or name != "product.product_of_pairs"]


def call(kernel: str, *fields: Any, hi: int, lo: int = 0, samples: int = 0, step: int = 0) -> None:
    """Run units lo … hi of a kernel that calls no product, over a row of arrays, whole numbers and floats as bits."""
    row, now, nowhere = np.zeros(24, np.int64), np.zeros(16, np.int64), np.zeros(2, np.int64)
    for k, field in enumerate(fields):
        if isinstance(field, float):
            (row[k],) = struct.unpack("<q", struct.pack("<d", field))
        else:
            row[k] = field.ctypes.data if isinstance(field, np.ndarray) else field
    now[0], now[3], now[4] = samples, step, now.ctypes.data
    function = ctypes.CFUNCTYPE(ctypes.c_int32, *[WORD] * 6)(compiling.address(kernel))
    function(nowhere.ctypes.data, nowhere.ctypes.data, now.ctypes.data, row.ctypes.data, lo, hi)


def product(*numbers: int, floor: float, kernel: str = "product.product") -> None:
    """A product, whose arguments kernels/product.py names."""
    nowhere = np.zeros(2, np.int64)
    function = ctypes.CFUNCTYPE(ctypes.c_int32, *[WORD] * 17, ctypes.c_float)(compiling.address(kernel))
    function(nowhere.ctypes.data, nowhere.ctypes.data, *numbers, floor)


def amid(numbers: Array, width: int = 40) -> Array:
    """A copy of a flat vector that lies amid NaN: whoever reads or writes outside it is found out."""
    wide = np.full(numbers.size + 2 * width, np.nan, np.float32)
    inside = wide[width : width + numbers.size]
    inside[:] = numbers
    return inside


def assert_untouched(inside: Array) -> None:
    """What lies around the vector is still NaN."""
    size, wide = inside.size, inside.base
    assert wide is not None
    width = (wide.size - size) // 2
    assert np.isnan(wide[:width]).all()
    assert np.isnan(wide[width + size :]).all()
