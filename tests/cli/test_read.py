import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from glassnet.data import load_data
from glassnet.files import TrainedModel, load, save
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential
from glassnet.pictures import compose_number, save_grey


@pytest.fixture(scope="module")
def numbers_in_pictures(tmp_path_factory):
    """Pictures of scans that no network has learnt from, and one of nothing: (path, the number that it shows)."""
    place = tmp_path_factory.mktemp("pictures")
    test = load_data("digits", 0).test
    found = []
    for seed in (1, 2):
        grey, number = compose_number(test, digits=6, seed=seed)
        save_grey(grey, place / f"{seed} [photo].png")
        found.append((place / f"{seed} [photo].png", number))
    save_grey(np.full((80, 90), 200, np.uint8), place / "empty.png")
    return [*found, (place / "empty.png", "")]


def test_json_has_every_picture(glassnet, models, numbers_in_pictures):
    paths = [path for path, _ in numbers_in_pictures]
    called = glassnet("read", "--model", models / "digits", *paths, "--json")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    assert [picture["file"] for picture in called.json["pictures"]] == list(map(str, paths))
    right = 0
    for picture, (_, number) in zip(called.json["pictures"], numbers_in_pictures, strict=True):
        assert [len(line) for line in picture["lines"]] == [len(number)] * bool(number)
        assert "".join(str(digit["digit"]) for digit in picture["digits"]) == "".join(picture["lines"])
        for digit in picture["digits"]:
            assert set(digit) == {"digit", "confidence", "alternatives", "doubtful", "box", "line"}
            assert 0 < digit["confidence"] <= 1
            assert len(digit["box"]) == 4
            assert digit["line"] == 0
        right += sum(a == b for a, b in zip("".join(picture["lines"]), number, strict=True))
    assert right >= 10


def test_what_a_person_sees(glassnet, models, numbers_in_pictures):
    called = glassnet("read", *(path for path, _ in numbers_in_pictures), "--model", models / "digits")
    assert (called.code, called.err) == (0, "")
    (first, number), _, (empty, _) = numbers_in_pictures
    assert f"{first}: " in called.out
    assert f"\n{empty}: no digit found.\n" in called.out
    assert called.out.count("%") == 12
    assert glassnet("read", first, "--model", models / "digits", "--quiet").out == ""
    assert len(number) == 6


def test_what_was_found_is_drawn_into_a_picture(glassnet, models, numbers_in_pictures, folder):
    words = ["read", numbers_in_pictures[0][0], "--model", models / "digits", "--annotate", "seen.png"]
    assert glassnet(*words).code == 0
    with Image.open("seen.png") as picture:
        assert picture.mode == "RGB"
    assert "'seen.png' exists already. Choose another name, or replace it with --force." in glassnet(*words).refusal()
    assert glassnet(*words, "--force", "--json").json["pictures"][0]["lines"]


def test_what_it_cannot_read_with_or_from(glassnet, models, numbers_in_pictures, folder):
    picture = numbers_in_pictures[0][0]
    save(TrainedModel(Sequential([Dense(2), Activation("softmax")], (2,)), (0, 1)), "table")
    (folder / "page.html").write_text("<html>")
    for words, said in (
        ([picture, "--model", "none"], "Cannot read 'none': there is no such file."),
        ([picture, "--model", "table"], "This network was not trained on digits"),
        (["none.png", "--model", models / "digits"], "Cannot read 'none.png' as a picture: No such file or directory."),
        (["page.html", "--model", models / "digits"], "Cannot read 'page.html' as a picture: it is a web page."),
        ([picture, picture, "--model", models / "digits", "--annotate", "a.png"], "--annotate draws into one file."),
    ):
        assert said in glassnet("read", *words).refusal()
        assert said in glassnet("read", *words, "--json").refusal()


def test_names_of_classes_are_not_obeyed_by_the_terminal(glassnet, models, numbers_in_pictures, folder):
    trained = load(models / "digits")
    save(replace(trained, classes=tuple(f"\x1b[3{label}m{label}" for label in trained.classes or ())), "odd")
    called = glassnet("read", numbers_in_pictures[0][0], "--model", "odd")
    assert called.code == 0
    assert "\x1b" not in called.out
    assert "\\x1b[3" in called.out


def test_every_stage_is_drawn(glassnet, models, numbers_in_pictures, folder):
    words = ["read", numbers_in_pictures[0][0], "--model", models / "digits", "--stages", "stages.png", "--quiet"]
    assert glassnet(*words).code == 0
    with Image.open("stages.png") as picture:
        assert picture.format == "PNG"
    assert "'stages.png' exists already." in glassnet(*words).refusal()


def test_a_folder_is_read_in_the_order_of_names(glassnet, models, numbers_in_pictures):
    place = numbers_in_pictures[0][0].parent
    (place / "notes.txt").write_text("no picture")
    called = glassnet("read", place, "--model", models / "digits", "--json")
    assert [picture["file"].rpartition("/")[2] for picture in called.json["pictures"]] == [
        "1 [photo].png", "2 [photo].png", "empty.png",
    ]  # fmt: skip
    assert "1 of 4 files are no pictures, and left out." in called.err


def test_a_folder_without_pictures(glassnet, models, folder):
    (folder / "none").mkdir()
    assert "The folder 'none' holds no pictures." in glassnet("read", "none", "--model", models / "digits").refusal()


@pytest.mark.parametrize("garbage", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_on_standard_input(glassnet, models, monkeypatch, garbage):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(garbage)))
    said = glassnet("read", "--stdin", "--model", models / "digits").refusal()
    assert "standard input" in said
    assert "/tmp" not in said


def test_a_picture_on_standard_input(glassnet, models, monkeypatch, numbers_in_pictures):
    content = numbers_in_pictures[0][0].read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    [picture] = glassnet("read", "--stdin", "--model", models / "digits", "--json").json["pictures"]
    assert picture["file"] == "standard input"
    assert len(picture["digits"]) == 6
    assert "not both" in glassnet("read", "x.png", "--stdin", "--model", models / "digits").refusal()
