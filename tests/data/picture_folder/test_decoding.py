import threading
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest
from PIL import Image

from glassnet.data import memory, picture_file
from glassnet.data.picture_file import BYTES_A_PIXEL, open_fitted
from glassnet.data.picture_folder import decoding
from glassnet.data.picture_folder.decoding import Failure, Picture, decoded
from glassnet.errors import ParameterError
from glassnet.preparation import Fit
from tests.data.picture_folder.drawing import save, speckled


@pytest.fixture
def pictures(tmp_path):
    paths = [tmp_path / f"{k:02}.png" for k in range(50)]
    for k, path in enumerate(paths):
        save(path, speckled(k, (10 + k, 20)))
    return paths


def test_they_come_in_order_and_as_one_alone_does(pictures):
    fit = Fit(16, 16, 3)
    came = list(decoded(list(map(str, pictures)), fit))
    for k, (path, picture) in enumerate(zip(pictures, came, strict=True)):
        assert isinstance(picture, Picture)
        assert picture.pixels.tolist() == open_fitted(path, fit).tolist()
        assert (picture.size, picture.several_frames) == ((10 + k, 20), False)


def test_what_cannot_be_read_says_why(pictures, tmp_path):
    pictures[3].write_bytes(pictures[3].read_bytes()[:90])
    pictures[4].write_bytes(b"<html>")
    pictures[5].unlink()
    came = list(decoded(list(map(str, pictures)), Fit(8, 8)))
    assert [type(one) for one in came[2:7]] == [Picture, Failure, Failure, Failure, Picture]
    assert came[4] == Failure("it is a web page")
    assert came[5] == Failure("No such file or directory")


def test_row_22_several_frames(tmp_path):
    frames = [Image.fromarray(speckled(k, (8, 8))) for k in range(3)]
    for name in ("a.gif", "a.tif", "a.png", "a.webp"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        (picture,) = decoded([str(tmp_path / name)], Fit(8, 8))
        assert isinstance(picture, Picture)
        assert picture.several_frames, name
        if name in ("a.tif", "a.png"):  # which lose nothing
            assert picture.pixels.tolist() == speckled(0, (8, 8)).tolist()


def test_few_are_ahead_of_who_asks(pictures, monkeypatch):
    begun = []
    original = decoding._decode

    def note(path, fit, room):
        begun.append(path)
        return original(path, fit, room)

    monkeypatch.setattr(decoding, "_decode", note)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(decoding, "CHUNK", 2)
    with closing(decoded(list(map(str, pictures)), Fit(8, 8))) as came:
        next(came)
        assert len(begun) <= 2 * (decoding.AHEAD + 2)
    assert len(begun) < len(pictures)
    assert not [thread for thread in threading.enumerate() if "ThreadPool" in thread.name]


def test_remarks_of_the_decoder_are_not_passed_on(tmp_path):
    exif = b"Exif\0\0II*\0\x08\0\0\0\x09\0"  # says that nine entries follow, and ends
    Image.fromarray(speckled(0)).save(tmp_path / "odd.jpg", exif=exif)
    (picture,) = decoded([str(tmp_path / "odd.jpg")], Fit(8, 8))
    assert isinstance(picture, Picture)


@pytest.fixture
def little_memory(monkeypatch):
    """Room for two pictures of 40×40 that are decoded, and five of 16×16 in grey that wait."""
    token = memory._allowed.set(int(2.7 * 40 * 40 * BYTES_A_PIXEL))
    monkeypatch.setattr(decoding, "WAITING", 5 * 256 / memory.allowed())
    yield
    memory._allowed.reset(token)


def test_no_more_is_decoded_at_a_time_than_memory_is_allowed_for(tmp_path, monkeypatch, little_memory):
    paths = [str(tmp_path / f"{k:02}.png") for k in range(12)]
    for k, path in enumerate(paths):
        save(Path(path), speckled(k, (40, 40)))
    original, lock, now, counts = picture_file.decode, threading.Lock(), 0, []

    def decode(path, least, take):
        nonlocal now

        def note(size):
            nonlocal now
            take(size)
            with lock:
                now += 1
                counts.append(now)

        opened = original(path, least, take=note)
        sleep(0.01)
        with lock:
            now -= 1
        return opened

    monkeypatch.setattr(decoding, "decode", decode)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    came = list(decoded(paths, Fit(16, 16, 1)))
    assert [type(one) for one in came] == [Picture] * 12
    assert max(counts) == 2


def test_a_picture_that_takes_more_than_all_may_is_refused(tmp_path, little_memory):
    save(tmp_path / "large.png", speckled(0, (80, 80)))
    with pytest.raises(ParameterError, match=r"large.png' takes 1 MB of memory; 0 MB are there for it\. Allow"):
        list(decoded([str(tmp_path / "large.png")], Fit(16, 16)))
