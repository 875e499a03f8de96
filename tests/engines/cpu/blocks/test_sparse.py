from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines.cpu.blocks.sparse import WIDEST
from tests.engines.cpu.bare import NAME
from tests.engines.cpu.calling import amid, assert_untouched, call

RANDOM = np.random.default_rng(2)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 40, 64])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_list_of_what_is_not_zero(size, share):
    x = RANDOM.normal(size=size).astype(np.float32)
    x[RANDOM.random(size) >= share] = 0
    x[-1:] *= -0.0  # is zero too
    numbers, places = np.zeros(size + 16, np.float32), np.zeros(size + 16, np.int32)
    starts = np.full(size // 16 + 3, -7, np.int32)
    call(f"{NAME}.list_of", amid(x), size, 5, numbers, places, starts, hi=1)
    (wanted,) = np.nonzero(x)
    np.testing.assert_array_equal(numbers[: len(wanted)], x[wanted])
    np.testing.assert_array_equal(places[: len(wanted)], 5 * wanted)
    before = [int((wanted < 16 * k).sum()) for k in range(-(-size // 16) + 1)]
    assert starts[: len(before)].tolist() == before
    assert set(starts[len(before) :]) <= {-7}


def test_no_number_is_not_zero():
    x = np.array([0, np.nan, 0, np.inf, 1e-45], np.float32)
    numbers, places, starts = np.zeros(21, np.float32), np.zeros(21, np.int32), np.zeros(2, np.int32)
    call(f"{NAME}.list_of", x, 5, 1, numbers, places, starts, hi=1)
    assert places[: starts[1]].tolist() == [1, 3, 4]
    np.testing.assert_array_equal(numbers[: starts[1]], x[places[: starts[1]]])


@pytest.mark.parametrize("vectors", range(1, WIDEST + 1))
@pytest.mark.parametrize("width", [1, 9, 16])
def test_a_row_added_to_many_against_a_plain_loop(vectors, width):
    columns = 16 * (vectors - 1) + width
    for count in (1, 2, 7):
        source, numbers = RANDOM.normal(size=columns).astype(np.float32), RANDOM.normal(size=count).astype(np.float32)
        rows = RANDOM.integers(0, 5, count)  # the same row may come twice
        before = RANDOM.normal(size=5 * (columns + 3)).astype(np.float32)
        target = amid(before)
        places = (rows * (columns + 3)).astype(np.int32)
        call(f"{NAME}.scattered", vectors, numbers, places, count, amid(source), target, width, hi=1)
        wanted = before.reshape(5, -1).astype(float)
        for number, row in zip(numbers, rows, strict=True):
            wanted[row, :columns] += float(number) * source
        np.testing.assert_allclose(target.reshape(5, -1), wanted, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(target.reshape(5, -1)[:, columns:], before.reshape(5, -1)[:, columns:])
        assert_untouched(target)
