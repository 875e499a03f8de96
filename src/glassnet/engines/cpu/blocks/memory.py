"""Memory by its address, and the few instructions that Python has no word for."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import carray, njit
from numba.core import cgutils, types
from numba.extending import intrinsic

I32, I64 = ir.IntType(32), ir.IntType(64)
LINE = 64  # bytes of a cache line


def _pointer_to(kind: Any) -> Any:
    @intrinsic
    def pointer(typingctx, address):
        def generate(context, at, signature, args):
            return at.inttoptr(args[0], context.get_value_type(signature.return_type))

        return types.CPointer(kind)(types.int64), generate

    return pointer


float_pointer, double_pointer = _pointer_to(types.float32), _pointer_to(types.float64)
byte_pointer, integer_pointer = _pointer_to(types.uint8), _pointer_to(types.int64)
short_pointer = _pointer_to(types.int32)


@njit
def floats(address, size):
    """The float32 numbers at an address."""
    return carray(float_pointer(address), (size,))


@njit
def doubles(address, size):
    """The float64 numbers at an address."""
    return carray(double_pointer(address), (size,))


@njit
def octets(address, size):
    """The bytes at an address."""
    return carray(byte_pointer(address), (size,))


@njit
def integers(address, size):
    """The 64-bit whole numbers at an address."""
    return carray(integer_pointer(address), (size,))


@njit
def shorts(address, size):
    """The 32-bit whole numbers at an address."""
    return carray(short_pointer(address), (size,))


@intrinsic
def real(typingctx, bits):
    """The float64 whose bits stand in a whole number: how a tape holds such numbers."""

    def generate(context, at, signature, args):
        return at.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), generate


@intrinsic
def float_of_bits(typingctx, bits):
    """The float32 with these 32 bits."""

    def generate(context, at, signature, args):
        return at.bitcast(args[0], ir.FloatType())

    return types.float32(types.int32), generate


@intrinsic
def bits_of_float(typingctx, number):
    """The 32 bits of a float32."""

    def generate(context, at, signature, args):
        return at.bitcast(args[0], I32)

    return types.int32(types.float32), generate


@intrinsic
def call(typingctx, function, now, row, lo, hi):
    """Call the kernel at an address."""

    def generate(context, at, signature, args):
        kernel = ir.FunctionType(I32, [I64] * 6).as_pointer()
        nowhere = at.ptrtoint(
            cgutils.alloca_once(at, I64), I64
        )  # for a result and an exception, of which there are none
        at.call(at.inttoptr(args[0], kernel), [nowhere, nowhere, *args[1:]])
        return context.get_dummy_value()

    return types.void(*[types.int64] * 5), generate


@intrinsic
def add_at(typingctx, address, amount):
    """Add to the whole number at an address, as no thread can interrupt, and give what stood there."""

    def generate(context, at, signature, args):
        return at.atomic_rmw("add", at.inttoptr(args[0], I64.as_pointer()), args[1], "seq_cst")

    return types.int64(types.int64, types.int64), generate


@intrinsic
def look_at(typingctx, address):
    """The whole number at an address, as other threads last wrote it."""

    def generate(context, at, signature, args):
        return at.load_atomic(at.inttoptr(args[0], I64.as_pointer()), "acquire", 8)

    return types.int64(types.int64), generate


def _instruction(name: str, x86_only: bool = True) -> Any:
    """A processor instruction without arguments; nothing where it does not exist."""

    @intrinsic
    def instruction(typingctx):
        def generate(context, at, signature, args):
            if "x86_64" in at.module.triple:
                kind = ir.FunctionType(ir.VoidType(), [])
                known = at.module.globals.get(name) or ir.Function(at.module, kind, name)
                at.call(known, [])
            return context.get_dummy_value()

        return types.void(), generate

    return instruction


@intrinsic
def come(typingctx, address):
    """Ask for the cache line at an address, which will be read soon."""

    def generate(context, at, signature, args):
        pointer = ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, I32, I32, I32])
        name = "llvm.prefetch.p0"
        known = at.module.globals.get(name) or ir.Function(at.module, kind, name)
        at.call(known, [at.inttoptr(args[0], pointer), I32(0), I32(3), I32(1)])  # to read, into every cache, data
        return context.get_dummy_value()

    return types.void(types.int64), generate


@njit
def fetch(address, size):
    """Ask for all bytes that will be read soon."""
    for line in range(0, size, LINE):
        come(address + line)


pause = _instruction("llvm.x86.sse2.pause")


@intrinsic
def flush_tiny(typingctx):
    """Take numbers below 1e-38 as 0 on this thread: they are a hundred times slower. Gives the settings before."""

    def generate(context, at, signature, args):
        if "x86_64" not in at.module.triple:
            return I64(0)
        settings = cgutils.alloca_once(at, I32)
        at.call(_register(at, "st"), [at.bitcast(settings, ir.IntType(8).as_pointer())])
        before = at.load(settings)
        at.store(at.or_(before, I32(0x8040)), settings)  # flush results to zero, take inputs as zero
        at.call(_register(at, "ld"), [at.bitcast(settings, ir.IntType(8).as_pointer())])
        return at.zext(before, I64)

    return types.int64(), generate


@intrinsic
def restore_tiny(typingctx, before):
    """Set the thread's floating-point settings as `flush_tiny` found them."""

    def generate(context, at, signature, args):
        if "x86_64" in at.module.triple:
            settings = cgutils.alloca_once(at, I32)
            at.store(at.trunc(args[0], I32), settings)
            at.call(_register(at, "ld"), [at.bitcast(settings, ir.IntType(8).as_pointer())])
        return context.get_dummy_value()

    return types.void(types.int64), generate


def _register(at: ir.IRBuilder, way: str) -> ir.Function:
    name = f"llvm.x86.sse.{way}mxcsr"
    kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer()])
    return at.module.globals.get(name) or ir.Function(at.module, kind, name)


@intrinsic
def give_way(typingctx):
    """Let another thread of the machine run."""

    def generate(context, at, signature, args):
        name = "SwitchToThread" if "windows" in at.module.triple else "sched_yield"
        kind = ir.FunctionType(I32, [])
        at.call(at.module.globals.get(name) or ir.Function(at.module, kind, name), [])
        return context.get_dummy_value()

    return types.void(), generate
