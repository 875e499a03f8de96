from __future__ import annotations

import numpy as np
import pytest

from glassnet.functions.windows import crop, fold, pad, same_padding, slices
from tests.numeric import spread


@pytest.mark.parametrize(
    ("length", "size", "stride", "padding"),
    [
        (5, 3, 1, (1, 1)),  # (5 − 1)·1 + 3 − 5 = 2
        (5, 2, 1, (0, 1)),  # 1 in all: the odd one after
        (5, 3, 2, (1, 1)),  # ⌈5/2⌉ = 3 windows need 2·2 + 3 = 7 pixels
        (6, 3, 2, (0, 1)),  # 3 windows: 7 pixels of 6
        (6, 2, 2, (0, 0)),
        (7, 1, 3, (0, 0)),  # 3 windows need 2·3 + 1 = 7
        (5, 2, 3, (0, 0)),  # 2 windows need 3 + 2 = 5
        (3, 5, 1, (2, 2)),  # a window larger than the picture
        (1, 4, 2, (1, 2)),
    ],
)
def test_same_padding_by_hand(length, size, stride, padding):
    assert same_padding(length, size, stride) == padding
    assert (length + sum(padding) - size) // stride + 1 == -(-length // stride)


def test_pad_and_crop():
    x = np.arange(1, 5).reshape(1, 2, 2, 1)
    padded = pad(x, (1, 0), (0, 2))
    assert padded[0, :, :, 0].tolist() == [[0, 0, 0, 0], [1, 2, 0, 0], [3, 4, 0, 0]]
    np.testing.assert_array_equal(crop(padded, (1, 0), (0, 2)), x)
    assert pad(x, (0, 0), (0, 0)) is x


def test_slices_by_hand():
    # 1 2 3      a 2×2 window has four places; slice k holds the pixel at offset k of each
    # 4 5 6
    # 7 8 9
    x = np.arange(1, 10).reshape(1, 3, 3, 1)
    shifted = [piece[0, :, :, 0].tolist() for piece in slices(x, (2, 2), (1, 1))]
    assert shifted == [[[1, 2], [4, 5]], [[2, 3], [5, 6]], [[4, 5], [7, 8]], [[5, 6], [8, 9]]]


def test_slices_with_stride_leave_the_rest_out():
    x = np.arange(5).reshape(1, 1, 5, 1)
    assert [piece.ravel().tolist() for piece in slices(x, (1, 2), (1, 2))] == [[0, 2], [1, 3]]  # 4 is left out


def test_slices_are_views():
    x = spread((1, 4, 4, 2), 0)
    assert all(np.shares_memory(x, piece) for piece in slices(x, (2, 3), (2, 1)))


def test_fold_by_hand():
    # each place of a 1×2 window over 3 pixels gives to both of its pixels: the middle one gets from both
    pieces = [np.array([1.0, 10.0]).reshape(1, 1, 2, 1), np.array([100.0, 1000.0]).reshape(1, 1, 2, 1)]
    assert fold(pieces, np.zeros((1, 1, 3, 1)), (1, 2), (1, 1)).ravel().tolist() == [1, 110, 1000]


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 3), (4, 1)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (3, 2)])
def test_fold_is_the_adjoint_of_slices(size, stride):
    """⟨slices(x), y⟩ = ⟨x, fold(y)⟩, exactly in whole numbers."""
    random = np.random.default_rng(1)
    x = random.integers(-9, 10, (2, 5, 6, 3))
    pieces = slices(x, size, stride)
    ys = [random.integers(-9, 10, piece.size).reshape(piece.shape) for piece in pieces]
    forward = sum((piece * y).sum() for piece, y in zip(pieces, ys, strict=True))
    folded = fold(ys, x, size, stride)
    assert folded.shape == x.shape
    assert (x * folded).sum() == forward
