from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from glassnet.files import TrainedModel, load, save
from glassnet.layers import Activation, Dense, Flatten
from glassnet.model import Sequential


def test_json_has_the_whole_of_the_model(glassnet, models):
    called = glassnet("show", models / "digits", "--json")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    document, trained = called.json, load(models / "digits")
    assert document["model"] == str(models / "digits")
    assert document["parameters"] == 64 * 64 + 64 + 64 * 10 + 10
    assert document["layers"][1] == {"name": "dense_1", "shape": [64], "parameters": 64 * 65}
    assert document["architecture"] == trained.network.to_config()
    assert document["classes"] == list(range(10))
    assert document["receipt"] == trained.receipt
    assert document["history"] == trained.history


def test_what_a_person_sees(glassnet, models):
    called = glassnet("show", models / "blobs")
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith("Layer                  Output shape   Parameters\n")
    assert "1,251 parameters\nclasses: 0, 1, 2\ntrained on blobs, 400 samples, seed 0\n39 steps in " in called.out
    assert " s; all epochs done\ntest accuracy 1.0000 (0.9812 to 1.0000), 200 samples\n" in called.out
    assert glassnet("show", models / "blobs", "--quiet").out == ""


def test_drawn_in_the_terminal(glassnet, models):
    called = glassnet("show", models / "digits", "--draw")
    assert called.code == 0
    assert "loss of epochs 1 to 20; the last is 0." in called.out
    assert "64" in called.out.splitlines()[-10]
    assert max(map(len, called.out.splitlines())) <= 80
    assert "\x1b" not in called.out


def test_drawn_into_files(glassnet, models, folder):
    words = ["show", models / "digits", "--weights", "weights.png", "--history", "history.png"]
    assert glassnet(*words, "--json").json["parameters"] == 4810
    for name in ("weights.png", "history.png"):
        with Image.open(name) as picture:
            assert picture.width > 300
    assert "'weights.png' exists already." in glassnet(*words).refusal()
    assert glassnet(*words, "--force", "--quiet").code == 0
    (folder / "weights.png").unlink()
    assert "'history.png' exists already." in glassnet(*words).refusal()
    assert not (folder / "weights.png").exists()


@pytest.mark.parametrize(
    "receipt",
    [
        {},
        {"data": "mine", "split": 3, "seed": "four", "figures": []},
        {"data": {"name": 3}, "steps": "many", "figures": {"accuracy": None}},
        {"steps": 3, "seconds": None, "ended": "yes"},
    ],
    ids=range(4),
)
def test_receipts_that_others_wrote(glassnet, models, folder, receipt):
    save(replace(load(models / "blobs"), receipt=receipt), "model")
    called = glassnet("show", "model")
    assert called.code == 0
    assert called.out.endswith("1,251 parameters\nclasses: 0, 1, 2\n")
    assert glassnet("show", "model", "--json").json["receipt"] == receipt


def test_a_model_without_history_or_weights(glassnet, folder):
    save(TrainedModel(Sequential([Flatten(), Activation("relu")], (2, 2, 1))), "bare")
    assert glassnet("show", "bare").code == 0
    assert glassnet("show", "bare", "--json").json["classes"] is None
    assert "This model has no history to draw." in glassnet("show", "bare", "--history", "history.png").refusal()
    assert "No layer of this network has weights" in glassnet("show", "bare", "--weights", "weights.png").refusal()


def test_numbers_that_are_not_finite_are_null_in_json(glassnet, folder):
    network = Sequential([Dense(2)], (2,))
    save(TrainedModel(network, history={"loss": [1.0, float("inf"), float("nan")]}), "odd")
    assert glassnet("show", "odd", "--json").json["history"] == {"loss": [1.0, None, None]}


def test_names_are_not_obeyed_by_the_terminal(glassnet, folder):
    network = Sequential([Dense(2)], (2,))
    receipt = {"data": {"name": "\x1b]0;mine\x07"}, "split": {"train": 1}, "seed": 0}
    save(TrainedModel(network, ("\x1b[31mred", "no"), receipt=receipt), "odd")
    called = glassnet("show", "odd", "--draw")
    assert "\x1b" not in called.out
    assert "classes: \\x1b[31mred, no\ntrained on \\x1b]0;mine\\x07, 1 samples, seed 0\n" in called.out


@pytest.mark.parametrize(
    "words", [("--weights", "m"), ("--weights", "a.png", "--history", "a.png"), ("--history", "./m")]
)
def test_a_drawing_never_replaces_the_model_or_another_drawing(glassnet, models, words):
    before = (models / "digits").read_bytes()
    Path("m").write_bytes(before)
    assert "is named twice, and would be lost" in glassnet("show", "m", *words, "--force").refusal()
    assert Path("m").read_bytes() == before
