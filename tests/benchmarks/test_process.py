import subprocess
import sys

import pytest

from glassnet.benchmarks.process import ContenderError, Process, Serving, Start, Whole
from glassnet.benchmarks.rounds import why_wrong
from glassnet.benchmarks.work import prepare
from glassnet.benchmarks.workloads import WORKLOADS

XOR = WORKLOADS[0]


def test_a_contender_makes_ready_once_and_runs_often(tmp_path):
    given = prepare(XOR, tmp_path)
    serving = Serving(Start(sys.executable, "with_numpy", "numpy", "xor", given.path, 1))
    process = serving.process.popen
    assert list(serving.versions) == ["numpy"]
    assert given.expected is not None
    assert why_wrong(serving.numbers, given.expected, "float32") == ""
    assert serving.run() > 0
    assert serving.run() > 0
    serving.close()
    assert process.poll() is not None


def test_it_needs_no_glassnet(tmp_path):
    """In an environment of its own, none of our modules is there."""
    given = prepare(XOR, tmp_path)
    start = Start(sys.executable, "with_numpy", "numpy", "xor", given.path, 1).process()
    assert isinstance(start.popen.args, list)
    start.close()
    hidden = "import sys; sys.modules['glassnet'] = None; " + start.popen.args[3]
    words = [*start.popen.args[:3], hidden, *start.popen.args[4:]]
    done = subprocess.run(words, input="check\n", capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 2
    assert '"check": [' in done.stdout


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('print(\'{"missing": "no engine"}\')', "no engine"),
        ("raise ValueError('out of order')", "it ended with 1: ValueError: out of order"),
        ("import os; os._exit(3)", "it ended with 3: it said nothing"),
    ],
)
def test_what_is_wrong_with_a_contender_is_said(code, said):
    process = Process([sys.executable, "-c", code])
    with pytest.raises(ContenderError, match=said):
        process.answer()
    process.close()


def test_a_contender_that_ends_before_it_is_asked():
    process = Process([sys.executable, "-c", ""])
    process.popen.wait()
    with pytest.raises(ContenderError, match="it ended with 0"):
        process.ask("run")
    process.close()


def test_a_python_that_is_not_there():
    with pytest.raises(ContenderError, match=r"'none/python' does not start: No such file or directory"):
        Process(["none/python"])


def test_work_that_nobody_knows(tmp_path):
    with pytest.raises(ContenderError, match="it cannot do this yet"):
        Serving(Start(sys.executable, "with_numpy", "numpy", "cnn", tmp_path, 1))


def test_whole_processes_are_timed_from_their_start(tmp_path, monkeypatch):
    answer = '{"versions": {"numpy": "2"}, "result": %s, "peak": 5}'
    seeds = []

    def process(self, seed=0):
        seeds.append(seed)
        return Process([sys.executable, "-c", f"print('{answer % (0.5 + seed)}')"])

    monkeypatch.setattr(Start, "process", process)
    whole = Whole(Start(sys.executable, "with_torch", "torch", "to-99", tmp_path, 1))
    assert all(whole.run() > 0 for _ in range(2))
    assert seeds == [0, 0, 1]  # the first does not count
    assert (whole.results, whole.peaks, whole.versions) == ([0.5, 1.5], [5, 5], {"numpy": "2"})
