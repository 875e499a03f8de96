from __future__ import annotations

import numpy as np
import pytest

from glassnet.arrays import Layout, aligned_copy, aligned_zeros

LAYOUT = Layout([("dense_1", {"W": (2, 3), "b": (3,)}), ("flatten_1", {}), ("dense_2", {"W": (3, 1)})])


def test_places_follow_one_another():
    assert LAYOUT.size == 12
    views = LAYOUT.views(np.arange(12))
    assert views[0]["W"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert views[0]["b"].tolist() == [6, 7, 8]
    assert views[1] == {}
    assert views[2]["W"].tolist() == [[9], [10], [11]]


def test_names():
    assert list(LAYOUT.named(np.arange(12))) == ["dense_1.W", "dense_1.b", "dense_2.W"]


def test_views_write_into_the_vector():
    vector = np.zeros(12)
    LAYOUT.named(vector)["dense_1.b"][1] = 5
    LAYOUT.views(vector)[2]["W"][...] = 7
    assert vector.tolist() == [0] * 7 + [5, 0, 7, 7, 7]


def test_nothing_to_lay_out():
    empty = Layout([("flatten_1", {})])
    assert empty.size == 0
    assert empty.named(np.zeros(0)) == {}


@pytest.mark.parametrize("size", [0, 1, 7, 1000])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_vectors_begin_on_a_cache_line(size, kind):
    for _ in range(10):
        vector = aligned_zeros(size, np.dtype(kind))
        assert vector.shape == (size,)
        assert vector.dtype == kind
        assert not vector.any()
        assert not size or vector.ctypes.data % 64 == 0


def test_an_aligned_copy_stands_alone():
    vector = np.arange(5.0)[::-1]
    copy = aligned_copy(vector)
    np.testing.assert_array_equal(copy, vector)
    assert copy.ctypes.data % 64 == 0
    copy[0] = 99
    assert vector[0] == 4
