import json
import os

import pytest
from PIL import Image

QUICK = ("lab", "forget", "--epochs", "40", "--runs", "2", "--workers", "1")


def test_what_a_person_sees(glassnet):
    called = glassnet(*QUICK, "--chart", "forget.png")
    assert called.code == 0
    lines = called.out.splitlines()
    assert lines[0] == "Test accuracy on each task, median of 2 runs (least to most):"
    assert lines[1].split("  ")[-1].strip() == "all at once"
    assert lines[2].split()[:6] == ["first", "input", "100.0%", "(100", "to", "100)"]
    assert lines[5].startswith(" first input  ")
    assert lines[5].count("│") == 1
    assert len(lines[5]) == len(lines[6]) == len(" first input  ") + 49
    assert lines[-2].startswith("Of first input, 100.0% is right once it is learnt, 62.5% after the rest; 100.0% where")
    assert lines[-1] == "Every run is in forget.jsonl."
    assert "run 2/2" in called.err
    with Image.open("forget.png") as picture:
        assert picture.size == (864, 480)
    assert "'forget.png' exists already." in glassnet(*QUICK, "--chart", "forget.png").refusal()


def test_json(glassnet):
    called = glassnet(*QUICK, "--json", "--quiet")
    assert (called.err, called.out.count("\n")) == ("", 1)
    document = called.json
    assert (document["data"], document["runs"], document["epochs"]) == ("first-input", 2, 40)
    first, second = document["tasks"]
    assert (first["task"], len(first["median"]), first["median"][40]) == ("first input", 81, 1)
    assert (second["least"][80], second["together"]) == (1, {"median": 1, "least": 1, "most": 1})


def test_tasks_of_classes_that_it_goes_on_with(glassnet, folder):
    words = ("lab", "forget", "blobs", "--tasks", "0,1,2", "--epochs", "3", "--workers", "1")
    assert glassnet(*words, "--runs", "2", "--quiet").out == ""
    lines = (folder / "forget.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "forget.jsonl").write_bytes(lines[0] + lines[1][:50])
    called = glassnet(*words, "--runs", "2", "--chart", "three.png")
    assert "'forget.jsonl' holds 1 of these 2 runs already.\nrun 2/2" in called.err
    assert (folder / "forget.jsonl").read_bytes().splitlines(keepends=True) == lines
    assert called.out.count("│") == 6
    said = glassnet(*words[:3], "--tasks", "0,2,1", *words[5:], "--runs", "2").refusal()
    assert "holds runs of other settings: tasks.1.0: 1 then, 2 now; tasks.2.0: 2 then, 1 now." in said
    assert json.loads(lines[0])["settings"]["tasks"] == [[0], [1], [2]]


def test_lines_in_letters_where_there_is_only_ascii(process):
    called = process(*QUICK, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert called.code == 0
    assert called.out.isascii()
    assert "####|" in called.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xorr"], "no built-in data set of that name"),
        (["digits", "--tasks", "0-4,9-5"], "'9-5' names no classes. They are 0, 1, 2"),
        (
            ["first-input", "--tasks", "0,1"],
            "first-input has no samples to learn from, or to test with, for some task.",
        ),
        (["numbers"], "numbers has numbers for targets. A lab counts right answers"),
        (["--runs", "0"], "lab forget: --runs must be a whole number, 1 or more. Got 0."),
        (["--workers", "0"], "lab: --workers must be a whole number"),
        (["--net", "dense3"], "The last layer gives 3 outputs"),
        (["--cluster", "here"], "A cluster is named by the address of its Dask scheduler. Got 'here'."),
        (["--cluster", "tcp://a:1", "--workers", "1"], "--workers counts processes here, and a cluster has its own."),
        (["--seed", "-1"], "lab forget: --seed must be a whole number, 0 or more."),
        (["people", "--out", "none/lab"], "there is no folder 'none'."),
        (["--hidden", "3"], "No such option: --hidden. Try 'glassnet lab forget --help'."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("numbers")
def test_what_cannot_be_is_said_before_the_first_run(glassnet, folder, words, said):
    assert said in glassnet("lab", "forget", *words).refusal()
    assert not (folder / "forget.jsonl").exists()


def test_lab_is_still_another_command(glassnet, folder):
    assert "lab.jsonl" in glassnet("lab", "xor", "--runs", "1", "--epochs", "1", "--workers", "1").out
    assert "no built-in data set of that name" in glassnet("lab", "forgets").refusal()
