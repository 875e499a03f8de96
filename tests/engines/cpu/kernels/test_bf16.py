"""Rounding, and the product of what was rounded. The naive rounding is that of ml_dtypes, which comes with JAX."""

from __future__ import annotations

import numpy as np
import pytest
from ml_dtypes import bfloat16

from tests.engines.cpu.calling import HAS_BF16, amid, assert_untouched, call, product

RANDOM = np.random.default_rng(2)
SPECIAL = np.array(
    [
        0.0,
        -0.0,
        1.0,
        1.00390625,
        1.01171875,
        -1.00390625,
        1 + 2**-7,
        3.4028235e38,
        -3.4028235e38,
        np.inf,
        -np.inf,
        1e-40,
    ],
    np.float32,
)  # 1 + 1/256 lies between 1 and 1 + 1/128, and goes to the even 1; 1 + 3/256 goes up to the even 1 + 1/64


def rounded(x):
    return x.astype(bfloat16).view(np.uint16)


def test_the_naive_rounding_does_what_it_should():
    assert SPECIAL.astype(bfloat16).astype(float).tolist()[:7] == [0, 0, 1, 1, 1.015625, -1, 1.0078125]
    assert SPECIAL.astype(bfloat16).astype(float).tolist()[7:11] == [np.inf, -np.inf, np.inf, -np.inf]


@pytest.mark.parametrize("size", [1, 2, 7, 16, 33, 100])
def test_rows_are_rounded_to_the_nearest_and_filled_up_to_pairs(size):
    for rows in (1, 3):
        x = amid(np.resize(np.concatenate([SPECIAL, RANDOM.normal(size=200)]), rows * size).astype(np.float32))
        pairs = -(-size // 2)
        y = amid(np.full(rows * pairs, 7, np.float32))
        call("bf16.rounded", x, y, size, hi=rows)
        halves = y.view(np.uint16).reshape(rows, 2 * pairs)
        np.testing.assert_array_equal(halves[:, :size], rounded(x).reshape(rows, size))
        assert not halves[:, size:].any()
        assert_untouched(y)


@pytest.mark.parametrize("rows", [1, 2, 5, 8])
def test_rows_side_by_side(rows):
    for size in (1, 16, 37):
        x = amid(np.resize(np.concatenate([SPECIAL, RANDOM.normal(size=200)]), rows * size).astype(np.float32))
        pairs = -(-rows // 2)
        wanted = np.zeros((2 * pairs, size), np.uint16)
        wanted[:rows] = rounded(x).reshape(rows, size)
        for told, samples in ((rows, 0), (-1, rows)):
            y = amid(np.full(pairs * size, 7, np.float32))
            call("bf16.paired", x, y, size, told, hi=pairs + 3, samples=samples)  # units of a larger batch do nothing
            halves = y.view(np.uint16).reshape(pairs, size, 2)
            np.testing.assert_array_equal(halves.transpose(0, 2, 1).reshape(2 * pairs, size), wanted)
            assert_untouched(y)


@pytest.mark.parametrize("gap", [1, 6, 10, 20, 21, 30])
@pytest.mark.parametrize("kept", [1, 10, 20])
def test_each_number_beside_one_further_on(gap, kept):
    samples, groups, size = 2, 3, 20
    x = RANDOM.normal(size=(samples, groups, size)).astype(np.float32)
    further = np.zeros((samples, groups, size), np.uint16)
    further[..., : max(0, size - gap)] = rounded(x)[..., gap:]
    y = amid(np.full(samples * groups * kept, 7, np.float32))
    call("bf16.overlapping", x, y, size, gap, kept, groups, hi=samples)
    wanted = np.stack([rounded(x), further], -1)[:, :, :kept]
    np.testing.assert_array_equal(y.view(np.uint16).reshape(wanted.shape), wanted)
    assert_untouched(y)


@pytest.mark.parametrize("kernel", ["bf16.rounded", "bf16.paired"])
def test_no_number_stays_no_number(kernel):
    x = np.array([0x7F800001, 0xFF800001, 0x7FFFFFFF, 0xFFFFFFFF], np.uint32).view(np.float32)
    y = np.zeros(4, np.float32)
    call(kernel, x, y, 4, 1, hi=1)
    halves = y.view(np.uint16)[: 4 if kernel == "bf16.rounded" else 8 : 1 if kernel == "bf16.rounded" else 2]
    assert np.isnan(halves.view(bfloat16).astype(np.float32)).all()


@pytest.mark.skipif(not HAS_BF16, reason="this processor has no AVX512-BF16")
@pytest.mark.parametrize("rows", [1, 2, 5, 12, 13, 14, 29, 40])
def test_the_product_of_pairs_against_float64(rows):
    for columns in (1, 10, 16, 17, 32, 33, 70):
        inner = 1 + (7 * rows + columns) % 50
        x, W, b = (RANDOM.normal(size=size).astype(np.float32) for size in ((rows, inner), (inner, columns), columns))
        pairs = -(-inner // 2)
        A, B = np.zeros(rows * pairs, np.float32), np.zeros(pairs * columns, np.float32)
        call("bf16.rounded", x, A, inner, hi=rows)
        call("bf16.paired", W, B, columns, inner, hi=pairs)
        y = amid(np.zeros(rows * columns, np.float32))
        product(
            A.ctypes.data, pairs, 1, 0, B.ctypes.data, columns, 0, pairs, 1, b.ctypes.data, 0, y.ctypes.data, columns,
            rows, columns, floor=-np.inf, kernel="product.product_of_pairs",
        )  # fmt: skip
        wanted = x.astype(bfloat16).astype(float) @ W.astype(bfloat16).astype(float) + b
        error = np.linalg.norm(y.reshape(rows, columns) - wanted)
        assert error <= 1e-5 * np.linalg.norm(wanted) + 1e-7
        assert_untouched(y)
