import re
from dataclasses import asdict

import numpy as np
import pytest
from PIL import Image

from glassnet.data import BUILT_IN, Dataset, load_data
from glassnet.data.dataset import Parts
from glassnet.evaluation import Verdict, judge, nearest_neighbour
from glassnet.files import TrainedModel, load, save
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential


@pytest.mark.parametrize("data", ["people", "blobs", "digits"])
def test_json_has_the_figures(glassnet, models, data):
    called = glassnet("evaluate", models / data, data, "--json")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    verdict = judge(load(models / data), load_data(data, 0).test)
    assert isinstance(verdict, Verdict)
    document = called.json
    assert document["accuracy"] == verdict.accuracy
    assert document["low"] == verdict.low
    assert document["high"] == verdict.high
    assert document["samples"] == verdict.samples
    assert len(document["mistakes"]) == len(verdict.mistakes)
    nearest = nearest_neighbour(*load_data(data, 0))
    assert nearest
    assert document["nearest"] == asdict(nearest)
    assert document["confusion"] == verdict.confusion.tolist()
    assert [row["samples"] for row in document["classes"]] == verdict.confusion.sum(1).tolist()
    assert document["calibration"]["error"] == document["calibration_error"] == verdict.calibration.error
    assert sum(document["calibration"]["counts"]) == verdict.samples
    for shown, mistake in zip(document["mistakes"], verdict.mistakes, strict=True):
        assert (shown["index"], shown["predicted"], shown["true"]) == (mistake.index, mistake.predicted, mistake.true)


@pytest.mark.usefixtures("numbers")
def test_a_network_that_learnt_numbers(glassnet):
    assert glassnet("train", "numbers", "--quiet").code == 0
    document = glassnet("evaluate", "model.safetensors", "numbers", "--json").json
    assert (document["accuracy"], document["low"], document["high"]) == (None, None, None)
    assert (document["samples"], document["mistakes"]) == (40, [])
    assert document["mean_squared_error"] > 0
    assert document["r2_low"] <= document["r2"] <= document["r2_high"]
    assert document["nearest"] is document["confusion"] is document["calibration"] is None
    first, second, *_ = glassnet("evaluate", "model.safetensors", "numbers").out.splitlines()
    assert re.fullmatch(r"On 40 samples it is off by \S+ on average; the root mean squared error is \S+\.", first)
    assert re.fullmatch(r"Always answering the mean would have \S+: the network explains .* to .*%\)\.", second)
    said = glassnet("evaluate", "model.safetensors", "numbers", "--confusion", "confusion.png").refusal()
    assert "This network answers with numbers, so there are no classes to draw." in said


def test_what_a_person_sees(glassnet, models):
    called = glassnet("evaluate", models / "digits", "digits")
    assert (called.code, called.err) == (0, "")
    short, classes, confusions, surest = called.out.split("\n\n")
    verdict, baseline, *_, calibration, nearest = short.splitlines()
    assert re.fullmatch(r"3\d\d of 359 test samples are right: 9\d\.\d% \(95% interval 9.* to 9.*\)\.", verdict)
    assert baseline == "Always answering '3' would be right in 10.3%."
    assert re.fullmatch(r"Calibration error 0\.0\d\d \(0\.0\d\d would be chance\): it is .*\.", calibration)
    assert nearest == (
        "The class of the nearest of 1,438 training samples would be right in 98.3% (96.4% to 99.2%). "
        "The network has not reached that."
    )
    head, *rows = [line.split() for line in classes.splitlines()]
    assert head == ["class", "samples", "precision", "recall"]
    assert sum(int(row[1]) for row in rows) == 359
    head, *table = [line.split() for line in confusions.splitlines()]
    assert head == ["true", "\\", "answer", *map(str, range(10))]
    assert [row[0] for row in table] == list(map(str, range(10)))
    assert sum(int(cell) for row in table for cell in row[1:] if cell != "·") == 359
    title, first, *_ = surest.splitlines()
    assert title == "The mistakes it was surest of:"
    assert re.fullmatch(r"  sample \d+: \d taken for \d, \d+\.\d% sure", first)


def test_without_mistakes_there_is_nothing_more_to_say(glassnet, models):
    called = glassnet("evaluate", models / "people", "people")
    assert "2 of 2 test samples are right: 100.0%" in called.out
    assert "So far this may be chance: the interval reaches down to what that baseline has.\n" in called.out
    assert "would be chance): so few samples do not tell.\n" in called.out
    assert "class  samples" not in called.out
    assert "there is nothing to draw" in glassnet("evaluate", models / "people", "people", "--mistakes", "m").err


def test_drawn_into_files(glassnet, models, folder):
    words = ["evaluate", models / "digits", "digits", "--confusion", "c.png", "--mistakes", "m.png", "--quiet"]
    words += ["--calibration", "k.png"]
    assert (glassnet(*words).code, glassnet(*words, "--force").out) == (0, "")
    for name in ("c.png", "m.png", "k.png"):
        with Image.open(name) as picture:
            assert picture.width > 300
    assert "'c.png' exists already." in glassnet(*words).refusal()
    assert "is named twice" in glassnet(*words[:5], "--mistakes", "c.png", "--force").refusal()


def test_mistakes_of_tables_are_not_drawn(glassnet):
    assert glassnet("train", "moons", "--epochs", "1", "--quiet").code == 0
    said = glassnet("evaluate", "model.safetensors", "moons", "--mistakes", "m.png").refusal()
    assert "The samples of moons are no pictures. --json has all mistakes." in said


def classifier_of(count, monkeypatch):
    """A network and a data set "many" of so many classes, each of which it takes for the next one."""
    network = Sequential([Dense(count), Activation("softmax")], (count,))
    network.set_weights({"dense_1.W": 9 * np.roll(np.eye(count), 1, axis=1)})
    data = Dataset.from_arrays(np.eye(count).repeat(2, 0), np.arange(count).repeat(2), name="many")
    monkeypatch.setitem(BUILT_IN, "many", lambda seed: Parts(data, data.take(np.arange(len(data)))))
    save(TrainedModel(network, data.classes), "model")


@pytest.mark.parametrize(("count", "head"), [(20, "true \\ answer"), (100, "taken for  times")])
def test_a_table_of_many_classes_is_a_list(glassnet, monkeypatch, count, head):
    classifier_of(count, monkeypatch)
    out = glassnet("evaluate", "model", "many", "--confusion", "c.png").out
    assert "The network is no better than that.\n" in out
    assert head in out
    assert out.count("\n") < 90


def test_a_table_that_is_wider_than_the_terminal_is_a_list(glassnet, models, monkeypatch):
    monkeypatch.setattr("glassnet.cli.verdict.sys.stdout.isatty", lambda: True)
    for columns, head in (("100", "true \\ answer"), ("40", "true  taken for  times")):
        monkeypatch.setenv("COLUMNS", columns)
        assert head in glassnet("evaluate", models / "digits", "digits").out


def test_quiet_says_nothing(glassnet, models):
    called = glassnet("evaluate", models / "digits", "digits", "--quiet")
    assert (called.code, called.out, called.err) == (0, "", "")


def test_points_are_drawn_from_the_seed_of_the_model(glassnet):
    assert glassnet("train", "moons", "--epochs", "5", "--seed", "3", "--json", "--quiet").code == 0
    trained = load("model.safetensors")
    found = []
    for words, seed in (((), 3), (("--seed", "4"), 4)):
        verdict = judge(trained, load_data("moons", seed).test)
        assert isinstance(verdict, Verdict)
        document = glassnet("evaluate", "model.safetensors", "moons", "--json", *words).json
        assert [mistake["index"] for mistake in document["mistakes"]] == [one.index for one in verdict.mistakes]
        found.append(document)
    assert found[0]["accuracy"] == trained.receipt["figures"]["accuracy"]
    assert found[0]["mistakes"] != found[1]["mistakes"]


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        ("blobs", "first-input", "Layer 1, dense_1, expects samples of shape (N, 2), got (1, 3)."),
        ("digits", "xor", "Layer 1, flatten_1, expects samples of shape (N, 8, 8, 1), got (4, 2)."),
        ("people", "blobs", "blobs has the class 2; the network knows 0, 1."),
        ("people", "digits", "digits has the class 2; the network knows 0, 1."),
        ("people", "numbers", "The network answers with classes, but the targets of numbers are numbers."),
    ],
)
@pytest.mark.usefixtures("numbers")
def test_data_of_another_kind(glassnet, models, model, data, said):
    assert said in glassnet("evaluate", models / model, data).refusal()
    assert said in glassnet("evaluate", models / model, data, "--json").refusal()


def test_a_seed_of_a_receipt_that_is_none(glassnet, folder):
    from dataclasses import replace

    assert glassnet("train", "moons", "--epochs", "1").code == 0
    trained = load("model.safetensors")
    for seed in ("three", -1, None, [1]):
        save(replace(trained, receipt={"seed": seed}), "odd")
        assert "seed must be a whole number" in glassnet("evaluate", "odd", "moons").refusal()
    save(replace(trained, receipt={}), "odd")
    assert glassnet("evaluate", "odd", "moons").code == 0
