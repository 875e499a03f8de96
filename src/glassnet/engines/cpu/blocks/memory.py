"""Memory by its address, and the few instructions that Python has no word for."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

I32, I64 = ir.IntType(32), ir.IntType(64)
LINE = 64  # bytes of a cache line


def _numbers(kind: Any, size: int) -> Any:
    """The numbers of a kind at an address, as an array (count,). Each takes so many bytes."""
    array = types.Array(kind, 1, "C")

    @intrinsic
    def numbers(typingctx, address, count):
        def generate(context, at, signature, args):
            made = make_array(array)(context, at)
            data = at.inttoptr(args[0], context.get_value_type(kind).as_pointer())
            populate_array(made, data, shape=[args[1]], strides=[I64(size)], itemsize=I64(size), meminfo=None)
            return made._getvalue()

        return array(types.int64, types.int64), generate

    return numbers


floats, doubles = _numbers(types.float32, 4), _numbers(types.float64, 8)
octets, halves = _numbers(types.uint8, 1), _numbers(types.int16, 2)
shorts, integers = _numbers(types.int32, 4), _numbers(types.int64, 8)


def _several(count: int) -> Any:
    """So many whole numbers of a row, from a place on, as a tuple."""

    @intrinsic
    def several(typingctx, row, first):
        def generate(context, at, signature, args):
            places = [at.add(args[1], I64(k)) for k in range(count)]
            return context.make_tuple(at, signature.return_type, [at.load(at.gep(args[0], [k])) for k in places])

        return types.UniTuple(types.int64, count)(types.CPointer(types.int64), types.int64), generate

    return several


seven, ten = _several(7), _several(10)


@intrinsic
def real(typingctx, bits):
    """The float64 whose bits stand in a whole number: how a tape holds such numbers."""

    def generate(context, at, signature, args):
        return at.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), generate


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


@intrinsic
def fetch(typingctx, address):
    """Have the cache line at an address brought while other work goes on."""

    def generate(context, at, signature, args):
        pointer = ir.IntType(8).as_pointer()
        name = "llvm.prefetch.p0"
        kind = ir.FunctionType(ir.VoidType(), [pointer, I32, I32, I32])
        known = at.module.globals.get(name) or ir.Function(at.module, kind, name)
        at.call(known, [at.inttoptr(args[0], pointer), I32(0), I32(3), I32(1)])  # to read, into all caches, data
        return context.get_dummy_value()

    return types.void(types.int64), generate


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
