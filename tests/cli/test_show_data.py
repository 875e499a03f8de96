import numpy as np
import pytest
from PIL import Image

from glassnet.data import BUILT_IN, Dataset
from glassnet.data.dataset import Parts
from glassnet.data.picture_folder import PictureWarning


def test_pictures_in_the_terminal(glassnet):
    called = glassnet("show", "digits")
    assert (called.code, called.err) == (0, "")
    first, counts, pictures = called.out.split("\n\n", 2)
    assert first == "digits: 1,438 samples to learn from, 359 to test with; pictures of 8×8, in grey; 10 classes."
    assert counts.splitlines()[1].split() == ["1", "146", "36"]
    assert [word for word in pictures.split() if word.isdigit()] == list("0123456789")
    assert max(map(len, pictures.splitlines())) <= 80
    assert glassnet("show", "digits", "--quiet").out == ""


@pytest.mark.parametrize("columns", ["20", "60", "100"])
def test_terminals_of_any_width(glassnet, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for words in (("show", "digits"), ("show", "digits", "--augmented")):
        pictures = glassnet(*words).out.split("\n\n", 2)[2]
        assert max(map(len, pictures.splitlines())) <= int(columns)


def test_rows_of_numbers(glassnet, numbers):
    out = glassnet("show", "moons").out
    head, *rows = out.split("\n\n")[-1].splitlines()
    assert head.split() == ["sample", "x0", "x1", "target"]
    assert [row.split()[0] for row in rows] == list("01234")
    head, row, *_ = glassnet("show", "numbers").out.splitlines()[1:]
    assert (head.split(), row.split()) == (["sample", "x0", "x1", "target"], ["0", "-1", "-0.9747", "3.899"])


def test_rows_of_many_numbers_are_cut(glassnet, monkeypatch):
    data = Dataset.from_arrays(np.ones((2, 30)), ["a", "b"], name="wide")
    monkeypatch.setitem(BUILT_IN, "wide", lambda seed: Parts(data, data))
    head = glassnet("show", "wide").out.splitlines()[-3].split()
    assert head == ["sample", *(f"x{k}" for k in range(8)), "…", "target"]


def test_json(glassnet):
    called = glassnet("show", "digits", "--json")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    document = called.json
    assert (document["data"], document["train"], document["test"]) == ("digits", 1438, 359)
    assert document["sample_shape"] == [8, 8, 1]
    assert [one["target"] for one in document["samples"]] == list("0123456789")


@pytest.mark.parametrize("more", [(), ("--augmented",)], ids=str)
def test_a_sheet_of_samples(glassnet, more):
    assert glassnet("show", "digits", "--out", "s.png", *more).out.endswith("The samples are in s.png.\n")
    with Image.open("s.png") as picture:
        assert picture.width > 800
    assert "'s.png' exists already." in glassnet("show", "digits", "--out", "s.png").refusal()
    assert glassnet("show", "digits", "--out", "s.png", "--force").code == 0


def test_folders_of_pictures(glassnet, folder):
    draw = np.random.default_rng(0)
    for label in ("tom", "tim"):
        (folder / "cats" / label).mkdir(parents=True)
        for k in range(6):
            pixels = draw.integers(0, 256, (20, 24, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / "cats" / label / f"{k}.png")
    (folder / "cats" / "tim" / "broken.png").write_text("no picture")
    with pytest.warns(PictureWarning, match="1 of 13 pictures cannot be read"):
        called = glassnet("show", "cats", "--augmented", "--out", "s.png")
    assert called.code == 0
    assert "12 pictures of 2 classes: tim 6, tom 6.\n" in called.out
    checked = glassnet("data", "check", "cats").out
    assert "tim/broken.png (it is no picture)" in checked
    assert "12 pictures of 2 classes: tim 6, tom 6.\n" in checked


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("moons", "--out", "s.png"), "The samples of moons are no pictures"),
        (("moons", "--augmented"), "The samples of moons are no pictures"),
        (("moons", "--weights", "w.png"), "--weights, --history and --draw are about models, and 'moons' is data."),
        (("model", "--augmented"), "--out and --augmented are about data."),
        (("none",), "Cannot read 'none': there is no such file."),
        (("none.csv",), "none.csv"),
        (("some-folder",), "some-folder"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_shown(glassnet, folder, words, said):
    (folder / "some-folder").mkdir()
    assert said in glassnet("show", *words).refusal()


def test_tables_are_shown_as_they_stand_in_the_file(glassnet, folder, monkeypatch):
    rows = [f"{k * k % 31},{'a long cell ' * (8 + k % 3)},{'fm'[k % 2]}" for k in range(30)]
    (folder / "people.csv").write_text("\n".join(["age,more,sex", *rows]) + "\n")
    monkeypatch.setenv("COLUMNS", "60")
    called = glassnet("show", "people.csv")
    assert "  age " in called.err
    assert "To be learnt: sex, 2 classes: f, m." in called.err
    head, *rows = called.out.split("\n\n")[-1].splitlines()
    assert head.split() == ["age", "more", "sex"]
    assert [row.split()[0] for row in rows] == ["0", "1", "4", "9", "16"]
    assert all(len(row) <= 60 for row in rows)
