import re

import pytest

from glassnet.data import load_data
from glassnet.evaluation import Verdict, judge
from glassnet.files import load


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
    for shown, mistake in zip(document["mistakes"], verdict.mistakes, strict=True):
        assert (shown["index"], shown["predicted"], shown["true"]) == (mistake.index, mistake.predicted, mistake.true)


@pytest.mark.usefixtures("numbers")
def test_a_network_that_learnt_numbers(glassnet):
    assert glassnet("train", "numbers", "--quiet").code == 0
    document = glassnet("evaluate", "model.safetensors", "numbers", "--json").json
    assert (document["accuracy"], document["low"], document["high"]) == (None, None, None)
    assert (document["samples"], document["mistakes"]) == (40, [])
    assert document["mean_squared_error"] > 0
    assert "the mean squared error is " in glassnet("evaluate", "model.safetensors", "numbers").out


def test_what_a_person_sees(glassnet, models):
    called = glassnet("evaluate", models / "digits", "digits")
    assert (called.code, called.err) == (0, "")
    verdict, baseline, _, head, *rest = called.out.splitlines()
    assert re.fullmatch(r"3\d\d of 359 test samples are right: 9\d\.\d% \(95% interval 9.* to 9.*\)\.", verdict)
    assert baseline == "Always answering '3' would be right in 10.3%."
    assert head.split() == ["true", "\\", "answer", *map(str, range(10))]
    table = [line.split() for line in rest[:10]]
    assert [row[0] for row in table] == list(map(str, range(10)))
    assert sum(int(cell) for row in table for cell in row[1:] if cell != "·") == 359
    assert rest[10:12] == ["", "The mistakes it was surest of:"]
    assert re.fullmatch(r"  sample \d+: \d taken for \d, \d+\.\d% sure", rest[12])


def test_without_mistakes_there_is_nothing_more_to_say(glassnet, models):
    called = glassnet("evaluate", models / "people", "people")
    assert called.out.count("\n") == 2
    assert "2 of 2 test samples are right: 100.0%" in called.out


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

    from glassnet.files import save

    assert glassnet("train", "moons", "--epochs", "1").code == 0
    trained = load("model.safetensors")
    for seed in ("three", -1, None, [1]):
        save(replace(trained, receipt={"seed": seed}), "odd")
        assert "seed must be a whole number" in glassnet("evaluate", "odd", "moons").refusal()
    save(replace(trained, receipt={}), "odd")
    assert glassnet("evaluate", "odd", "moons").code == 0
