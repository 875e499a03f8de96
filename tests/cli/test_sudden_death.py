"""Trainings that are killed, in processes of their own, and go on to the same weights as one that was not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glassnet.cli.main import run
from tests.cli.dying import MOMENTS

# dropout, moving averages, an optimizer with a memory, held-out samples and the best weights: all that a run can hold
REFERENCE = ["--engine", "reference"]  # the other one writes to the disk whenever it compiles
WORDS = ["train", "blobs", *REFERENCE, "--net", "dense8 batchnorm relu dropout0.1 dense3"]
WORDS += ["--epochs", "8", "--patience", "8"]
DEATHS = [
    ("train", 1),
    ("train", 4),
    ("train", 9),
    ("begin a checkpoint", 3),
    ("force to the disk", 1),
    ("force to the disk", 4),
    ("rename", 1),  # the first checkpoint is whole, but not in its place
    ("rename", 3),  # of a later one: the newest becomes the previous one
    ("rename", 4),
    ("examine", 1),
    ("save the model", 1),
    ("remove the checkpoints", 1),  # the model is there already, its checkpoints too
]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("undisturbed") / "model"
    assert run([*WORDS, "--out", str(path), "--quiet"]) == 0
    return path


@pytest.fixture
def dies(process):
    """Trains in a process that dies at a moment; whether it got there."""

    def call(moment, number, *words):
        called = process(moment, str(number), *words, start=("-m", "tests.cli.dying"), env=environment())
        assert called.code in (-signal.SIGKILL, 0), called.err
        return called.code == -signal.SIGKILL

    return call


def environment():
    """This one, but tests can be imported from other folders."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def test_the_moments_are_all_tried():
    assert {*(moment for moment, _ in DEATHS), "train compiled"} == set(MOMENTS)


@pytest.mark.parametrize("number", [1, 4, 9])
def test_row_81_so_does_one_of_the_compiled_engine(glassnet, dies, same_bits, number):
    words = [word if word != "reference" else "cpu" for word in WORDS]
    assert glassnet(*words, "--out", "undisturbed", "--quiet").code == 0
    assert dies("train compiled", number, *words)
    assert glassnet(*words, "--resume").code == 0
    same_bits("model.safetensors", "undisturbed")


@pytest.mark.parametrize(("moment", "number"), DEATHS, ids=lambda value: str(value))
def test_row_81_a_killed_training_goes_on_to_the_same_bits(
    glassnet, dies, folder, undisturbed, same_bits, moment, number
):
    assert dies(moment, number, *WORDS)
    called = glassnet(*WORDS, "--resume")
    assert called.code == 0
    same_bits("model.safetensors", undisturbed)
    assert [name for name in os.listdir(folder) if not name.endswith(".lock")] == ["model.safetensors"]


def test_row_81_killed_again_and_again(dies, folder, undisturbed, same_bits):
    deaths = 0
    for number in range(1, 20):
        moment = ("train", "force to the disk", "rename")[number % 3]
        deaths += dies(moment, 2 + number % 4, *WORDS, "--resume")
        if (folder / "model.safetensors").exists():
            break
    assert deaths >= 4
    assert run([*WORDS, "--resume", "--quiet"]) == 0
    same_bits("model.safetensors", undisturbed)


def changed_at(path):
    """When the file was changed; None where it is not there, as between two renames."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def test_row_81_killed_from_outside_at_any_moment(glassnet, folder, same_bits):
    words = [*WORDS[:-3], "400"]
    assert glassnet(*words, "--out", "undisturbed", "--quiet").code == 0
    checkpoint = folder / "model.safetensors.checkpoint"
    for milliseconds in (0, 7, 31):
        before = changed_at(checkpoint)
        command = [sys.executable, "-m", "tests.cli.dying", "examine", "2", *words, "--resume", "--quiet"]
        with subprocess.Popen(command, env=environment()) as training:
            while training.poll() is None and changed_at(checkpoint) in (None, before):
                time.sleep(0.001)
            time.sleep(milliseconds / 1000)
            training.kill()
        assert training.returncode == -signal.SIGKILL
    called = glassnet(*words, "--resume")
    assert called.code == 0
    assert "Going on after step " in called.err
    same_bits("model.safetensors", "undisturbed")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_row_61_signals_from_outside(folder, number, code):
    command = [sys.executable, "-m", "glassnet", "train", "blobs", "--epochs", "1000000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as training:
        assert training.stderr is not None
        said = [training.stderr.readline() for _ in range(3)]  # what is trained, on what, and the first epoch
        training.send_signal(number)
        said += training.stderr.readlines()
    assert training.returncode == code
    assert said[2].startswith("epoch ")
    assert said[-1].startswith("Stopped after step ")
    assert said[-1].endswith("To go on, give the same command with --resume.\n")
    assert (folder / "model.safetensors.checkpoint").is_file()


def damage(path):
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)


def test_row_80_a_damaged_checkpoint_gives_way_to_the_one_before_it(glassnet, dies, folder, undisturbed, same_bits):
    assert dies("train", 7, *WORDS)
    damage(folder / "model.safetensors.checkpoint")
    called = glassnet(*WORDS, "--resume")
    assert called.code == 0
    assert "its bytes are not those that were written" in called.err
    assert "The checkpoint before it is taken, 'model.safetensors.checkpoint.previous'. Going on after" in called.err
    same_bits("model.safetensors", undisturbed)


def test_row_80_where_no_checkpoint_is_whole_it_says_so(glassnet, dies, folder):
    assert dies("train", 7, *WORDS)
    damage(folder / "model.safetensors.checkpoint")
    damage(folder / "model.safetensors.checkpoint.previous")
    for words in (WORDS, [*WORDS, "--resume"]):
        said = glassnet(*words).refusal()
        assert "No checkpoint is whole." in said
        assert "Remove it to start afresh." in said
    assert glassnet(*WORDS, "--force").code == 0
