"""Vectors that are mostly zero, as lists of what is not: how a list is made, and how it is added to many rows.

`blocks/combine.py` sums rows by such a list into one; `scatter` adds one row to many.
"""

from __future__ import annotations

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from glassnet.engines.cpu.blocks.vectors import (
    BYTES,
    F32,
    I16,
    I32,
    I64,
    LANES,
    VECTOR,
    VECTOR_I32,
    attribute,
    compress,
    count_bits,
    load,
    multiply_add,
    splat,
    store,
)  # fmt: skip

WIDEST = 8  # vectors of a row: they stay in registers


def _function(module: ir.Module, name: str, count: int) -> ir.Function:
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [I64] * count), name)
    function.linkage = "internal"
    for one in ("noinline", '"prefer-vector-width"="512"', '"min-legal-vector-width"="512"'):
        attribute(function, one)
    return function


def list_function(module: ir.Module) -> ir.Function:
    """The lists of one vector x of `size` numbers, 16 at a time, as a function of its own."""
    function = _function(module, "glassnet_list_nonzero", 6)
    x, size, step, numbers, places, starts = function.args
    entry, loop, end = (function.append_basic_block(n) for n in ("entry", "loop", "end"))
    at = ir.IRBuilder(entry)
    lanes = ir.Constant(ir.VectorType(I64, LANES), list(range(LANES)))
    offsets = at.mul(at.trunc(lanes, VECTOR_I32), splat(at, at.trunc(step, I32)))
    at.branch(loop)

    at = ir.IRBuilder(loop)
    first, found = at.phi(I64), at.phi(I64)
    place = at.lshr(first, I64(2))  # of starts: four bytes for every sixteen numbers
    at.store(at.trunc(found, I32), at.inttoptr(at.add(starts, place), I32.as_pointer()))
    inside = at.icmp_signed("<", lanes, splat(at, at.sub(size, first)))
    values = load(at, at.add(x, at.mul(first, I64(BYTES))), 0, inside)
    wanted = at.fcmp_unordered("!=", values, ir.Constant(VECTOR, [0.0] * LANES))
    here = at.mul(found, I64(BYTES))
    store(at, compress(at, values, wanted), at.add(numbers, here), 0)
    positions = at.add(offsets, splat(at, at.trunc(at.mul(first, step), I32)))
    store(at, at.bitcast(compress(at, positions, wanted), VECTOR), at.add(places, here), 0)
    after = at.add(found, at.zext(count_bits(at, at.bitcast(wanted, I16)), I64))
    next_first = at.add(first, I64(LANES))
    at.cbranch(at.icmp_signed("<", next_first, size), loop, end)
    for phi, then in ((first, next_first), (found, after)):
        phi.add_incoming(I64(0), entry)
        phi.add_incoming(then, loop)

    at = ir.IRBuilder(end)
    place = at.lshr(next_first, I64(2))
    at.store(at.trunc(after, I32), at.inttoptr(at.add(starts, place), I32.as_pointer()))
    at.ret_void()
    return function


def scatter_function(module: ir.Module, vectors: int) -> ir.Function:
    """target[places[l] + v] += numbers[l]·source[v] for l < count, as a function of its own."""
    name = f"glassnet_scatter_{vectors}"
    if name in module.globals:
        return module.globals[name]
    function = _function(module, name, 6)
    numbers, places, count, source, target, width = function.args
    entry, loop, end = (function.append_basic_block(n) for n in ("entry", "loop", "end"))
    at = ir.IRBuilder(entry)
    lanes = ir.Constant(ir.VectorType(I64, LANES), list(range(LANES)))
    mask = at.icmp_signed("<", lanes, splat(at, width))
    masks = [mask if v == vectors - 1 else None for v in range(vectors)]
    row = [load(at, source, v, masks[v]) for v in range(vectors)]
    at.branch(loop)

    at = ir.IRBuilder(loop)
    k = at.phi(I64)
    here = at.mul(k, I64(BYTES))
    number = splat(at, at.load(at.inttoptr(at.add(numbers, here), F32.as_pointer())))
    place = at.sext(at.load(at.inttoptr(at.add(places, here), I32.as_pointer())), I64)
    to = at.add(target, at.mul(place, I64(BYTES)))
    for v in range(vectors):
        store(at, multiply_add(at, number, row[v], load(at, to, v, masks[v])), to, v, masks[v])
    after = at.add(k, I64(1))
    at.cbranch(at.icmp_signed("<", after, count), loop, end)
    k.add_incoming(I64(0), entry)
    k.add_incoming(after, loop)
    ir.IRBuilder(end).ret_void()
    return function


@intrinsic
def list_nonzero(typingctx, x, size, step, numbers, places, starts):
    """List what is not zero among the `size` ≥ 1 numbers at x: the numbers, and as places their positions times `step`.

    starts : how many were found before each sixteen numbers, and in all, as int32. Lists need room for 16 more.
    """

    def generate(context, at, signature, args):
        known = at.module.globals.get("glassnet_list_nonzero") or list_function(at.module)
        at.call(known, args)
        return context.get_dummy_value()

    return types.void(*[types.int64] * 6), generate


@intrinsic
def scatter(typingctx, vectors, numbers, places, count, source, target, width):
    """Add numbers[l] times the row at `source` to the row at target + places[l], for each l < count, count ≥ 1.

    A row is 1 to 8 vectors, of the last one `width` columns. Places count numbers.
    """

    def generate(context, at, signature, args):
        vectors, *rest = args
        done, nowhere = at.append_basic_block("scattered"), at.append_basic_block("no_such_width")
        choice = at.switch(vectors, nowhere)
        for v in range(1, WIDEST + 1):
            block = at.append_basic_block(f"scatter_{v}")
            choice.add_case(I64(v), block)
            with at.goto_block(block):
                at.call(scatter_function(at.module, v), rest)
                at.branch(done)
        with at.goto_block(nowhere):
            at.unreachable()
        at.position_at_end(done)
        return context.get_dummy_value()

    return types.void(*[types.int64] * 7), generate
