from __future__ import annotations

import pytest

from tests.engines.cpu.processes import run

ON_ANOTHER = """
from glassnet.engines.cpu import compiling
compiling.processor = lambda: PROCESSOR
from glassnet.data.batches import Batches
from tests.engines.cpu.kernels.test_sparse import task_of
from tests.parity.random_networks import drawn
from tests.parity.steps import assert_parity
for number in (14, 42):
    assert_parity(*drawn(number), steps=3)
assert_parity(task_of(40), Batches(40, 16, shuffle=True, seed=0), steps=2)
"""


@pytest.mark.parametrize(
    "processor",
    [("x86-64-v3", "+avx,+avx2,+fma"), ("x86-64", "-avx,-sse4.1")],
    ids=["256 bits", "no AVX"],
)
def test_parity_on_a_processor_with_less(processor):
    run(ON_ANOTHER.replace("PROCESSOR", repr(processor)))
