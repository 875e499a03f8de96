"""One number, or sixteen side by side: a kernel written once works with either."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, models, register_model

from glassnet.engines.cpu.blocks.vectors import F32, LANES, VECTOR, splat


class Sixteen(types.Type):
    """Sixteen numbers in float32."""


sixteen = Sixteen("sixteen")


@register_model(Sixteen)
class SixteenModel(models.PrimitiveModel):
    """They are a vector."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, VECTOR)


def numbers(lanes: int) -> tuple[Any, Any, Any, Any, Any]:
    """load(address), store(address, a), multiply_add(a, b, c) = a·b + c, zero(), and each(one) = one in every lane."""
    kind, llvm_kind, suffix = (types.float32, F32, "f32") if lanes == 1 else (sixteen, VECTOR, f"v{LANES}f32")

    @intrinsic
    def load(typingctx, address):
        def generate(context, at, signature, args):
            return at.load(at.inttoptr(args[0], llvm_kind.as_pointer()), align=4)

        return kind(types.int64), generate

    @intrinsic
    def store(typingctx, address, a):
        def generate(context, at, signature, args):
            at.store(args[1], at.inttoptr(args[0], llvm_kind.as_pointer()), align=4)
            return context.get_dummy_value()

        return types.void(types.int64, kind), generate

    @intrinsic
    def multiply_add(typingctx, a, b, c):
        def generate(context, at, signature, args):
            name = f"llvm.fmuladd.{suffix}"
            shape = ir.FunctionType(llvm_kind, [llvm_kind] * 3)
            return at.call(at.module.globals.get(name) or ir.Function(at.module, shape, name), args)

        return kind(kind, kind, kind), generate

    @intrinsic
    def zero(typingctx):
        def generate(context, at, signature, args):
            return ir.Constant(llvm_kind, 0.0 if lanes == 1 else [0.0] * LANES)

        return kind(), generate

    @intrinsic
    def each(typingctx, one):
        def generate(context, at, signature, args):
            return args[0] if lanes == 1 else splat(at, args[0])

        return kind(types.float32), generate

    return load, store, multiply_add, zero, each
