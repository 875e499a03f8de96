"""The sparse product: a few rows of sums in registers, fed from a list of (number, place) pairs, as LLVM code.

Behind a max pooling most of a gradient is zero. What is not comes as a list; each entry adds its number times the rows
that lie at its place. Sums stay in registers for the whole list.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from glassnet.engines.cpu.blocks.vectors import (
    BYTES,
    F32,
    I32,
    I64,
    LANES,
    VECTOR,
    attribute,
    load,
    multiply_add,
    splat,
    store,
)

WIDEST, HEIGHTS = 8, (1, 3)  # vectors and rows of the sums: at most 24 registers
CHAINS = 8  # sums that must be under way at a time: a multiply-add takes four cycles, and two begin in each
NAMES = ("numbers", "places", "stride", "count", "source", "row_source", "target", "row_target", "width")


def combine_function(module: ir.Module, rows: int, vectors: int) -> ir.Function:
    """target[r, v] += Σₗ numbers[l·stride]·source[places[l·stride] + r·row_source + v], as a function of its own.

    Where there are too few sums to keep the processor busy, entries go by twos, each with sums of its own.
    """
    name = f"glassnet_combine_{rows}x{vectors}"
    if name in module.globals:
        return module.globals[name]
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [I64] * len(NAMES)), name)
    function.linkage = "internal"
    for one in ("noinline", '"prefer-vector-width"="512"', '"min-legal-vector-width"="512"'):
        attribute(function, one)
    arg = dict(zip(NAMES, function.args, strict=True))
    at_once = 2 if rows * vectors < CHAINS else 1
    entry, loop, rest, last, end = (function.append_basic_block(n) for n in ("entry", "loop", "rest", "last", "end"))
    at = ir.IRBuilder(entry)
    lanes = ir.Constant(ir.VectorType(I64, LANES), list(range(LANES)))
    mask = at.icmp_signed("<", lanes, splat(at, arg["width"]))
    masks = [mask if v == vectors - 1 else None for v in range(vectors)]
    targets = [at.add(arg["target"], at.mul(arg["row_target"], I64(r * BYTES))) for r in range(rows)]
    steps = [at.mul(arg["row_source"], I64(r * BYTES)) for r in range(rows)]
    cells = [(r, v) for r in range(rows) for v in range(vectors)]
    first = [load(at, targets[r], v, masks[v]) for r, v in cells]
    first += [ir.Constant(VECTOR, [0.0] * LANES)] * (len(cells) * (at_once - 1))
    whole = at.sub(arg["count"], at.urem(arg["count"], I64(at_once)))
    at.cbranch(at.icmp_signed("<", I64(0), whole), loop, rest)

    def add_entry(at: ir.IRBuilder, k: Any, sums: list[Any]) -> list[Any]:
        where = at.mul(at.mul(k, arg["stride"]), I64(BYTES))
        number = splat(at, at.load(at.inttoptr(at.add(arg["numbers"], where), F32.as_pointer())))
        place = at.sext(at.load(at.inttoptr(at.add(arg["places"], where), I32.as_pointer())), I64)
        source = at.add(arg["source"], at.mul(place, I64(BYTES)))
        loaded = [load(at, at.add(source, steps[r]), v, masks[v]) for r, v in cells]
        return [multiply_add(at, number, x, total) for x, total in zip(loaded, sums, strict=True)]

    at = ir.IRBuilder(loop)
    k = at.phi(I64)
    sums = [at.phi(VECTOR) for _ in first]
    new: list[Any] = []
    for number in range(at_once):
        part = sums[number * len(cells) : (number + 1) * len(cells)]
        new += add_entry(at, at.add(k, I64(number)), part)
    after = at.add(k, I64(at_once))
    at.cbranch(at.icmp_signed("<", after, whole), loop, rest)
    for phi, before, then in [(k, I64(0), after), *zip(sums, first, new, strict=True)]:
        phi.add_incoming(before, entry)
        phi.add_incoming(then, loop)

    at = ir.IRBuilder(rest)
    halves = [at.phi(VECTOR) for _ in first]
    for phi, before, then in zip(halves, first, new, strict=True):
        phi.add_incoming(before, entry)
        phi.add_incoming(then, loop)
    together = halves[: len(cells)]
    if at_once == 2:
        together = [at.fadd(a, b) for a, b in zip(together, halves[len(cells) :], strict=True)]
    at.cbranch(at.icmp_signed("<", whole, arg["count"]), last, end)
    at = ir.IRBuilder(last)
    final = add_entry(at, whole, together)
    at.branch(end)

    at = ir.IRBuilder(end)
    for (r, v), without, value in zip(cells, together, final, strict=True):
        result = at.phi(VECTOR)
        result.add_incoming(without, rest)
        result.add_incoming(value, last)
        final[r * vectors + v] = result
    for r, v in cells:
        store(at, final[r * vectors + v], targets[r], v, masks[v])
    at.ret_void()
    return function


@intrinsic
def combine(typingctx, rows, vectors, numbers, places, stride, count, source, row_source, target, row_target, width):
    """The sparse product of 1 or 3 rows and up to 8 vectors, count ≥ 1. Addresses are integers, the numbers are
    float32, the places int32; places and strides count numbers."""

    def generate(context, at, signature, args):
        rows, vectors, *rest = args
        done, nowhere = at.append_basic_block("combined"), at.append_basic_block("no_such_shape")
        choice = at.switch(at.add(at.mul(vectors, I64(8)), rows), nowhere)
        for v in range(1, WIDEST + 1):
            for r in HEIGHTS:
                block = at.append_basic_block(f"combine_{r}x{v}")
                choice.add_case(I64(8 * v + r), block)
                with at.goto_block(block):
                    at.call(combine_function(at.module, r, v), rest)
                    at.branch(done)
        with at.goto_block(nowhere):
            at.unreachable()
        at.position_at_end(done)
        return context.get_dummy_value()

    return types.void(*[types.int64] * 11), generate
