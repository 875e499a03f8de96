import json

import numpy as np
import pytest

from glassnet.files import TrainedModel, save
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential


@pytest.fixture
def by_hand(folder):
    """Article 3's network: every weight 1, every bias 0."""
    network = Sequential([Dense(2), Activation("sigmoid"), Dense(1), Activation("sigmoid")], (2,))
    network.set_weights({name: np.full(view.shape, name.endswith("W")) for name, view in network.weights().items()})
    save(TrainedModel(network), "by-hand")
    return "by-hand"


def test_what_a_person_sees(glassnet, by_hand):
    called = glassnet("explain", by_hand, "--input", "-2,-1", "--target", "1")
    assert (called.code, called.err) == (0, "")
    assert "h1 = sigmoid(−2·1 + (−1)·1 + 0) = sigmoid(−3) = 0.0474\n" in called.out
    assert "w = dense_1.W[0,0] = 1\n" in called.out
    assert " = (−0.95261) · 0.249439 · (−0.0903533) = 0.0214695\n" in called.out
    assert glassnet("explain", by_hand, "--input", "-2,-1", "--quiet").out == ""


def test_json_and_format_json_are_the_same(glassnet, by_hand):
    words = ["explain", by_hand, "--input", "-2,-1", "--target", "1", "--weight", "dense_2.b[0]"]
    called = glassnet(*words, "--json")
    assert called.out == glassnet(*words, "--format", "json").out
    assert called.out.count("\n") == 1
    assert json.loads(called.out)["gradient"]["weight"] == "dense_2.b[0]"


@pytest.mark.parametrize(("format", "start"), [("markdown", "## Forward"), ("latex", "\\doc"), ("html", "<!DOCTYPE")])
def test_other_formats(glassnet, by_hand, format, start):
    assert glassnet("explain", by_hand, "--input", "-2,-1", "--target", "1", "--format", format).out.startswith(start)


def test_a_unit_and_a_digit(glassnet, models):
    row = ",".join(["3"] * 64)
    called = glassnet("explain", models / "digits", "--input", row, "--unit", "dense_1[7]")
    assert called.code == 0
    assert called.out.count(" = relu(") == 2
    assert "the last term is the other 59 together" in called.out
    called = glassnet("explain", models / "digits", "--input", row, "--target", "7", "--weight", "dense_1.W[30,2]")
    assert called.code == 0
    assert "all other paths together" in called.out
    assert "Adam, step 1" in called.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--input", "1,2,3"], "row of 3, but dense_1 expects 2 numbers"),
        (["--input", "1,2", "--target", "tall"], "--target: 'tall' is no row of numbers. Write 1, say."),
        (["--input", "1,2", "--target", "1", "--weight", "w1"], "'w1' is no weight. Write dense_1.W[0,0], say"),
        (["--input", "1,2", "--weight", "dense_1.W[0,0]"], "Give it: --target"),
        (["--input", "1,2", "--format", "pdf"], "'pdf' is not one of"),
        (["--target", "1"], "Missing option '--input'"),
    ],
)
def test_what_it_refuses(glassnet, by_hand, words, said):
    assert said in glassnet("explain", by_hand, *words).refusal()


def test_a_class_that_is_none(glassnet, models):
    said = glassnet("explain", models / "people", "--input", "133,65", "--target", "2").refusal()
    assert "--target: '2' is none of the classes. They are 0, 1." in said


def test_the_examples_of_the_articles_have_names_and_a_file_comes_first(glassnet, folder, models):
    from glassnet.explain import WORKED

    told = " ".join(glassnet("explain", "--help").out.split())
    assert all(f" {name}" in told for name in WORKED)
    assert "dense_1[1]" in glassnet("explain", "people", "--input", "-2,-1").out
    (folder / "people").write_bytes((models / "blobs").read_bytes())
    assert "y3 = " in glassnet("explain", "people", "--input", "-2,-1").out
    said = glassnet("explain", "peeple", "--input", "1,2").refusal()
    assert (
        f"'peeple' is neither a model file nor an example. Did you mean 'people'? Examples are {', '.join(WORKED)}."
        in said
    )
    said = glassnet("explain", "peeple.safetensors", "--input", "1,2").refusal()
    assert "Cannot read 'peeple.safetensors': there is no such file." in said
