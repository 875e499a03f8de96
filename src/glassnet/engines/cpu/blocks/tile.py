"""The innermost product: a tile of R rows × V vectors that stays in registers, as LLVM code.

A vector is 16 numbers in float32: one register where the processor has 512 bits, two of 256, or four of 128. Per step
of k a tile loads V vectors of B and R numbers of A, and does R·V multiply-adds: enough of them for each load that the
arithmetic, not the memory, is the limit.

In bf16 two numbers stand where one of float32 does, so that a step of k is two of them; all else is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from glassnet.engines.cpu.blocks.vectors import (
    BYTES,
    F32,
    I64,
    LANES,
    VECTOR,
    attribute,
    load,
    multiply_add,
    multiply_add_pairs,
    splat,
    store,
)  # fmt: skip
from glassnet.engines.cpu.compiling import processor

if "+avx512f" in processor()[1]:  # 32 registers of 16 numbers: with two vectors 26 sums, two of B and one of A
    HEIGHTS: dict[int, tuple[int, ...]] = {1: (1, 2, 4, 8, 13), 2: (1, 2, 3, 4, 5, 6, 8, 10, 12, 13)}
    WIDE = 8  # vectors of a single row: each sum waits for the one before, so that there must be many
else:  # 16 registers of 8 numbers: with one vector 12 sums, two of B and one of A
    HEIGHTS = {1: (1, 2, 4, 6)}
    WIDE = 4
MOST_VECTORS = max(HEIGHTS)
TILES = [(rows, vectors) for vectors, heights in HEIGHTS.items() for rows in heights] + [(1, WIDE)]

# a, row_a, k_a, outer_a: address of A and its strides; b, k_b, outer_b; inner, outer: how often each loop turns;
# init, row_init: what the sums begin with; c, row_c; skip: so many first rows are not stored; width: columns stored
# of the last vector; floor: sums below it are raised to it (0 is ReLU, −inf nothing).
NAMES = (
    "a", "row_a", "k_a", "outer_a", "b", "k_b", "outer_b", "inner", "outer",
    "init", "row_init", "c", "row_c", "skip", "width", "floor",
)  # fmt: skip
MultiplyAdd = Callable[[ir.IRBuilder, Any, Any, Any], Any]
SIGNATURE = ir.FunctionType(ir.VoidType(), [I64] * (len(NAMES) - 1) + [F32])


def tile_function(module: ir.Module, rows: int, vectors: int, add: MultiplyAdd) -> ir.Function:
    """C[r, v] = max(init[r, v] + Σ A[r, k]·B[k, v], floor) as a function of its own in `module`."""
    name = f"glassnet_{add.__name__}_{rows}x{vectors}"
    if name in module.globals:
        return module.globals[name]
    function = ir.Function(module, SIGNATURE, name)
    function.linkage = "internal"
    attribute(function, "noinline")
    attribute(function, '"prefer-vector-width"="512"')  # LLVM keeps to 256 bits on many processors that have 512
    attribute(function, '"min-legal-vector-width"="512"')
    _write(function, rows, vectors, add)
    return function


def _write(function: ir.Function, rows: int, vectors: int, add: MultiplyAdd) -> None:
    """The body: sums from `init`, two loops around R·V multiply-adds, floor, store."""
    arg = dict(zip(NAMES, function.args, strict=True))
    entry, outer, inner, after, end = (
        function.append_basic_block(n) for n in ("entry", "outer", "inner", "after", "end")
    )
    at = ir.IRBuilder(entry)
    lanes = ir.Constant(ir.VectorType(I64, LANES), list(range(LANES)))
    mask = at.icmp_signed("<", lanes, splat(at, arg["width"]))
    count = rows * vectors
    first = []
    for r in range(rows):
        row = at.add(arg["init"], at.mul(arg["row_init"], I64(r * BYTES)))
        first += [load(at, row, v, mask if v == vectors - 1 else None) for v in range(vectors)]
    steps = {name: at.mul(arg[name], I64(BYTES)) for name in ("row_a", "k_a", "outer_a", "k_b", "outer_b")}
    groups = range(0, rows, 3)  # base, base + stride, base + 2·stride are all that one address register can reach
    starts = [at.add(arg["a"], at.mul(steps["row_a"], I64(r))) for r in groups]
    at.branch(outer)

    at = ir.IRBuilder(outer)
    i = at.phi(I64)
    outer_a, outer_b = [at.phi(I64) for _ in groups], at.phi(I64)
    outer_sums = [at.phi(VECTOR) for _ in range(count)]
    at.branch(inner)

    at = ir.IRBuilder(inner)
    k = at.phi(I64)
    a, b = [at.phi(I64) for _ in groups], at.phi(I64)
    sums = [at.phi(VECTOR) for _ in range(count)]
    right = [load(at, b, v, mask if v == vectors - 1 else None) for v in range(vectors)]
    new = []
    for r in range(rows):
        address = a[r // 3] if r % 3 == 0 else at.add(a[r // 3], at.mul(steps["row_a"], I64(r % 3)))
        left = splat(at, at.load(at.inttoptr(address, F32.as_pointer())))
        new += [add(at, left, right[v], sums[r * vectors + v]) for v in range(vectors)]
    next_k = at.add(k, I64(1))
    next_a, next_b = [at.add(one, steps["k_a"]) for one in a], at.add(b, steps["k_b"])
    at.cbranch(at.icmp_signed("<", next_k, arg["inner"]), inner, after)

    at = ir.IRBuilder(after)
    next_i = at.add(i, I64(1))
    next_outer_a = [at.add(one, steps["outer_a"]) for one in outer_a]
    next_outer_b = at.add(outer_b, steps["outer_b"])
    at.cbranch(at.icmp_signed("<", next_i, arg["outer"]), outer, end)

    for phi, before, then in [
        (i, I64(0), next_i),
        (outer_b, arg["b"], next_outer_b),
        *zip(outer_a, starts, next_outer_a, strict=True),
        *zip(outer_sums, first, new, strict=True),
    ]:
        phi.add_incoming(before, entry)
        phi.add_incoming(then, after)
    for phi, before, then in [
        (k, I64(0), next_k),
        (b, outer_b, next_b),
        *zip(a, outer_a, next_a, strict=True),
        *zip(sums, outer_sums, new, strict=True),
    ]:
        phi.add_incoming(before, outer)
        phi.add_incoming(then, inner)

    at = ir.IRBuilder(end)
    floor = splat(at, arg["floor"])
    for r in range(rows):
        with at.if_then(at.icmp_signed(">=", I64(r), arg["skip"])):
            row = at.add(arg["c"], at.mul(arg["row_c"], I64(r * BYTES)))
            for v in range(vectors):
                value = new[r * vectors + v]
                value = at.select(at.fcmp_ordered("<", value, floor), floor, value)  # no number stays no number
                store(at, value, row, v, mask if v == vectors - 1 else None)
    at.ret_void()


def _tile(add: MultiplyAdd) -> Any:
    """The tile whose multiply-adds are of this kind."""

    @intrinsic
    def tile(
        typingctx,
        rows,
        vectors,
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
        skip,
        width,
        floor,
    ):
        """The tile of `rows` × `vectors`, one of TILES: see NAMES. Addresses are integers, strides count numbers."""

        def generate(context, at, signature, args):
            rows, vectors, *rest = args
            done = at.append_basic_block("tiled")
            nowhere = at.append_basic_block("no_such_tile")
            choice = at.switch(at.add(at.mul(vectors, I64(16)), rows), nowhere)
            for r, v in TILES:
                block = at.append_basic_block(f"tile_{r}x{v}")
                choice.add_case(I64(16 * v + r), block)
                with at.goto_block(block):
                    at.call(tile_function(at.module, r, v, add), rest)
                    at.branch(done)
            with at.goto_block(nowhere):
                at.unreachable()
            at.position_at_end(done)
            return context.get_dummy_value()

        return types.void(*[types.int64] * 17, types.float32), generate

    return tile


tile, tile_of_pairs = _tile(multiply_add), _tile(multiply_add_pairs)
