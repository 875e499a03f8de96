"""The most multiply-adds that this processor can do: a loop that leaves its registers for nothing."""

from __future__ import annotations

import ctypes
import threading
from functools import cache
from time import perf_counter
from typing import Any

SUMS = 10  # more than a multiply-add takes turns of the clock, times the two that can begin in each
TURNS = 4_000_000
_engines: list[Any] = []  # the code lives as long as they do


def peak(threads: int) -> float:
    """Floating-point operations a second in float32, a multiply-add being two, the best of three."""
    loop, lanes = compiled()
    best = 0.0
    for _ in range(3):
        running = [threading.Thread(target=loop, args=(TURNS, 0.5, 1.0)) for _ in range(threads - 1)]
        began = perf_counter()
        for one in running:
            one.start()
        loop(TURNS, 0.5, 1.0)  # calls through ctypes let other threads run
        for one in running:
            one.join()
        best = max(best, 2 * lanes * SUMS * TURNS * threads / (perf_counter() - began))
    return best


@cache
def compiled() -> tuple[Any, int]:
    """The loop as a function (turns, a, b), and how many numbers a register holds."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features()
    lanes = 16 if features.get("avx512f") else 8 if features.get("avx") else 4
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features.flatten(), opt=3
    )
    module = llvm.parse_assembly(code(lanes))
    engine = llvm.create_mcjit_compiler(module, machine)
    kind = ctypes.CFUNCTYPE(ctypes.c_float, ctypes.c_int64, ctypes.c_float, ctypes.c_float)
    function = kind(engine.get_function_address("peak"))
    _engines.append(engine)
    return function, lanes


def code(lanes: int) -> str:
    """sₖ ← sₖ·a + b for SUMS vectors of so many numbers, as LLVM code; gives one number of their sum."""
    from llvmlite import ir

    i64, f32 = ir.IntType(64), ir.FloatType()
    vector = ir.VectorType(f32, lanes)
    module = ir.Module()
    function = ir.Function(module, ir.FunctionType(f32, [i64, f32, f32]), "peak")
    function.attributes._known = function.attributes._known | {'"prefer-vector-width"="512"'}
    function.attributes.add('"prefer-vector-width"="512"')
    fma = ir.Function(module, ir.FunctionType(vector, [vector] * 3), f"llvm.fmuladd.v{lanes}f32")
    entry, loop, end = (function.append_basic_block(name) for name in ("entry", "loop", "end"))
    turns, *scalars = function.args

    at = ir.IRBuilder(entry)
    nothing, first = ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
    a, b = (at.shuffle_vector(at.insert_element(nothing, one, i64(0)), nothing, first) for one in scalars)
    at.branch(loop)

    at = ir.IRBuilder(loop)
    turn, sums = at.phi(i64), [at.phi(vector) for _ in range(SUMS)]
    turn.add_incoming(i64(0), entry)
    after = at.add(turn, i64(1))
    turn.add_incoming(after, loop)
    news = [at.call(fma, [one, a, b]) for one in sums]
    for k, (one, new) in enumerate(zip(sums, news, strict=True)):
        one.add_incoming(ir.Constant(vector, [float(k)] * lanes), entry)  # else all sums would be one
        one.add_incoming(new, loop)
    at.cbranch(at.icmp_signed("<", after, turns), loop, end)

    at = ir.IRBuilder(end)
    total = news[0]
    for one in news[1:]:
        total = at.fadd(total, one)
    at.ret(at.extract_element(total, i64(0)))
    return str(module)
