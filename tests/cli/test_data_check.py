import numpy as np
import pytest
from PIL import Image

from glassnet.data import BUILT_IN, Dataset, load_data
from glassnet.data.dataset import Parts
from glassnet.inspection import inspect_data


@pytest.fixture
def faulty(monkeypatch):
    """A data set "faulty": digits, mostly ones, two learnt from and tested with, one under two names."""
    train, test = load_data("digits")
    rows = np.concatenate([np.flatnonzero(train.y == 1), *(np.flatnonzero(train.y == k)[:30] for k in (2, 3, 4))])
    x, y = train.x[rows], train.y[rows].copy()
    x = np.concatenate([x, x[:1]])
    y = np.append(y, 7)
    some = test.take(np.flatnonzero(test.y < 5)[:40])
    held = Dataset("faulty", np.concatenate([some.x, x[50:52]]), np.append(some.y, y[50:52]), train.classes)
    parts = Parts(Dataset("faulty", x, y, train.classes), held)
    monkeypatch.setitem(BUILT_IN, "faulty", lambda seed: parts)
    return parts


def test_json_has_everything(glassnet, faulty):
    called = glassnet("data", "check", "faulty", "--json")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    found, document = inspect_data(faulty), called.json
    assert (document["data"], document["train"], document["test"]) == ("faulty", 237, 42)
    assert [(row["class"], row["train"], row["test"]) for row in document["classes"]] == [
        (label, *counts) for label, counts in found.counts.items()
    ]
    assert document["imbalance"] == 146
    assert document["equal"]["leaks"] == [
        [
            {"called": f"train sample {50 + k}", "part": "train", "number": 50 + k},
            {"called": f"test sample {40 + k}", "part": "test", "number": 40 + k},
        ]
        for k in range(2)
    ]
    assert document["equal"]["contradictions"] == [
        [
            {"called": "train sample 0", "part": "train", "number": 0},
            {"called": "train sample 236", "part": "train", "number": 236},
        ],
    ]
    assert [one["number"] for one in document["suspects"]] == [one.number for one in found.suspects]
    assert found.nearest
    assert document["nearest"]["accuracy"] == found.nearest.accuracy
    assert document["notes"] == []


def test_what_a_person_sees_the_worst_first(glassnet, faulty):
    called = glassnet("data", "check", "faulty")
    assert called.code == 0
    first, leak, *examples = called.out.splitlines()
    assert first == "faulty: 237 samples to learn from, 42 to test with; pictures of 8×8, in grey; 10 classes."
    assert leak == (
        "LEAK: 2 of 42 samples to test with are among those to learn from. "
        "A test with what was learnt says nothing: take them out of one of both."
    )
    assert examples[0] == "  train sample 50 (is 1) and test sample 40 (is 1)"
    assert "CONTRADICTION: 1 pair is the same, with different answers. No network can get both right.\n" in called.out
    assert "UNBALANCED: 1 has 146 samples, 7 1. Accuracy says little here: look at the recall" in called.out
    assert "Fewer than 20 samples to learn from: 7 (1), 0 (0)" in called.out
    assert "No samples to test with: " in called.out
    assert "Always answering '1' would be right in " in called.out
    assert "The class of the nearest of 237 training samples would be right in " in called.out
    assert glassnet("data", "check", "faulty", "--quiet").out == ""


def test_without_faults_nothing_is_loud(glassnet):
    out = glassnet("data", "check", "blobs").out
    assert "No two samples are the same.\n" in out
    assert "None of 400 labels is in doubt, to networks that had not learnt from them.\n" in out
    for word in ("LEAK", "CONTRADICTION", "UNBALANCED", "ALIKE"):
        assert word not in out


def test_samples_and_doubtful_labels_are_drawn(glassnet, faulty):
    words = ["data", "check", "faulty", "--samples", "s.png", "--suspects", "u.png", "--quiet"]
    assert glassnet(*words).code == 0
    for name in ("s.png", "u.png"):
        with Image.open(name) as picture:
            assert picture.width > 300
    assert "'s.png' exists already." in glassnet(*words).refusal()
    assert "is named twice" in glassnet(*words[:5], "--suspects", "s.png", "--force").refusal()


def test_tables_and_numbers(glassnet, numbers):
    assert (
        "the samples of moons are no pictures" in glassnet("data", "check", "moons", "--samples", "s").refusal().lower()
    )
    out = glassnet("data", "check", "numbers").out
    assert out.startswith(
        "numbers: 40 samples to learn from, 40 to test with; rows of 2 numbers; numbers for targets.\n"
    )
    assert "LEAK: 40 of 40 samples" in out
    assert "Always answering" not in out
    assert glassnet("data", "check", "numbers", "--json").json["baseline"] is None


def test_what_is_said_while_the_data_are_read_is_part_of_the_report(glassnet, monkeypatch):
    def remark(seed):
        import warnings

        warnings.warn("2 pictures cannot be read and are left out.", UserWarning, stacklevel=1)
        return load_data("blobs")

    monkeypatch.setitem(BUILT_IN, "odd", remark)
    assert glassnet("data", "check", "odd").out.splitlines()[1] == "2 pictures cannot be read and are left out."
    assert glassnet("data", "check", "odd", "--json").json["notes"] == ["2 pictures cannot be read and are left out."]


PEOPLE = "height,town,sex\n" + "".join(
    f"{170 + 9 * (k % 2) + k % 5},{('Ulm', 'Rom')[k % 3 > 0]},{'fm'[k % 2]}\n" for k in range(40)
)


def test_tables(glassnet, folder):
    (folder / "people.csv").write_text(PEOPLE)
    called = glassnet("data", "check", "people.csv", "--target", "town", "--ignore", "height")
    assert "To be learnt: town, 2 classes: Rom, Ulm.\n" in called.err
    assert called.out.startswith("people.csv: 32 samples to learn from, 8 to test with; rows of ")
    assert "CONTRADICTION: " in called.out
    assert "LEAK: 8 of 8 samples" in called.out
    assert glassnet("data", "check", "people.csv", "--json").json["train"] == 32
    said = glassnet("data", "check", "digits", "--target", "sex").refusal()
    assert "--target, --ignore and --task are about tables." in said


def test_networks_that_learn_nothing_cannot_doubt(glassnet, monkeypatch):
    draw = np.random.default_rng(0)
    noise = Dataset("noise", draw.normal(size=(80, 3)), np.arange(80) % 4, tuple("abcd"))
    monkeypatch.setitem(BUILT_IN, "noise", lambda seed: Parts(noise, noise.take(np.arange(8))))
    out = glassnet("data", "check", "noise").out
    assert "of 80 labels: they learn too little from these data to tell.\n" in out
    assert "rather" not in out
