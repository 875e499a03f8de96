from pathlib import Path

import pytest

from glassnet.benchmarks import measuring
from glassnet.benchmarks.measuring import Missing, Plan, Versions, measure
from glassnet.benchmarks.process import ContenderError
from glassnet.benchmarks.rounds import Row
from glassnet.benchmarks.work import Given
from glassnet.errors import DataFileError

EXPECTED = [0.25] * 50
SECONDS = {"ours": 1.0, "numpy": 2.0, "torch": 3.0, "jax": 0.5}


@pytest.fixture
def contenders(monkeypatch):
    """Contenders that answer at once; sklearn is not there, and those in `wrong` differ from the reference."""
    wrong: set[str] = set()
    running: list[str] = []

    class Planted:
        def __init__(self, start):
            self.name = start.peer
            if self.name not in SECONDS:
                raise ContenderError(f"No module named '{self.name}'")
            running.append(self.name)
            self.versions = {self.name: "1.0"}
            self.numbers = [number + (0.002 if self.name in wrong else 0) for number in EXPECTED]

        def run(self):
            return SECONDS[self.name]

        def close(self):
            running.remove(self.name)

    given = Given(Path("nowhere.npz"), EXPECTED)
    monkeypatch.setattr(measuring, "prepare", lambda workload, folder: given)
    monkeypatch.setattr(measuring, "Serving", Planted)
    yield wrong
    assert running == []


def found(peers, names=("xor",)):
    return [one for one in measure(Plan(names, peers, 3, 2), lambda line: None) if not isinstance(one, Versions)]


def test_a_row_for_each_peer(contenders):
    numpy, torch = found(["numpy", "torch"])
    assert numpy == Row("xor", "float32", 1.0, "numpy", 2.0, 2.0, 2.0, 2.0)
    assert (torch.peer, torch.ratio) == ("torch", 3.0)


def test_a_peer_that_is_missing_is_named_and_the_others_go_on(contenders):
    assert found(["sklearn", "numpy", "keras-torch"]) == [
        Row("xor", "float32", 1.0, "numpy", 2.0, 2.0, 2.0, 2.0),
        Missing("xor", "float32", "sklearn", "No module named 'sklearn'"),
        Missing("xor", "float32", "keras-torch", "No module named 'keras-torch'"),
    ]


def test_a_peer_with_wrong_numbers_has_no_row(contenders):
    contenders.add("torch")
    assert found(["torch"]) == [Missing("xor", "float32", "torch", "its numbers are up to 0.002 from the reference's")]


def test_without_ours_there_is_nothing_to_compare(contenders, monkeypatch):
    contenders.add("ours")
    assert found(["numpy"]) == [Missing("xor", "float32", "ours", "its numbers are up to 0.002 from the reference's")]

    def nowhere(workload, folder):
        raise DataFileError("MNIST is not on this machine.")

    monkeypatch.setattr(measuring, "prepare", nowhere)
    assert found(["numpy"]) == [Missing("xor", "float32", "ours", "MNIST is not on this machine.")]


def test_whole_processes_bring_accuracies_and_bytes(monkeypatch):
    class Planted:
        def __init__(self, start):
            self.own = start.peer == "ours"
            self.versions, self.results, self.peaks = {}, [], []

        def run(self):
            self.results.append((0.9 if self.own else 0.8) + len(self.results) / 100)
            self.peaks.append(100 if self.own else 300)
            return 2.0 if self.own else 8.0

        def close(self):
            pass

    monkeypatch.setattr(measuring, "prepare", lambda workload, folder: Given(Path("nowhere.npz"), None))
    monkeypatch.setattr(measuring, "Whole", Planted)
    to_99, memory = found(["torch"], ["to-99", "memory"])
    assert to_99 == Row("to-99", "float32", 2.0, "torch", 8.0, 4.0, 4.0, 4.0, accuracy=0.91, peer_accuracy=0.81)
    assert memory == Row("memory", "float32", 100, "torch", 300, 3.0, 3.0, 3.0)


def test_what_is_to_come_is_said(contenders):
    said: list[str] = []
    assert list(measure(Plan(["xor"], ["numpy"], 1, 1), said.append))
    assert said == ["xor (float32): 1000 epochs of 4 steps, batch 1, SGD", "  numpy"]
