"""How a kernel calls the product, which is compiled once, on its own."""

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

NO_FLOOR = np.float32(-np.inf)
ARGUMENTS = [types.int64] * 15 + [types.float32]  # of kernels/product.py
I32, I64 = ir.IntType(32), ir.IntType(64)


@intrinsic
def multiply(
    typingctx,
    address,
    a,
    row_a,
    k_a,
    outer_a,
    b,
    k_b,
    outer_b,
    inner,
    outer,
    init,
    row_init,
    c,
    row_c,
    rows,
    columns,
    floor,
):
    """The product at `address`, which is in now[5]; for the rest see kernels/product.py."""

    def generate(context, at, signature, args):
        kinds = [I64, I64, *[I64] * 15, ir.FloatType()]
        nowhere = at.ptrtoint(cgutils.alloca_once(at, I64), I64)
        function = at.inttoptr(args[0], ir.FunctionType(I32, kinds).as_pointer())
        at.call(function, [nowhere, nowhere, *args[1:]])
        return context.get_dummy_value()

    return types.void(types.int64, *ARGUMENTS), generate
