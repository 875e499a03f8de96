import shutil

import numpy as np
import pytest

from glassnet.cli import pictures
from glassnet.data.picture_folder import cache, reading
from glassnet.errors import ParameterError
from glassnet.files import load
from glassnet.preparation import Fit
from tests.data.picture_folder.drawing import fill, save, speckled

QUICK = ("--epochs", "2", "--net", "flatten dense4 relu dense2")


@pytest.fixture
def pets(folder, monkeypatch):
    """Pictures of two colours, most of them in either; the cache is empty."""
    monkeypatch.setattr(cache, "folder", lambda: folder / ".cache")
    for number, name in enumerate(("blue", "red")):
        for k in range(15):
            pixels = speckled(100 * number + k, (40 + k, 60)) // 4
            pixels[..., 2 - 2 * number] += 150
            save(folder / "pets" / name / f"{k}.png", pixels)
    return folder / "pets"


def test_train_evaluate_predict(glassnet, pets):
    called = glassnet("train", "pets", "--epochs", "20")
    assert called.code == 0, called.err
    assert "30 pictures of 2 classes: blue 15, red 15.\n" in called.err
    assert "They are 60×40 to 60×54 pixels large; the network sees them in colour, fitted into 56×48.\n" in called.err
    assert "24 are to learn from, 6 for the test, divided by what they show.\nTraining on pets: 24" in called.err
    assert "6 of 6 test samples are right" in called.out
    save(pets.parent / "new.png", np.full((300, 20, 3), (200, 40, 40), np.uint8))
    save(pets.parent / "small.jpg", np.full((5, 5, 3), (40, 40, 200), np.uint8))
    told = glassnet("predict", "model.safetensors", "new.png", "small.jpg").out.splitlines()
    assert told[0].startswith("new.png: red, ")
    assert told[1].startswith("small.jpg: blue, ")
    assert "6 of 6 test samples are right" in glassnet("evaluate", "model.safetensors", "pets").out


def test_a_picture_is_prepared_at_prediction_as_it_was_for_the_training(glassnet, pets):
    glassnet("train", "pets", "--out", "m", *QUICK, "--quiet")
    trained = load("m")
    test = reading.read_picture_folder(pets).test
    assert test.names is not None
    paths = [pets / name for name in test.names]
    answers = glassnet("predict", "m", *paths, "--json").json["answers"]
    from glassnet.engines import answer

    assert [one["confidence"] for one in answers] == answer(trained, test.x).confidences.tolist()


def test_a_picture_too_large_for_the_memory_that_is_allowed(glassnet, pets):
    save(pets / "red" / "large.png", np.full((2000, 1500, 3), 9, np.uint8))
    called = glassnet("train", "pets", "--memory", "64MB", *QUICK)
    assert called.code == 2
    assert called.err.endswith(
        "large.png' takes 60 MB of memory; 48 MB are there for it. Allow more with --memory 80MB, or make the picture "
        "smaller.\n"
    )
    assert "31 pictures" in glassnet("train", "pets", "--memory", "80mb", *QUICK).err


@pytest.mark.parametrize("size", ["63MB", "500", "0.01GB", "-1GB", "infGB", "1TB", "1e9MB", "٣GB", ""])
def test_sizes_of_memory_that_are_none(glassnet, pets, size):
    called = glassnet("train", "pets", "--memory", size)
    assert (called.code, called.out) == (2, "")
    assert called.err == f"glassnet: --memory must be such as 500MB or 2GB, and 64MB or more. Got {size!r}.\n"


def test_the_size_that_is_asked_for(glassnet, pets):
    called = glassnet("train", "pets", "--size", "24x40", *QUICK)
    assert "fitted into 40×24." in called.err
    assert load("model.safetensors").preparation.steps == (Fit(24, 40, 3),)
    assert " test samples are right" in glassnet("evaluate", "model.safetensors", "pets").out


def test_a_model_goes_with_a_folder_of_other_pictures(glassnet, pets, folder):
    glassnet("train", "pets", "--epochs", "20", "--quiet")
    for number, name in enumerate(("blue", "red")):
        for k in range(10):
            pixels = np.full((200, 100, 3), 30 + k, np.uint8)
            pixels[..., 2 - 2 * number] = 200
            save(folder / "others" / "train" / name / f"{k}.png", pixels)
            save(folder / "others" / "test" / name / f"{k}.png", pixels[:150] + 20)
    assert "40 of 40 test samples are right" in glassnet("evaluate", "model.safetensors", "others").out


def test_the_same_again_and_going_on(glassnet, pets, same_bits):
    for name in ("a", "b"):
        assert glassnet("train", "pets", "--epochs", "3", "--out", name, "--quiet").code == 0
    same_bits("a", "b")
    glassnet("train", "pets", "--size", "24x40", "--out", "c", *QUICK)
    assert "The same bits" in glassnet("reproduce", "c").out
    called = glassnet("reproduce", "a", "--data", "pets")
    assert "The same bits" in called.out, called.err


def test_broken_pictures_are_named_whatever_else_is_said(process, pets):
    (pets / "red" / "3.png").write_bytes(b"<html>")
    called = process("train", "pets", *QUICK, "--json", "--quiet")
    said = "glassnet: 'pets': 1 of 30 pictures cannot be read and is left out: red/3.png (it is a web page).\n"
    assert called.err == said
    assert called.json["samples"] == 6


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda pets: shutil.rmtree(pets / "red"), "holds one class alone, 'blue'. There must be two to tell apart"),
        (lambda pets: (pets / "green").mkdir(), "green' holds no pictures. Put some there, or take the folder away."),
        (lambda pets: fill(pets / "more"), "more' holds no pictures, but folders: cat, dog."),
    ],
)
def test_row_57_folders_that_cannot_be_learnt_from(glassnet, pets, spoil, said):
    spoil(pets)
    assert said in glassnet("train", "pets").refusal()


@pytest.mark.parametrize("size", ["32", "x", "0x32", "32x2000", "axb", "32×32"])
def test_row_58_sizes_that_are_none(glassnet, pets, size):
    assert glassnet("train", "pets", "--size", size).refusal()
    with pytest.raises(ParameterError):
        pictures.parse_size(size)


def test_mistakes_and_doubts_are_called_by_their_files(glassnet, pets):
    glassnet("train", "pets", *QUICK, "--quiet")
    test = reading.read_picture_folder(pets).test
    said = glassnet("evaluate", "model.safetensors", "pets").out
    mistaken = [name for name in ([] if test.names is None else test.names) if f"  {name}: " in said]
    called = glassnet("evaluate", "model.safetensors", "pets", "--json").json
    assert len(mistaken) == len(called["mistakes"])
    shutil.copy(pets / "red" / "1.png", pets / "red" / "again.png")
    checked = glassnet("data", "check", "pets").out
    assert "31 pictures of 2 classes: blue 15, red 16.\n" in checked
    assert "1 copy is left out, so that no picture is on both sides or counts twice: red/again.png." in checked


def test_of_other_pictures_all_are_judged_and_of_those_that_were_added_the_test(glassnet, pets):
    glassnet("train", "pets", *QUICK, "--quiet")
    shutil.copytree(pets, "same")
    assert " of 6 test samples are right" in glassnet("evaluate", "model.safetensors", "same").out.splitlines()[0]
    fill(pets, ("blue", "red"), 20)
    out = glassnet("evaluate", "model.safetensors", "pets").out
    assert out.startswith(
        "The network learnt from data that were called pets, too: it is judged by those for the test.\n"
    )
    assert " of 12 test samples are right" in out
    fill(pets.parent / "others", ("blue", "red"), 11)
    out = glassnet("evaluate", "model.safetensors", "others").out
    assert out.startswith("The network did not learn from others: it is judged by all of its samples.\n")
    assert " of 22 test samples are right" in out
    assert glassnet("evaluate", "model.safetensors", "others", "--quiet").out == ""


def test_a_class_that_the_network_does_not_know(glassnet, pets):
    glassnet("train", "pets", *QUICK, "--quiet")
    fill(pets, ("green",))
    said = glassnet("evaluate", "model.safetensors", "pets").refusal()
    assert "pets has the class 'green' (green/" in said
    assert "; the network knows blue, red." in said


def test_a_person_who_waits_sees_how_far_it_is(glassnet, pets, monkeypatch):
    monkeypatch.setattr(pictures, "SLOW", 0.0)
    called = glassnet("train", "pets", *QUICK)
    assert "Decoding pictures, once: 30 of 30\n" in called.err
    assert "Decoding" not in glassnet("train", "pets", "--force", *QUICK).err
    shutil.rmtree(pets.parent / ".cache")
    assert "Decoding" not in glassnet("train", "pets", "--force", "--quiet", *QUICK).err
    assert reading.listener is reading.nobody
