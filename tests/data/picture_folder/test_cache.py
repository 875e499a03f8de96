import os
import shutil

import numpy as np
import pytest

from glassnet.atomic import SUFFIX
from glassnet.data.picture_folder import cache
from glassnet.errors import OutputError

PIXELS = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)


def put(key="k", pixels=PIXELS, content=None):
    return cache.keep(key, content or {"names": ["мой", "\udcff"]}, pixels.shape, lambda: [pixels[:1], pixels[1:]])


def test_what_is_kept_is_found_again(kept):
    stored = put()
    found = cache.find("k")
    assert found
    assert stored.content == found.content == {"names": ["мой", "\udcff"]}
    assert found.pixels.tolist() == stored.pixels.tolist() == PIXELS.tolist()
    assert isinstance(found.pixels, np.memmap)
    assert not found.pixels.flags.writeable
    assert [path.name for path in kept.iterdir()] == ["k"]
    assert cache.find("other") is None


def test_nothing_of_a_damaged_file_is_found(kept):
    put()
    whole = (kept / "k").read_bytes()
    for damaged in (
        b"",
        whole[:20],
        whole[:100],
        whole[:-1],
        whole + b"x",
        b"X" + whole[1:],
        whole[:70] + b"?" + whole[71:],
        whole.replace(b"043c", b"043d"),  # another letter in a name
        whole[:52] + (2**63).to_bytes(8, "little") + whole[60:],
        b"\0" * len(whole),
    ):
        (kept / "k").write_bytes(damaged)
        assert cache.find("k") is None
    put()
    assert cache.find("k")


def test_a_folder_that_cannot_be_written_is_done_without(kept, monkeypatch):
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a file in its place")
    stored = put()
    assert stored.pixels.tolist() == PIXELS.tolist()
    assert cache.find("k") is None


def test_a_write_that_fails_is_done_without(kept, monkeypatch):
    def no_space(path):
        raise OutputError("Cannot write: No space left on device.")

    monkeypatch.setattr(cache, "atomic_write", no_space)
    assert put().pixels.tolist() == PIXELS.tolist()
    assert list(kept.iterdir()) == []


def test_no_room_anywhere(monkeypatch):
    full = shutil.disk_usage("/")._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: full)
    with pytest.raises(OutputError, match=r"need 3\.0 GiB on the disk once they are fitted; there is no such room in"):
        cache.roomy(3 * 2**30)


def test_the_oldest_are_forgotten(kept, monkeypatch):
    put("k0")
    monkeypatch.setattr(cache, "MOST", 2 * (kept / "k0").stat().st_size + PIXELS.size)
    for k in range(5):
        put(f"k{k}")
        os.utime(kept / f"k{k}", (k, k))
        if k == 3:
            cache.find("k1")  # used again, and now the newest
    assert len(list(kept.iterdir())) == 3
    assert cache.find("k1")
    assert cache.find("k4")
    assert cache.find("k0") is None


def test_what_was_mapped_stays_when_it_is_forgotten(kept):
    stored = put()
    (kept / "k").unlink()
    assert stored.pixels.tolist() == PIXELS.tolist()


def test_row_79_what_a_dead_process_left_is_removed(kept):
    put()
    for name, age in (("old", 100_000), ("new", 10)):
        path = kept / f".{name}{SUFFIX}"
        path.write_bytes(b"half")
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    put("other")
    assert sorted(path.name for path in kept.iterdir()) == [f".new{SUFFIX}", "k", "other"]
