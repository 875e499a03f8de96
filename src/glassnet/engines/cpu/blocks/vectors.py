"""Vectors of 16 numbers in float32, in LLVM's own code: one register of 512 bits, two of 256, or four of 128."""

from __future__ import annotations

from typing import Any

from llvmlite import ir

from glassnet.engines.cpu.sizes import LANES

BYTES = 4  # of a number
I1, I16, I32, I64, F32 = ir.IntType(1), ir.IntType(16), ir.IntType(32), ir.IntType(64), ir.FloatType()


class Bf16(ir.Type):  # type: ignore[misc]
    """A number in bf16, the upper half of a float32. llvmlite has no name for it."""

    def _to_string(self) -> str:
        return "bfloat"


MASK, VECTOR, VECTOR_I32 = (ir.VectorType(kind, LANES) for kind in (I1, F32, I32))
PAIRS = ir.VectorType(Bf16(), 2 * LANES)


def attribute(function: ir.Function, name: str) -> None:
    """Give a function an attribute of LLVM's."""
    function.attributes._known = function.attributes._known | {name}  # LLVM knows more than llvmlite lists
    function.attributes.add(name)


def splat(at: ir.IRBuilder, scalar: Any) -> Any:
    """A vector with the scalar in every lane."""
    vector = ir.VectorType(scalar.type, LANES)
    one = at.insert_element(ir.Constant(vector, ir.Undefined), scalar, I64(0))
    return at.shuffle_vector(
        one, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(I32, LANES), [0] * LANES)
    )


def multiply_add(at: ir.IRBuilder, a: Any, b: Any, c: Any) -> Any:
    """a·b + c, in one rounding where the processor can."""
    return at.call(_declared(at, "llvm.fmuladd.v16f32", VECTOR, [VECTOR] * 3), [a, b, c])


def multiply_add_pairs(at: ir.IRBuilder, a: Any, b: Any, c: Any) -> Any:
    """a₀·b₀ + a₁·b₁ + c, where each lane of a and b holds two numbers in bf16. For processors with AVX512-BF16."""
    function = _declared(at, "llvm.x86.avx512bf16.dpbf16ps.512", VECTOR, [VECTOR, PAIRS, PAIRS])
    return at.call(function, [c, at.bitcast(a, PAIRS), at.bitcast(b, PAIRS)])


def compress(at: ir.IRBuilder, values: Any, mask: Any) -> Any:
    """The lanes of `mask` side by side at the front; after them comes anything."""
    kind = values.type
    name = f"llvm.experimental.vector.compress.v16{'f' if kind == VECTOR else 'i'}32"
    return at.call(_declared(at, name, kind, [kind, MASK, kind]), [values, mask, ir.Constant(kind, ir.Undefined)])


def count_bits(at: ir.IRBuilder, bits: Any) -> Any:
    """How many of 16 bits are 1."""
    return at.call(_declared(at, "llvm.ctpop.i16", I16, [I16]), [bits])


def load(at: ir.IRBuilder, address: Any, vector: int, mask: Any = None) -> Any:
    """Vector number `vector` after `address`; lanes outside `mask` are 0 and not touched."""
    pointer = at.inttoptr(at.add(address, I64(vector * LANES * BYTES)), VECTOR.as_pointer())
    if mask is None:
        return at.load(pointer, align=4)
    read = _declared(at, "llvm.masked.load.v16f32.p0", VECTOR, [VECTOR.as_pointer(), I32, MASK, VECTOR])
    return at.call(read, [pointer, I32(4), mask, ir.Constant(VECTOR, [0.0] * LANES)])


def gather(at: ir.IRBuilder, addresses: Any) -> Any:
    """The numbers at sixteen addresses."""
    places = ir.VectorType(F32.as_pointer(), LANES)
    read = _declared(at, "llvm.masked.gather.v16f32.v16p0", VECTOR, [places, I32, MASK, VECTOR])
    every, nothing = ir.Constant(MASK, [1] * LANES), ir.Constant(VECTOR, ir.Undefined)
    return at.call(read, [at.inttoptr(addresses, places), I32(4), every, nothing])


def store(at: ir.IRBuilder, value: Any, address: Any, vector: int, mask: Any = None) -> None:
    """Write vector number `vector` after `address`; lanes outside `mask` stay as they are."""
    pointer = at.inttoptr(at.add(address, I64(vector * LANES * BYTES)), VECTOR.as_pointer())
    if mask is None:
        at.store(value, pointer, align=4)
        return
    write = _declared(at, "llvm.masked.store.v16f32.p0", ir.VoidType(), [VECTOR, VECTOR.as_pointer(), I32, MASK])
    at.call(write, [value, pointer, I32(4), mask])


def _declared(at: ir.IRBuilder, name: str, result: ir.Type, arguments: list[ir.Type]) -> ir.Function:
    if name in at.module.globals:
        return at.module.globals[name]
    return ir.Function(at.module, ir.FunctionType(result, arguments), name)
