import json
import shutil
import subprocess
import sys
import warnings

import numpy as np
import pytest
from PIL import Image

from glassnet.data import load_data, unpack_folder, write_idx
from glassnet.data.picture_folder import PictureWarning, cache, read_picture_folder, reading
from glassnet.data.splits import hold_out
from glassnet.errors import DataFileError
from glassnet.preparation import DigitBox, Fit, Scale
from tests.data.picture_folder.drawing import fill, save, speckled


@pytest.fixture
def pets(tmp_path):
    return fill(tmp_path / "pets")


def quietly(folder, *args):
    """Read a folder that something is wrong with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PictureWarning)
        return read_picture_folder(folder, *args)


def names(part):
    """Of the samples, in their order."""
    assert part.names is not None
    return part.names.tolist()


def test_a_folder_becomes_data(pets):
    train, test = load_data(pets)
    assert (train.name, train.classes) == ("pets", ("cat", "dog"))
    assert (train.x.shape, test.x.shape) == ((16, 20, 20, 3), (4, 20, 20, 3))
    assert train.preparation == test.preparation
    assert train.preparation.steps == (Fit(20, 20, 3),)
    assert train.preparation.scale(np.array([0, 255], np.uint8), np.float32).tolist() == [-1, 1]
    assert np.bincount(train.y).tolist() == [8, 8]
    assert sorted(names(train) + names(test)) == [f"{name}/{k:02}.png" for name in ("cat", "dog") for k in range(10)]
    for part in (train, test):
        for x, label, name in zip(part.x, part.labels, names(part), strict=True):
            assert name.startswith(label)
            assert (x == np.asarray(Image.open(pets / name))).all()


def test_what_a_person_is_told(pets):
    save(pets / "cat" / "again.png", speckled(3))
    (pets / "dog" / "notes.txt").write_text("about them")
    frames = [Image.fromarray(speckled(k + 500)) for k in range(2)]
    frames[0].save(pets / "dog" / "moves.gif", save_all=True, append_images=frames[1:])
    assert load_data(pets).train.notes == (
        "22 pictures of 2 classes: cat 11, dog 11.",
        "All are 20×20 pixels, and the network sees them so, in colour.",
        "17 are to learn from, 4 for the test, divided by what they show.",
        "1 copy is left out, so that no picture is on both sides or counts twice: cat/again.png.",
        "Of files with several frames the first is taken: dog/moves.gif.",
        "No pictures of a class, and passed over: dog/notes.txt.",
    )
    save(pets / "dog" / "large.png", speckled(9, (300, 400)))
    assert load_data(pets).train.notes[1] == (
        "They are 20×20 to 400×300 pixels large; the network sees them in colour, fitted into 32×32."
    )


def test_the_second_time_nothing_is_decoded(pets, monkeypatch):
    first = load_data(pets)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_decode_all", None)
        second = load_data(pets)
    for one, other in zip(first, second, strict=True):
        assert one.fingerprint == other.fingerprint
        assert names(one) == names(other)
        assert one.notes == other.notes
    (pets / "cat" / "00.png").rename(pets / "cat" / "renamed.png")
    assert load_data(pets).train.fingerprint == first.train.fingerprint
    shutil.move(pets, pets.with_name("moved"))
    assert load_data(pets.with_name("moved")).train.fingerprint == first.train.fingerprint


@pytest.mark.parametrize("change", ["content", "more", "fewer", "field"])
def test_another_folder_is_decoded_anew(pets, kept, change):
    before = load_data(pets)
    if change == "content":
        save(pets / "cat" / "00.png", speckled(77))
    elif change == "more":
        save(pets / "cat" / "x.png", speckled(78))
    elif change == "fewer":
        (pets / "cat" / "00.png").unlink()
    after = load_data(pets, 0, (24, 24) if change == "field" else None)
    assert len(list(kept.iterdir())) == 2
    assert before.train.fingerprint != after.train.fingerprint
    assert after.train.sample_shape == ((24, 24, 3) if change == "field" else (20, 20, 3))


def test_a_broken_or_read_only_cache_is_done_without(pets, kept):
    fingerprint = load_data(pets).train.fingerprint
    (path,) = kept.iterdir()
    path.write_bytes(path.read_bytes()[:100])
    assert load_data(pets).train.fingerprint == fingerprint
    shutil.rmtree(kept)
    kept.write_bytes(b"in the way")
    assert load_data(pets).train.fingerprint == fingerprint


def test_two_processes_at_once(pets, kept):
    program = f"from glassnet import load_data; print(load_data({str(pets)!r}).train.fingerprint)"
    both = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {process.communicate()[0] for process in both}
    assert said == {load_data(pets).train.fingerprint + "\n"}
    assert len(list(kept.iterdir())) == 1


def test_the_same_picture_is_never_on_both_sides(pets):
    for k in range(10):
        shutil.copy(pets / "cat" / f"{k:02}.png", pets / "cat" / f"copy of {k}.png")
        Image.open(pets / "dog" / f"{k:02}.png").save(pets / "dog" / f"{k}.bmp")  # other bytes, the same pixels
    train, test = load_data(pets)
    learnt = {x.tobytes() for x in train.x}
    assert not learnt & {x.tobytes() for x in test.x}
    assert len(learnt) + len(test) == len(train) + len(test) == 20
    kept, held = hold_out(train, 0.25, 0)
    assert held
    assert not {x.tobytes() for x in kept.x} & {x.tobytes() for x in held.x}


def test_pictures_that_differ_in_one_pixel_are_two(pets):
    pixels = speckled(3)
    pixels[-1, -1] ^= 1
    save(pets / "cat" / "nearly.png", pixels)
    assert sum(map(len, load_data(pets))) == 21


def test_a_split_that_the_folder_has_is_kept_but_for_pictures_on_both_sides(tmp_path):
    fill(tmp_path / "p" / "train")
    save(tmp_path / "p" / "test" / "cat" / "1.png", speckled(3))  # as train/cat/03.png
    save(tmp_path / "p" / "test" / "dog" / "1.png", speckled(5000))
    train, test = load_data(tmp_path / "p")
    assert sorted(names(test)) == ["test/cat/1.png", "test/dog/1.png"]
    assert len(train) == 19
    assert "train/cat/03.png" not in names(train)


def test_what_is_held_out_of_it_are_the_last_ones_and_nothing_is_copied(pets):
    train = load_data(pets).train
    kept, held = hold_out(train, 0.25, 0)
    assert held
    assert (len(kept), len(held)) == (12, 4)
    assert np.bincount(held.y).tolist() == [2, 2]
    assert np.shares_memory(kept.x, train.x)
    assert np.shares_memory(held.x, train.x)
    assert names(held) == names(train)[12:]
    again = hold_out(train, 0.25, 9)[1]
    assert again
    assert again.fingerprint == held.fingerprint


def test_a_few_broken_ones_are_left_out_and_named(pets):
    (pets / "cat" / "00.png").write_bytes(b"")
    (pets / "dog" / "00.png").write_bytes((pets / "dog" / "01.png").read_bytes()[:200])
    (pets / "dog" / "page.png").write_bytes(b"<html>")
    (pets / "dog" / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic")
    said = (
        r"pets': 4 of 22 pictures cannot be read and are left out: cat/00\.png \(it is empty\), dog/00\.png \(.*\), "
        r"dog/page\.png \(it is a web page\) and 1 more\."
    )
    for _ in range(2):  # out of the cache as well
        with pytest.warns(PictureWarning, match=said):
            train, test = load_data(pets)
        assert len(train) + len(test) == 18


def test_a_picture_of_two_classes_is_left_out_and_named(pets):
    shutil.copy(pets / "cat" / "04.png", pets / "dog" / "oh.png")
    with pytest.warns(
        PictureWarning, match=r"2 pictures lie in two classes and are left out: cat/04\.png, dog/oh\.png"
    ):
        train, test = load_data(pets)
    assert len(train) + len(test) == 19


def test_mostly_broken_ones_are_refused(pets):
    for k in range(10):
        (pets / "cat" / f"{k:02}.png").write_bytes(b"no picture")
    (pets / "dog" / "03.png").write_bytes(b"%PDF")
    with pytest.raises(
        DataFileError, match=r"11 of 20 pictures cannot be read: cat/00\.png \(.*\) and 8 more\. Replace"
    ):
        load_data(pets)


def test_a_class_that_nothing_is_left_of(pets):
    shutil.rmtree(pets / "cat")
    shutil.copytree(pets / "dog", pets / "cat")
    for name in ("cow", "hen"):
        fill(pets, (name,))
    with pytest.raises(DataFileError, match=r"of cat, cow, dog and 1 more no picture is left to learn from"):
        quietly(pets)


def test_too_few_to_test(tmp_path):
    fill(tmp_path / "few", count=1)
    with pytest.raises(DataFileError, match="few': 2 pictures are too few to hold some out for a test"):
        load_data(tmp_path / "few")


@pytest.mark.parametrize("colour", [True, False])
def test_row_20_and_23_pictures_with_nothing_in_them(tmp_path, colour):
    for name, value in (("black", 0), ("white", 255)):
        for k, size in enumerate([(1, 1), (1, 10_000), (10_000, 1), (9, 9), (64, 60)]):
            pixels = speckled(k, size, colour)
            pixels[:] = value
            save(tmp_path / "p" / name / f"{k}.png", pixels)
    with pytest.raises(DataFileError, match="too few to hold some out"):  # all of a class look alike
        load_data(tmp_path / "p")


def test_row_21_pictures_of_every_kind_give_what_they_show(tmp_path):
    pixels = np.full((24, 32, 3), (200, 60, 30), np.uint8)
    pixels[:12, :16] = (20, 90, 220)
    picture = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x0112] = 6
    kinds = {
        "a.png": picture,
        "b.webp": picture,
        "c.tif": picture.convert("CMYK"),
        "d.png": picture.convert("RGBA"),
        "e.bmp": picture,
        "f.jpg": picture,
        "g.jp2": picture,
    }
    for name, one in kinds.items():
        (tmp_path / "p" / "same").mkdir(parents=True, exist_ok=True)
        one.save(tmp_path / "p" / "same" / name, **({"lossless": True} if name == "b.webp" else {"quality": 100}))
    picture.rotate(90, expand=True).save(tmp_path / "p" / "same" / "h.jpg", exif=exif, quality=100)
    fill(tmp_path / "p", ("other",), size=(24, 32))
    train, test = load_data(tmp_path / "p")
    seen = {name: x for part in (train, test) for name, x in zip(names(part), part.x, strict=True)}
    same = [x for name, x in seen.items() if name.startswith("same")]
    assert len(same) >= 2  # those with lossless pixels are one
    for x in same:
        assert np.abs(x.astype(int) - pixels)[6::12, 8::16].max() < 20  # in the middle of each quarter


def test_digits_as_mnist_holds_them_are_known_as_such(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (60, 28, 28), np.uint8)
    write_idx(tmp_path / "train-images-idx3-ubyte", images)
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.arange(60, dtype=np.uint8) % 10)
    unpack_folder(tmp_path, tmp_path / "pictures")
    train, test = load_data(tmp_path / "pictures")
    assert train.classes == test.classes == tuple(range(10))
    assert train.preparation.steps == (DigitBox(28, 20, "mass", 255),)
    assert train.preparation.scale == Scale(1 / 255)
    assert sorted(x.tobytes() for part in (train, test) for x in part.x) == sorted(x.tobytes() for x in images)


def test_other_small_grey_pictures_are_no_digits(tmp_path):
    fill(tmp_path, [str(k) for k in range(9)], count=5, size=(28, 28), colour=False)
    assert load_data(tmp_path).train.preparation.steps == (Fit(28, 28, 1),)


def test_who_listens_hears_how_far_it_is(pets, monkeypatch):
    heard = []
    monkeypatch.setattr(reading, "listener", lambda done, of: heard.append((done, of)))
    load_data(pets)
    assert heard == [(k, 20) for k in range(1, 21)]
    load_data(pets)
    assert len(heard) == 20


def test_an_interruption_leaves_nothing_behind(pets, kept, monkeypatch):
    def interrupt(done, of):
        if done == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr(reading, "listener", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load_data(pets)
    assert list(kept.iterdir()) == []


def test_what_is_kept_is_plain_text_and_pixels(pets, kept):
    load_data(pets)
    (path,) = kept.iterdir()
    content = path.read_bytes()
    text = json.loads(content[60 : 60 + int.from_bytes(content[52:60], "little")])
    assert content.startswith(cache.FORMAT)
    assert text["fit"] == [20, 20, 3]
    assert len(content) - 20 * 20 * 20 * 3 < 4096
