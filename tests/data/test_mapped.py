import resource
import sys

import numpy as np
import pytest

from glassnet.data.mapped import AROUND, PIECE, at_once, let_go, pieces
from glassnet.data.memory import picture_memory


@pytest.fixture
def stored(tmp_path):
    """64 MiB in a file."""
    path = tmp_path / "x"
    np.arange(2**24, dtype=np.uint32).tofile(path)
    return path


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def test_memory_is_given_back_and_the_numbers_stay(stored):
    x = np.memmap(stored, np.uint32, "r").reshape(4096, -1)
    before = resident()
    total = int(x.sum(dtype=np.uint64))
    assert resident() - before > 2**25
    let_go(x[10:20])
    assert resident() - before < 2**24
    assert int(x.sum(dtype=np.uint64)) == total == 2**24 * (2**24 - 1) // 2


def test_what_was_written_into_a_mapped_file_is_kept(stored):
    for mode in ("c", "r+"):
        x = np.memmap(stored, np.uint32, mode)
        x[:] = 7
        let_go(x)
        assert (x == 7).all()


def test_any_other_array_is_left_alone():
    x = np.arange(6).reshape(2, 3)
    let_go(x[1:])
    assert x.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_pieces_are_all_samples_in_order_and_little_memory_at_a_time(stored):
    x = np.memmap(stored, np.uint32, "r").reshape(-1, 1024, 4)[:4000]
    before, most, seen = resident(), 0, []
    for piece in pieces(x):
        assert piece.nbytes <= PIECE
        seen.append(int(piece.sum(dtype=np.uint64)))
        most = max(most, resident() - before)
    assert sum(seen) == int(x.sum(dtype=np.uint64))
    assert most < 2 * PIECE


def test_a_sample_larger_than_a_piece(monkeypatch):
    monkeypatch.setattr("glassnet.data.mapped.PIECE", 4)
    assert [piece.tolist() for piece in pieces(np.arange(6).reshape(2, 3))] == [[[0, 1, 2]], [[3, 4, 5]]]
    assert list(pieces(np.empty((0, 3)))) == []


def test_as_many_samples_at_once_as_memory_is_allowed_for(stored):
    x = np.memmap(stored, np.uint32, "r").reshape(-1, 1024)
    assert at_once(x) == at_once(np.array(x)) == sys.maxsize
    with picture_memory(64_000_000):
        assert at_once(x) == 16_000_000 // (4096 + AROUND)
        assert at_once(x[:3000]) == at_once(np.array(x)) == sys.maxsize


def test_so_many_samples_from_anywhere_take_no_more_than_that(stored):
    x = np.memmap(stored, np.uint32, "r").reshape(-1, 64)
    let_go(x)
    with picture_memory(64_000_000):
        rows = np.random.default_rng(0).permutation(len(x))[: at_once(x)]
        before = resident()
        some = x[rows]
        assert 2**20 < resident() - before - some.nbytes < 16_000_000
