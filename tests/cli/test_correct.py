from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glassnet.cli.improve import _lines
from glassnet.data import Dataset, load_data
from glassnet.evaluation import Mistake, Verdict, calibration
from glassnet.files import load
from glassnet.improvement import Correction, Improvement
from glassnet.pictures import compose_number


@pytest.fixture
def model(folder, models):
    """A model of digits in the current folder."""
    (folder / "model.safetensors").write_bytes((models / "digits").read_bytes())
    return "model.safetensors"


@pytest.fixture
def pictures(folder):
    """photo.png with three digits, seven.png and dark.png with one, which is on white and on black."""
    grey, number = compose_number(load_data("digits").test, 3, seed=4)
    Image.fromarray(grey).save("photo.png")
    seven = np.full((120, 90), 240, np.uint8)
    seven[20:30, 20:70] = seven[20:100, 60:70] = 20
    Image.fromarray(seven).save("seven.png")
    seven[50:60, 45:80] = 20
    Image.fromarray(255 - seven // 2).save("dark.png")
    return number


def test_a_picture_is_kept_and_listed_and_forgotten(glassnet, model, pictures):
    called = glassnet("correct", model, "seven.png", "--label", "7")
    assert (called.code, called.err) == (0, "")
    kept, count = called.out.splitlines()
    assert kept.startswith("Kept: seven.png is 7, and was taken for ")
    assert count == "1 correction beside model.safetensors. 'glassnet improve model.safetensors' learns from them."
    assert sorted(path.suffix for path in Path("model.safetensors.corrections").iterdir()) == [".json", ".png"]
    listed = glassnet("correct", model, "--json").json["corrections"]
    assert [(one["label"], one["source"]) for one in listed] == [(7, "seven.png")]
    said = glassnet("correct", model, "seven.png", "--label", "1").out
    assert " (not 7, as was said before)." in said
    assert glassnet("correct", model, "--undo").out.startswith("Forgotten: seven.png is 1, and was taken for ")
    assert glassnet("correct", model).out == "0 corrections beside model.safetensors.\n"
    assert "so none can be undone" in glassnet("correct", model, "--undo").refusal()


def test_several_pictures_and_one_digit_of_several(glassnet, model, pictures):
    assert glassnet("correct", model, "photo.png", "--digit", "3", "--label", pictures[2]).code == 0
    assert glassnet("correct", model, "seven.png", "photo.png", "--digit", "1", "--label", "7", "--quiet").out == ""
    kept = glassnet("correct", model, "--json").json["corrections"]
    assert [(one["source"], one["label"]) for one in kept] == [
        ("photo.png", int(pictures[2])), ("seven.png", 7), ("photo.png", 7)
    ]  # fmt: skip
    assert len({one["file"] for one in kept}) == 3


def test_what_it_was_right_about_is_said(glassnet, model, pictures):
    said = glassnet("correct", model, "seven.png", "--label", "7", "--json").json["corrections"][0]["answered"]
    out = glassnet("correct", model, "seven.png", "--label", str(said)).out
    assert "It was right about that." in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("seven.png",), "A correction is a picture and what it is. Write: seven.png --label 7."),
        (("--label", "7"), "A correction is a picture and what it is."),
        (("seven.png", "--label", "7", "--undo"), "--undo takes the latest correction back."),
        (("seven.png", "--label", "seven"), "the network knows no class 'seven'; it knows 0, 1, 2"),
        (("none.png", "--label", "7"), "There is no picture 'none.png'."),
        (("0,1", "--label", "7"), "There is no picture '0,1'."),
        (("photo.png", "--label", "7"), "3 digits were found in the picture."),
        (("photo.png", "--digit", "4", "--label", "7"), "--digit 4: 3 digits were found in 'photo.png'."),
        (("photo.png", "--digit", "0", "--label", "7"), "--digit 0: 3 digits were found"),
        (("seven.png", "none.png", "--label", "7"), "There is no picture 'none.png'."),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_a_correction(glassnet, model, pictures, words, said):
    assert said in glassnet("correct", model, *words).refusal()
    assert not Path("model.safetensors.corrections").exists()


def test_networks_without_pictures_or_classes(glassnet, models, pictures, numbers):
    assert "does not learn from pictures" in glassnet("correct", models / "blobs").refusal()
    assert glassnet("train", "numbers", "--epochs", "1", "--quiet").code == 0
    assert "there is no class to correct" in glassnet("correct", "model.safetensors").refusal()


def test_improving(glassnet, model, pictures):
    for picture in ("seven.png", "dark.png"):
        assert glassnet("correct", model, picture, "--label", "7").code == 0
    called = glassnet("improve", model)
    assert called.code == 0
    assert called.err.startswith("Learning from 2 corrections, 20 times each, among 1,294 samples of digits.\n")
    first, second, *_, last = called.out.splitlines()
    assert first.startswith("2 of 2 corrections answered rightly now, ")
    assert second.startswith("Of 35")
    assert last == "The improved network is in model-improved.safetensors."
    receipt = load("model-improved.safetensors").receipt
    assert receipt["improved"][0]["from"] == "model.safetensors"
    assert receipt["figures"]["samples"] in range(350, 360)
    assert len(glassnet("correct", "model-improved.safetensors", "--json").json["corrections"]) == 2
    assert "'model-improved.safetensors' exists already." in glassnet("improve", model).refusal()
    before = load("model-improved.safetensors").network.vectors.fingerprint
    document = glassnet("improve", model, "--out", "again", "--json", "--quiet").json
    assert load("again").network.vectors.fingerprint == before
    assert (document["model"], document["from"], document["right"]) == ("again", model, 2)
    assert document["samples"] == receipt["figures"]["samples"]
    assert "was trained on with corrections" in glassnet("reproduce", "again").refusal()
    for words in (("show", "again"), ("evaluate", "again", "digits"), ("predict", "again", "seven.png")):
        assert glassnet(*words).code == 0


def test_broken_answers_go_by_their_files_and_those_that_became_corrections_are_told_of():
    test = Dataset(
        "pets", np.zeros((3, 1)), np.zeros(3, int), ("cat", "dog"), names=np.array(["a.png", "b.png", "c.png"], object)
    )
    sure = calibration(np.ones(2), np.ones(2, bool))
    verdict = Verdict(("cat", "dog"), 1.0, 0.3, 1.0, 2, "cat", 0.5, [], np.eye(2), sure)
    found = Improvement(["cat"], 0, 1, verdict, verdict, [Mistake(1, "dog", "cat", 0.9)], [])
    assert _lines([Correction(np.zeros((1, 1, 1)), "cat", "new.png", "dog")], found, test) == [
        "1 of 1 correction answered rightly now, 0 before.",
        "Of 2 old test samples 2 are right; 2 were before: 0 mended, 1 broken.",
        "Left out: 1 more, from which the corrections were made: it knows their answers now.",
        "That difference is no more than chance.",
        "  broken: b.png is cat, now taken for dog",
    ]


def test_the_old_model_is_never_replaced_unasked(glassnet, model, pictures):
    assert glassnet("correct", model, "seven.png", "--label", "7").code == 0
    old = Path(model).read_bytes()
    assert f"'{model}' exists already." in glassnet("improve", model, "--out", model).refusal()
    assert Path(model).read_bytes() == old
    assert glassnet("improve", model, "--out", model, "--force", "--quiet").code == 0
    assert Path(model).read_bytes() != old
    assert len(glassnet("correct", model, "--json").json["corrections"]) == 1


def test_improving_without_corrections_or_the_data_of_then(glassnet, model, pictures):
    said = glassnet("improve", model).refusal()
    assert "There are no corrections beside 'model.safetensors'. Begin with: glassnet correct model.safetensors" in said
    assert glassnet("correct", model, "seven.png", "--label", "7").code == 0
    said = glassnet("improve", model, "--data", "moons").refusal()
    assert "'moons' is not what this model learnt from" in said
    assert not Path("model-improved.safetensors").exists()
