import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from threadpoolctl import threadpool_info

from glassnet.files import load, save

DIGITS = ("digits", "--net", "flatten dense16 relu batchnorm dense10", "--epochs", "3", "--validation", "0.1",
          "--engine", "reference")  # fmt: skip  # whose last bits depend on the kernel of BLAS


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A model of digits, made by the command in a process of its own."""
    path = tmp_path_factory.mktemp("trained") / "model"
    subprocess.run([sys.executable, "-m", "glassnet", "train", *DIGITS, "--out", path, "--quiet"], check=True)
    return path


def test_the_same_bits(glassnet, trained, folder):
    called = glassnet("reproduce", trained)
    assert (called.code, called.out) == (0, "The same bits: 1,242 weights and 32 numbers of state.\n")
    assert called.err.startswith("Training again on digits: 1,438 samples, seed 0, 123 steps.\nepoch 1/3  loss ")
    assert os.listdir(folder) == []
    called = glassnet("reproduce", trained, "--quiet")
    assert (called.code, called.out, called.err) == (0, "", "")
    called = glassnet("reproduce", trained, "--quiet", "--json")
    assert (called.code, called.err) == (0, "")
    assert called.json["seconds"] > 0
    assert {**called.json, "seconds": 0} == {
        "model": str(trained),
        "same": True,
        "weights": 1242,
        "weights_differing": 0,
        "state": 32,
        "state_differing": 0,
        "largest_difference": 0.0,
        "then": {"steps": 123, "ended": "all epochs done"},
        "now": {"steps": 123, "ended": "all epochs done"},
        "causes": {},
        "data": "digits",
        "seed": 0,
        "seconds": 0,
    }


@pytest.mark.parametrize(
    "words",
    [
        ("xor", "--epochs", "30"),
        ("people", "--epochs", "30", "--net", "dense4 relu dense1", "--validation", "0.5", "--optimizer", "adam"),
        ("digits", "--epochs", "2", "--net", "flatten dense10", "--augment", "digits"),
        ("moons", "--epochs", "99", "--patience", "1", "--seed", "3"),
        ("blobs", "--epochs", "9", "--learning-rate", "1e30"),
    ],
    ids=lambda words: words[0],
)
def test_other_trainings(glassnet, words):
    assert glassnet("train", *words, "--out", "model", "--quiet").code in (0, 2)  # 2 where it diverged
    called = glassnet("reproduce", "model")
    assert (called.code, called.out) == (0, f"The same bits: {load('model').network.vectors.weights.size:,} weights.\n")
    called = glassnet("reproduce", "model", "--json")
    assert (called.code, called.json["same"]) == (0, True)
    assert called.json["then"] == called.json["now"]


def test_packed_pictures_are_found_by_the_name_of_their_folder(glassnet, folder):
    from PIL import Image

    for label in ("cat", "dog"):
        for number in range(5):
            path = folder / "pictures" / label / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("L", (8, 8), 20 * number + 100 * (label == "dog")).save(path)
    assert glassnet("data", "pack", "pictures", "--out", "packed", "--size", "8x8").code == 0
    words = ("--net", "flatten dense2", "--epochs", "2", "--out", "model", "--seed", "5")
    assert glassnet("train", "packed", *words).code == 0
    assert glassnet("reproduce", "model").code == 0
    (folder / "packed").rename("moved")
    said = glassnet("reproduce", "model").refusal()
    assert "There is no folder './packed'" in said
    assert said.endswith("Say where the data of then lie: --data FOLDER.\n")
    assert glassnet("reproduce", "model", "--data", "moved").code == 0


def test_other_bits(glassnet, trained, folder):
    model = load(trained)
    model.network.vectors.weights[7] += 0.25
    save(model, folder / "changed")
    called = glassnet("reproduce", "changed")
    assert called.code == 1
    assert called.out == (
        "Not the same bits: 1 of 1,242 weights and 0 of 32 numbers of state differ, the largest by 0.25.\n"
        "What differs from the training of then:\n"
        "  weights: every epoch went as it did then, so they were changed afterwards\n"
        "Seed, data, versions, engine, threads and processor are the same: the file was changed by a program, or "
        "glassnet has a fault.\n"
    )
    called = glassnet("reproduce", "changed", "--json", "--quiet")
    assert (called.code, called.err, called.json["weights_differing"]) == (1, "", 1)
    assert called.json["causes"].keys() == {"weights"}
    receipt = {**model.receipt, "steps": 99, "machine": {**model.receipt["machine"], "numpy": "\x1b[1m"}}
    save(replace(model, receipt=receipt), folder / "changed")
    called = glassnet("reproduce", "changed")
    assert called.code == 1
    assert "It made 99 steps (all epochs done) then, and 99 steps (stopped) now." in called.out
    assert "  versions: NumPy \\x1b[1m then, " in called.out
    assert "fault" not in called.out


def test_where_nothing_differs_that_is_said_plainly(glassnet, trained, folder):
    model = load(trained)
    save(replace(model, receipt={**model.receipt, "ended": "early stopping"}), folder / "changed")
    called = glassnet("reproduce", "changed")
    assert called.code == 1
    assert called.out.startswith("It made 123 steps (early stopping) then, and 123 steps (all epochs done) now.\nSeed,")


def kernel_now():
    return next(library.get("architecture") for library in threadpool_info() if library["user_api"] == "blas")


def test_another_kernel_of_blas_is_named(process, trained):
    other = "Nehalem" if kernel_now() != "Nehalem" else "SandyBridge"  # every x86-64 processor has both
    called = process("reproduce", trained, "--json", env={**os.environ, "OPENBLAS_CORETYPE": other})
    document = called.json
    if document["same"]:  # another BLAS, or another kind of processor, does not know this variable
        assert document["causes"] == {}
        return
    assert called.code == 1
    assert document["causes"] == {"processor": [f"BLAS kernel {kernel_now()} then, {other} now"]}
    assert 0 < document["largest_difference"] < 0.01
    assert document["weights_differing"] > 0


def test_what_came_of_it_can_be_kept(glassnet, trained, folder, same_bits):
    assert glassnet("reproduce", trained, "--out", "again", "--quiet").code == 0
    same_bits(trained, "again")
    receipt, kept = load(trained).receipt, load("again").receipt
    assert kept["figures"] == {}
    assert {**kept, "seconds": 0, "figures": 0} == {**receipt, "seconds": 0, "figures": 0}
    assert "'again' exists already." in glassnet("reproduce", trained, "--out", "again").refusal()
    assert glassnet("reproduce", "again", "--out", trained, "--force").code == 0
    assert "is named twice" in glassnet("reproduce", "again", "--out", "again", "--force").refusal()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it(glassnet, folder, number):
    assert glassnet("train", "xor", "--epochs", "2", "--out", "model", "--quiet").code == 0
    model = load(folder / "model")
    settings = {**model.receipt["settings"], "recipe": {**model.receipt["settings"]["recipe"], "epochs": 10**9}}
    save(replace(model, receipt={**model.receipt, "settings": settings, "steps": 4 * 10**9}), folder / "endless")
    command = [sys.executable, "-m", "glassnet", "reproduce", "endless"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        assert started.stderr.readline() == "Training again on xor: 4 samples, seed 0, 4,000,000,000 steps.\n"
        assert started.stderr.readline().startswith("epoch ")
        started.send_signal(number)
        out, err = started.communicate(timeout=600)
    assert (started.returncode, out) == (128 + number, "")
    assert err.splitlines()[-1].startswith("Stopped after step ")
    assert err.endswith(" of 4,000,000,000. Nothing was compared.\n")
    assert sorted(os.listdir(folder)) == [".model.lock", "endless", "model"]


def test_a_model_that_was_never_trained(glassnet, folder, trained):
    save(replace(load(trained), receipt={}), folder / "bare")
    said = glassnet("reproduce", "bare").refusal()
    assert "The receipt in this model does not say how it was trained, so it cannot be trained again." in said
