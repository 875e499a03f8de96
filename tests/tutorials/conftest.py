"""Scripts, written into a folder of their own and run there in this process."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from glassnet.data import Dataset, load_data
from glassnet.data.dataset import Parts
from glassnet.preparation import Preparation, Scale
from glassnet.tutorials import Outcome, run_script


@dataclass(frozen=True)
class Ran:
    """How a script ended, and what it printed."""

    outcome: Outcome
    out: str
    err: str

    @property
    def code(self):
        return self.outcome.exit_code

    @property
    def said(self):
        return self.outcome.said

    @property
    def translated(self):
        return list(self.outcome.translated)

    def refusal(self):
        """The one line of a script that cannot be run, or not to its end."""
        assert self.code == 2, self.said
        assert self.said.startswith("glassnet: ")
        assert "\n" not in self.said
        return self.said.removeprefix("glassnet: ")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the current one; nothing can show pictures."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """run("print(1)", "an argument") writes a script and runs it; run(path) runs one that is there."""

    def call(script, *arguments, name="script.py"):
        if not isinstance(script, Path):
            (folder / name).write_text(script, encoding="utf-8")
            script = Path(name)
        capsys.readouterr()
        outcome = run_script(script, arguments)
        return Ran(outcome, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def enlarged_digits():
    """The small scans of "digits", three times as wide and high, so that they have MNIST's shape."""

    def enlarged(part):
        pictures = np.kron(part.x[..., 0], np.ones((1, 3, 3)))
        x = np.pad(pictures * (255 / 16), ((0, 0), (2, 2), (2, 2)))[..., None].astype(np.uint8)
        return Dataset("mnist", x, part.y, tuple(range(10)), Preparation((), Scale(1 / 255)))

    return Parts(*map(enlarged, load_data("digits")))


@pytest.fixture
def small_mnist(monkeypatch, enlarged_digits):
    """Under the name of MNIST 1438 scans to learn from and 359 to test with."""
    monkeypatch.setitem(sys.modules["glassnet.data.sources"].BUILT_IN, "mnist", lambda seed: enlarged_digits)
    return enlarged_digits
