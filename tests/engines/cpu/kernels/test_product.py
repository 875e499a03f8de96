from __future__ import annotations

import numpy as np
import pytest

from tests.engines.cpu.calling import amid, assert_untouched, product

RANDOM = np.random.default_rng(0)


def address(array, offset=0):
    return array.ctypes.data + 4 * offset


def numbers(*shape):
    return amid(RANDOM.normal(size=int(np.prod(shape))).astype(np.float32))


def assert_close(got, wanted, length):
    """Each sum of `length` products of numbers about 1, as near as float32 comes."""
    np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-6 * (length + 8))


@pytest.mark.parametrize("rows", range(1, 41))
def test_every_size_as_a_dense_layer_asks_for_it(rows):
    for columns in range(1, 71):
        inner = 1 + (7 * rows + columns) % 50
        x, W, b = numbers(rows, inner), numbers(inner, columns), numbers(columns)
        y = amid(np.zeros(rows * columns, np.float32))
        product(
            address(x), inner, 1, 0, address(W), columns, 0, inner, 1, address(b), 0, address(y), columns, rows,
            columns, floor=-np.inf,
        )  # fmt: skip
        wanted = x.reshape(rows, inner).astype(float) @ W.reshape(inner, columns) + b
        assert_close(y.reshape(rows, columns), wanted, inner)
        assert_untouched(y)


@pytest.mark.parametrize("inner", range(1, 51))
def test_every_length_of_the_sums(inner):
    for rows, columns in [(1, 1), (13, 32), (14, 33), (29, 10)]:
        x, W, b = numbers(rows, inner), numbers(inner, columns), numbers(columns)
        y = amid(np.zeros(rows * columns, np.float32))
        product(
            address(x), inner, 1, 0, address(W), columns, 0, inner, 1, address(b), 0, address(y), columns, rows,
            columns, floor=0.25,
        )  # fmt: skip
        wanted = np.maximum(x.reshape(rows, inner).astype(float) @ W.reshape(inner, columns) + b, 0.25)
        assert_close(y.reshape(rows, columns), wanted, inner)


@pytest.mark.parametrize(("samples", "inputs", "outputs"), [(1, 1, 1), (7, 30, 11), (32, 14, 70), (50, 5, 33)])
def test_the_strides_of_a_weight_gradient(samples, inputs, outputs):
    x, dy, zeros = numbers(samples, inputs), numbers(samples, outputs), np.zeros(outputs, np.float32)
    dW = amid(np.zeros(inputs * outputs, np.float32))
    product(
        address(x), 1, inputs, 0, address(dy), outputs, 0, samples, 1, address(zeros), 0, address(dW), outputs,
        inputs, outputs, floor=-np.inf,
    )  # fmt: skip
    wanted = x.reshape(samples, inputs).T.astype(float) @ dy.reshape(samples, outputs)
    assert_close(dW.reshape(inputs, outputs), wanted, samples)
    assert_untouched(dW)


@pytest.mark.parametrize(("size", "kernel", "channels", "filters"), [(9, 3, 1, 32), (8, 2, 5, 7), (13, 3, 32, 64)])
def test_the_strides_of_a_convolution(size, kernel, channels, filters):
    x, W, b = numbers(size, size, channels), numbers(kernel, kernel, channels, filters), numbers(filters)
    places = size - kernel + 1
    y = amid(np.zeros(places * places * filters, np.float32))
    for u in range(places):
        product(
            address(x, u * size * channels), channels, 1, size * channels,
            address(W), filters, kernel * channels * filters, kernel * channels, kernel,
            address(b), 0, address(y, u * places * filters), filters, places, filters, floor=-np.inf,
        )  # fmt: skip
    windows = np.lib.stride_tricks.sliding_window_view(x.reshape(size, size, channels), (kernel, kernel), (0, 1))
    wanted = np.einsum("uvcij,ijco->uvo", windows.astype(float), W.reshape(kernel, kernel, channels, filters)) + b
    assert_close(y.reshape(places, places, filters), wanted, kernel * kernel * channels)
    assert_untouched(y)


def test_sums_that_begin_with_what_stands_there():
    A, B, C = numbers(29, 3), numbers(3, 40), numbers(29, 40)
    wanted = C.reshape(29, 40) + A.reshape(29, 3).astype(float) @ B.reshape(3, 40)
    product(
        address(A), 3, 1, 0, address(B), 40, 0, 3, 1, address(C), 40, address(C), 40, 29, 40, floor=-np.inf
    )  # fmt: skip
    assert_close(C.reshape(29, 40), wanted, 3)  # each once: no tile took what another had added already


def test_no_number_is_no_number_above_any_floor():
    A, B, zeros, C = numbers(3, 2), numbers(2, 5), np.zeros(5, np.float32), amid(np.zeros(15, np.float32))
    A[2], B[1] = np.nan, np.inf
    product(address(A), 2, 1, 0, address(B), 5, 0, 2, 1, address(zeros), 0, address(C), 5, 3, 5, floor=0.0)
    C = C.reshape(3, 5)
    assert np.isnan(C[1]).all()
    assert np.isinf(C[0, 1]) or C[0, 1] == 0  # ±∞ under the floor
    assert np.isfinite(C[[0, 2]][:, [0, 2, 3, 4]]).all()
