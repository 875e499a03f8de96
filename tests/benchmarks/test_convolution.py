import ctypes

import llvmlite.binding as llvm
import pytest

from glassnet.benchmarks import convolution, peak


@pytest.mark.parametrize("lanes", [4, 8, 16])
def test_the_loop_does_its_multiply_adds(lanes):
    """sₖ starts at k: after one turn of ·½ + 1 the ten sums come to 45·½ + 10, after two to that ·½ + 10."""
    peak.compiled()  # gets LLVM ready
    machine = llvm.Target.from_default_triple().create_target_machine(opt=3)  # any processor can run this
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(peak.code(lanes)), machine)
    kind = ctypes.CFUNCTYPE(ctypes.c_float, ctypes.c_int64, ctypes.c_float, ctypes.c_float)
    loop = kind(engine.get_function_address("peak"))
    assert loop(1, 0.5, 1.0) == 32.5
    assert loop(2, 0.5, 1.0) == 26.25


def test_each_product_on_one_thread_and_on_all(monkeypatch):
    monkeypatch.setattr(convolution, "ROUNDS", 1)
    monkeypatch.setattr(convolution, "BATCH", 2)
    monkeypatch.setattr(peak, "TURNS", 1000)
    found = list(convolution.measure(2))
    products = ["forward", "kernel gradient", "input gradient"]
    assert [(one.product, one.threads) for one in found] == [(name, n) for n in (1, 2) for name in products]
    assert all(one.share > 0 for one in found)
    assert len({one.peak for one in found}) == 2
