import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from glassnet.cli.axis import Axis
from glassnet.cli.lab_report import report
from glassnet.lab import summarize
from tests.lab.jobs import row

QUICK = ("lab", "xor", "--epochs", "2", "--workers", "1")


def test_json_has_a_setting_for_each_width(glassnet):
    called = glassnet(*QUICK, "--hidden", "2,4", "--runs", "3", "--json", "--quiet")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    document = called.json
    assert (document["data"], document["over"], document["results"]) == ("xor", "hidden", "lab.jsonl")
    assert [(one["hidden"], one["runs"]) for one in document["settings"]] == [(2, 3), (4, 3)]
    for one in document["settings"]:
        assert 0 <= one["low"] <= one["success"] <= one["high"] <= 1
        assert sum(kind["runs"] for kind in one["failures"]) == round(3 * (1 - one["success"]))
        assert list(one["accuracy"]) == ["least", "first_quartile", "median", "third_quartile", "most"]


def test_what_a_person_sees_of_successes(glassnet):
    called = glassnet("lab", "xor", "--hidden", "2,8", "--runs", "2", "--seed", "13", "--workers", "1")
    assert called.code == 0
    head, two, eight = called.out.splitlines()[:3]
    assert head.split() == ["hidden", "runs", "success", "95%", "interval"]
    assert two.startswith("     2     2    50.0%    9.5% to 90.5%  ███▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░")  # seed 14 succeeds
    assert eight.split()[0] == "8"
    assert "hidden 2: 1 of 2 failed\n  3 right in 1 run, such as 0." in called.out
    assert " (seed 13)\n" in called.out
    assert "The article on XOR reports, by hidden neurons, about 20% for 2 (inside our interval)." in called.out
    assert called.out.endswith("Every run is in lab.jsonl.\n")
    assert "run 4/4" in called.err


def test_many_kinds_of_failure_are_not_all_told(capsys):
    rows = [row(6, seed, 3, outputs=[[seed / 10]] * 4) for seed in range(7)]
    report(Axis("hidden", (6,)), summarize(rows, [6]), True, {6: 0.9}, Path("lab.jsonl"))
    lines = capsys.readouterr().out.splitlines()
    assert lines.count("hidden 6: 7 of 7 failed") == 1
    assert "  3 right in 1 run, such as 0.300  0.300  0.300  0.300 (seed 3)" in lines
    assert "  other kinds in 3 runs" in lines
    assert lines[-2] == "The article on XOR reports, by hidden neurons, about 90% for 6 (above our interval)."


def test_bars_in_letters_where_there_is_only_ascii(process):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    called = process(*QUICK, "--runs", "3", "--hidden", "4", env=environment)
    assert called.code == 0
    assert called.out.isascii()
    assert "?" not in called.out
    assert "---" in called.out


def test_what_a_person_sees_of_accuracies(glassnet):
    words = ("lab", "blobs", "--over", "learning_rate=0.01,1e30", "--runs", "3", "--epochs", "1", "--workers", "1")
    called = glassnet(*words, "--chart", "rates.png")
    assert called.code == 0
    lines = called.out.splitlines()
    assert lines[0] == "Test accuracy over seeds:"
    assert lines[1].split() == ["learning_rate", "runs", "least", "quartile", "median", "quartile", "most"]
    assert lines[2].split()[:2] == ["0.01", "3"]
    assert "learning_rate 1e+30: 3 of 3 runs diverged." in lines
    assert "article" not in called.out
    with Image.open("rates.png") as picture:
        assert picture.width > 500
    assert "'rates.png' exists already." in glassnet(*words, "--chart", "rates.png").refusal()
    drawn_again = glassnet(*words, "--chart", "rates.png", "--force")
    assert (drawn_again.code, drawn_again.err) == (0, "'lab.jsonl' holds 6 of these 6 runs already.\n")


def test_a_lab_without_an_axis_and_a_chart_of_it(glassnet):
    called = glassnet(*QUICK, "--runs", "2", "--chart", "bars.png", "--json")
    assert called.json["over"] is None
    assert called.json["settings"][0].keys() >= {"runs", "success", "low", "high"}
    with Image.open("bars.png") as picture:
        assert picture.width > 500


def test_it_goes_on_with_the_same_file_and_refuses_another_lab(glassnet, folder):
    words = (*QUICK, "--hidden", "2,4")
    assert glassnet(*words, "--runs", "2", "--quiet").out == ""
    lines = (folder / "lab.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "lab.jsonl").write_bytes(b"".join(lines[:3]) + lines[3][:50])
    called = glassnet(*words, "--runs", "2")
    assert "'lab.jsonl' holds 3 of these 4 runs already.\nrun 4/4" in called.err
    assert sorted((folder / "lab.jsonl").read_bytes().splitlines(keepends=True)) == sorted(lines)
    assert "holds runs of hidden=4, which is not asked for." in glassnet(*QUICK, "--hidden", "2").refusal()
    said = glassnet("lab", "xor", "--hidden", "2,4", "--runs", "2", "--epochs", "3").refusal()
    assert "holds runs of other settings: recipe.epochs: 2 then, 3 now." in said
    assert glassnet(*QUICK, "--hidden", "2", "--runs", "1", "--force", "--quiet").code == 0
    assert len((folder / "lab.jsonl").read_bytes().splitlines()) == 1


def ends(group):
    """Whether no process of a group is left, or soon will be: what looks after semaphores is the last to go."""
    for _ in range(12_000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_and_the_same_command_goes_on(glassnet, folder, number):
    words = ("lab", "xor", "--hidden", "2", "--runs", "5000", "--epochs", "50", "--workers", "2", "--json")
    command = [sys.executable, "-m", "glassnet", *words]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    file = folder / "lab.jsonl"
    while started.poll() is None and not (file.exists() and file.read_bytes().count(b"\n") >= 3):
        time.sleep(0.05)
    os.killpg(started.pid, number)  # as a terminal does: the workers get it too
    out, err = started.communicate(timeout=600)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert (started.returncode, out) == (128 + number, "")
    assert err.endswith(f"Stopped after {len(rows):,} of 5,000 runs. To go on, give the same command again.\n")
    assert 3 <= len(rows) < 5000
    assert "Traceback" not in err
    assert ends(started.pid)
    again = glassnet(*words, "--runs", str(len(rows) + 2), "--quiet")
    assert again.json["settings"][0]["runs"] == len(rows) + 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xor", "--hidden", "2", "--over", "epochs=1,2"], "--hidden and --over both name what to vary."),
        (["xor", "--hidden", "two"], "The values of hidden must be whole numbers such as 2,4,6. Got 'two'."),
        (["xor", "--hidden", "0"], "units must be a whole number, 1 or more. Got 0."),
        (["xor", "--over", "epochs"], "--over must be a name and values. Got 'epochs'. Write learning_rate=0.01,0.1"),
        (["xor", "--over", "epoch=1"], "--over must be one of hidden, net, optimizer, learning_rate"),
        (["xor", "--over", "epoch=1"], "Got 'epoch'. Did you mean 'epochs'?"),
        (["xor", "--over", "shuffle=perhaps"], "The values of shuffle must be yes,no. Got 'perhaps'."),
        (["xor", "--over", "optimizer="], "The values of optimizer must be names such as sgd,adam. Got ''."),
        (["xor", "--over", "optimizer=sdg"], "Did you mean 'sgd'?"),
        (["xor", "--over", "learning-rate=-1"], "learning_rate must be a number in (0, inf)"),
        (["xor", "--over", "net=dense4 rellu"], "The network has the word 'rellu'"),
        (["xor", "--net", "dense3"], "The last layer gives 3 outputs, but xor has 2 classes."),
        (["xor", "--net", "dense1", "--hidden", "2"], "This network has no hidden layer."),
        (["xor", "--runs", "0"], "lab: --runs must be a whole number, 1 or more. Got 0."),
        (["xor", "--workers", "0"], "lab: --workers must be a whole number, 1 or more. Got 0."),
        (["xor", "--seed", "-1"], "lab: --seed must be a whole number, 0 or more. Got -1."),
        (["xorr"], "no built-in data set of that name"),
        (["xor", "--out", "none/lab"], "there is no folder 'none'."),
        (["numbers"], "numbers has numbers for targets. A lab counts right answers: give data with classes."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("numbers")
def test_what_cannot_be_is_said_before_the_first_run(glassnet, folder, words, said):
    assert said in glassnet("lab", *words).refusal()
    assert not (folder / "lab.jsonl").exists()
