import numpy as np
import pytest
from PIL import Image

from glassnet.data import load_data


@pytest.fixture
def pets(folder):
    """Folders with five pictures of cats and five of dogs each."""
    for name, grey in (("cats", 40), ("dogs", 220)):
        (folder / "pets" / name).mkdir(parents=True)
        for number in range(5):
            Image.fromarray(np.full((10, 12), grey + number, np.uint8)).save(folder / "pets" / name / f"{number}.png")
    return "pets"


def test_packing_says_what_there_is(glassnet, pets):
    called = glassnet("data", "pack", pets, "--out", "one", "--size", "10x12")
    assert (called.code, called.err) == (0, "")
    assert called.out == "10 pictures (cats: 5, dogs: 5) are in one.\n"
    called = glassnet("data", "pack", pets, "--out", "two", "--json")
    assert called.json == {"folder": "two", "counts": {"cats": 5, "dogs": 5}, "samples": 10}
    assert glassnet("data", "pack", pets, "--out", "three", "--quiet").out == ""
    assert load_data("one", 0).train.sample_shape == (10, 12, 1)
    assert load_data("two", 0).train.sample_shape == (28, 28, 1)


def test_what_was_packed_can_be_learnt_and_predicted(glassnet, pets):
    assert glassnet("data", "pack", pets, "--out", "packed", "--size", "10x12").code == 0
    words = ["train", "packed", "--net", "flatten dense2", "--epochs", "100", "--learning-rate", "0.05"]
    assert "2 of 2 test samples are right" in glassnet(*words).out
    called = glassnet("predict", "model.safetensors", "pets/cats/0.png", "pets/dogs/4.png", "--json")
    assert [answer["class"] for answer in called.json["answers"]] == ["cats", "dogs"]


def test_appending_and_unpacking(glassnet, pets):
    for _ in range(2):
        assert glassnet("data", "pack", pets, "--out", "packed", "--append").code in (0, 2)
    assert glassnet("data", "pack", pets, "--out", "packed").code == 0
    assert glassnet("data", "pack", pets, "--out", "packed", "--append", "--json").json["samples"] == 10
    called = glassnet("data", "pack", "packed", "--unpack", "--out", "pictures")
    assert called.out == "20 pictures (cats: 10, dogs: 10) are in pictures.\n"
    with Image.open("pictures/train/dogs/00009.png") as picture:
        assert picture.size == (28, 28)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pets", "--size", "28"], "--size must be height and width, as in 28x28. Got '28'."),
        (["pets", "--size", "0x4"], "height must be a whole number, 1"),
        (["pets", "--size", "-3x4"], "--size must be height and width"),
        (["pets", "--size", "99999x4"], "Got 99999."),
        (["pets", "--out", "pets/cats/0.png"], "Cannot make the folder 'pets/cats/0.png'"),
        (["pets", "--append"], "'packed' holds no training files to add to."),
        (["pets", "--unpack"], "The folder 'pets' holds no IDX files."),
        (["pets", "--unpack", "--out", "pets"], "'pets' exists already."),
        (["pets/cats"], "'pets/cats' holds no folders."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_packed(glassnet, pets, words, said):
    assert said in glassnet("data", "pack", *words).refusal()
    assert said in glassnet("data", "pack", *words, "--json").refusal()


def test_row_60_a_data_set_is_not_overwritten(glassnet, pets):
    assert glassnet("data", "pack", pets, "--out", "packed").code == 0
    assert "'packed' holds a data set already." in glassnet("data", "pack", pets, "--out", "packed").refusal()


@pytest.mark.parametrize("words", [("--append",), ("--invert",), ("--size", "5x5")])
def test_unpacking_takes_no_other_option(glassnet, words):
    assert "Leave --append, --invert and --size out" in glassnet("data", "pack", "idx", "--unpack", *words).refusal()
