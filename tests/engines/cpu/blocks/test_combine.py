from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines.cpu.blocks.combine import HEIGHTS, WIDEST
from tests.engines.cpu.bare import NAME
from tests.engines.cpu.calling import amid, assert_untouched, call

RANDOM = np.random.default_rng(1)


@pytest.mark.parametrize("rows", HEIGHTS)
@pytest.mark.parametrize("vectors", range(1, WIDEST + 1))
@pytest.mark.parametrize("stride", [1, 3])
def test_against_a_plain_loop(rows, vectors, stride):
    for count in (1, 2, 3, 10, 31):
        for width in (1, 9, 16):
            columns = 16 * (vectors - 1) + width
            pitch, out = columns + 5, columns + 2
            source = RANDOM.normal(size=40 + rows * pitch).astype(np.float32)
            numbers = RANDOM.normal(size=count * stride).astype(np.float32)
            places = RANDOM.integers(0, 40, count * stride).astype(np.int32)
            before = RANDOM.normal(size=rows * out).astype(np.float32)
            target = amid(before)
            call(
                f"{NAME}.sparse_product", rows, vectors, numbers, places, stride, count, source, pitch, target, out,
                width, hi=1,
            )  # fmt: skip
            wanted = before.reshape(rows, out).astype(float)
            for number, place in zip(numbers[::stride], places[::stride], strict=True):
                for r in range(rows):
                    wanted[r, :columns] += float(number) * source[place + r * pitch :][:columns]
            np.testing.assert_allclose(target.reshape(rows, out), wanted, rtol=0, atol=1e-5)
            np.testing.assert_array_equal(
                target.reshape(rows, out)[:, columns:], before.reshape(rows, out)[:, columns:]
            )
            assert_untouched(target)
