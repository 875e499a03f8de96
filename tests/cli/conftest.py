"""Commands, called in this process, in a folder of their own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
import pytest

from glassnet.cli.main import run
from glassnet.data import Dataset
from glassnet.data.dataset import Parts
from glassnet.data.sources import BUILT_IN
from glassnet.files import load


@dataclass(frozen=True)
class Called:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    def refusal(self):
        """What it said where it left with exit code 2: one line on standard error, nothing else."""
        assert (self.code, self.out) == (2, "")
        assert self.err.startswith("glassnet: ")
        assert self.err.count("\n") == 1
        return self.err


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def glassnet(folder, capsys):
    """Calls a command in this process: glassnet("train", "xor")."""

    def call(*words):
        capsys.readouterr()
        code = run([str(word) for word in words])
        return Called(code, *capsys.readouterr())

    return call


@pytest.fixture
def process(folder):
    """Calls a command in a process of its own; `start` is the program before the words."""

    def call(*words, start=("-m", "glassnet"), **options):
        command = [sys.executable, *start, *words]
        options = {"capture_output": True, "text": True, "timeout": 600, "check": False, **options}
        ended = subprocess.run(command, **options)
        return Called(ended.returncode, ended.stdout, ended.stderr)

    return call


@pytest.fixture
def same_bits():
    """Whether two model files hold the same network, bit for bit, and came to be in the same steps."""

    def compare(one, other):
        first, second = load(one), load(other)
        assert first.network.vectors.weights.tobytes() == second.network.vectors.weights.tobytes()
        assert first.network.vectors.state.tobytes() == second.network.vectors.state.tobytes()
        assert first.history == second.history
        assert first.receipt["steps"] == second.receipt["steps"]
        assert first.receipt["ended"] == second.receipt["ended"]

    return compare


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A folder with trained networks: people, blobs, and digits, which is a picture each."""
    place = tmp_path_factory.mktemp("models")
    digits = ("digits", "--net", "flatten dense64 relu dense10", "--epochs", "20")
    for data, *options in (("people",), ("blobs", "--epochs", "3"), digits):
        assert run(["train", data, *options, "--out", str(place / data), "--quiet"]) == 0
    return place


@pytest.fixture
def clean_environment():
    """This environment without what it says of languages and homes."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "PYTHON", "HOME", "XDG_"))
    }


@pytest.fixture
def numbers(monkeypatch):
    """A data set "numbers" whose targets are numbers."""
    x = np.linspace(-1, 1, 80, dtype=np.float32).reshape(40, 2)
    data = Dataset("numbers", x, x.astype(np.float64).sum(1, keepdims=True) ** 2, None)
    monkeypatch.setitem(BUILT_IN, "numbers", lambda seed: Parts(data.take(np.arange(40)), data))


@pytest.fixture
def clock(monkeypatch):
    """Time stands still, until it is set."""
    times = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: times[0])
    return times
