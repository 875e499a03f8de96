"""One number, or sixteen side by side: a formula that is written once works with either.

Numbers know + − · /, and here is what else a formula needs. None of it branches, so that sixteen networks, or the
turns of a loop that becomes vectors, go the same way whatever their numbers are.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

from glassnet.engines.cpu.blocks.vectors import F32, I32, I64, LANES, VECTOR, gather, splat

F64 = ir.DoubleType()


class Sixteen(types.Type):
    """Sixteen numbers in float32."""


sixteen = Sixteen("sixteen")


@register_model(Sixteen)
class SixteenModel(models.PrimitiveModel):
    """They are a vector."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, VECTOR)


def _operator(symbol: Callable[..., Any], instruction: str) -> None:
    """Let numbers side by side have an operator, with one another and with one number for all."""
    pairs = [pair for pair in product((sixteen, types.float32), repeat=2) if sixteen in pair]
    cases = [signature(sixteen, *pair) for pair in pairs]
    infer_global(symbol)(type(instruction, (ConcreteTemplate,), {"cases": cases}))
    for pair in pairs:

        @lower_builtin(symbol, *pair)
        def generate(context, at, signature, args):
            return getattr(at, instruction)(*(_as(VECTOR, at, one) for one in args))


for symbol, instruction in ((operator.add, "fadd"), (operator.sub, "fsub"), (operator.mul, "fmul")):
    _operator(symbol, instruction)
_operator(operator.truediv, "fdiv")


def _as(kind: Any, at: ir.IRBuilder, value: Any) -> Any:
    """A value as it is, or, where sixteen are wanted and it is one, in every lane."""
    return value if value.type == kind else splat(at, value)


def _formula(count: int, write: Callable[..., Any]) -> Any:
    """A function of `count` numbers, all of one kind or some of them one number for all; `write` gives its code."""

    def typed(args: Any, generate: Any) -> Any:
        kind = sixteen if sixteen in args else types.float32
        return kind(*args), generate

    def generate(context: Any, at: Any, signature: Any, args: Any) -> Any:
        kind = VECTOR if signature.return_type == sixteen else F32
        return write(at, kind, *(_as(kind, at, value) for value in args))

    if count == 1:
        return intrinsic(lambda typingctx, a: typed((a,), generate))
    if count == 3:
        return intrinsic(lambda typingctx, a, b, c: typed((a, b, c), generate))
    return intrinsic(lambda typingctx, a, b, c, d: typed((a, b, c, d), generate))


def _known(at: ir.IRBuilder, name: str, kind: Any, count: int) -> ir.Function:
    """LLVM's own function of that name for numbers of a kind."""
    name = f"llvm.{name}.{'f32' if kind == F32 else f'v{LANES}f32'}"
    return at.module.globals.get(name) or ir.Function(at.module, ir.FunctionType(kind, [kind] * count), name)


def _power_of_two(at: ir.IRBuilder, kind: Any, k: Any) -> Any:
    whole = I32 if kind == F32 else ir.VectorType(I32, LANES)
    every = (lambda one: whole(one)) if kind == F32 else (lambda one: ir.Constant(whole, [one] * LANES))
    return at.bitcast(at.shl(at.add(at.fptosi(k, whole), every(127)), every(23)), kind)


multiply_add = _formula(3, lambda at, kind, *args: at.call(_known(at, "fmuladd", kind, 3), args))
floor = _formula(1, lambda at, kind, a: at.call(_known(at, "floor", kind, 1), [a]))
power_of_two = _formula(1, _power_of_two)  # of whole numbers from −126 to 127
where_less = _formula(  # (a, b, c, d): c where a < b, else d, also where a or b is no number
    4, lambda at, kind, a, b, c, d: at.select(at.fcmp_ordered("<", a, b), c, d)
)


def numbers(lanes: int) -> tuple[Any, Any, Any, Any]:
    """load(address) of a number for each of 1 or 16 networks, zero(), and each(one): the same for all.

    look_up(data, places, width): from each row of `width` numbers, whose number stands at `places`, the first one.
    """
    kind, llvm_kind = (types.float32, F32) if lanes == 1 else (sixteen, VECTOR)

    @intrinsic
    def load(typingctx, address):
        def generate(context, at, signature, args):
            return at.load(at.inttoptr(args[0], llvm_kind.as_pointer()), align=4)

        return kind(types.int64), generate

    @intrinsic
    def look_up(typingctx, data, places, width):
        def generate(context, at, signature, args):
            if lanes == 1:
                row = at.load(at.inttoptr(args[1], I64.as_pointer()))
                return at.load(at.inttoptr(at.add(args[0], at.mul(row, at.mul(args[2], I64(4)))), F32.as_pointer()))
            rows = at.load(at.inttoptr(args[1], ir.VectorType(I64, LANES).as_pointer()), align=8)
            bytes_on = at.mul(rows, splat(at, at.mul(args[2], I64(4))))
            return gather(at, at.add(splat(at, args[0]), bytes_on))

        return kind(types.int64, types.int64, types.int64), generate

    @intrinsic
    def zero(typingctx):
        def generate(context, at, signature, args):
            return ir.Constant(llvm_kind, 0.0 if lanes == 1 else [0.0] * LANES)

        return kind(), generate

    @intrinsic
    def each(typingctx, one):
        def generate(context, at, signature, args):
            return _as(llvm_kind, at, args[0])

        return kind(types.float32), generate

    return load, look_up, zero, each


@intrinsic
def store(typingctx, address, a):
    """Write a number of each network."""

    def generate(context, at, signature, args):
        at.store(args[1], at.inttoptr(args[0], args[1].type.as_pointer()), align=4)
        return context.get_dummy_value()

    return types.void(types.int64, a), generate


def _adding(one: Any, convert: str, add: str) -> Any:
    """What adds a number of each network to those at an address, which are of another type."""

    @intrinsic
    def adding(typingctx, address, a):
        def generate(context, at, signature, args):
            kind = one if args[1].type == F32 else ir.VectorType(one, LANES)
            place = at.inttoptr(args[0], kind.as_pointer())
            at.store(getattr(at, add)(at.load(place, align=8), getattr(at, convert)(args[1], kind)), place, align=8)
            return context.get_dummy_value()

        return types.void(types.int64, a), generate

    return adding


add_to_doubles, add_to_integers = _adding(F64, "fpext", "fadd"), _adding(I64, "fptosi", "add")
