import json
from pathlib import Path

from benchmarks import page
from glassnet.benchmarks import Results
from glassnet.benchmarks.rounds import Row
from glassnet.benchmarks.workloads import WORKLOADS
from tests.benchmarks.test_results import ABOUT

XOR = Row("xor", "float32", 0.001, "torch", 2.0, 2000.0, 1500.0, 2500.0)
MLP = Row("mlp", "float32", 0.1, "torch", 0.2, 2.0, 1.5, 2.5)


def test_there_is_a_target_for_nothing_but_what_is_measured():
    measured = {(work.name, work.precision, peer) for work in WORKLOADS for peer in work.peers}
    assert page.TARGETS.keys() <= measured


def test_the_parts_of_a_run_come_together_on_the_page(tmp_path, monkeypatch):
    (tmp_path / "pictures").mkdir()
    text = tmp_path / "benchmarks.md"
    text.write_text(f"# Before\n{page.MARKS[0]}old\n{page.MARKS[1]}after\n", "utf-8")
    for name, row in (("a", XOR), ("b", MLP)):
        (tmp_path / name).write_text(json.dumps(Results(ABOUT, 5, [row], versions={name: "1"}).document()), "utf-8")
    monkeypatch.setattr(page, "DOCS", tmp_path)
    monkeypatch.setattr("sys.argv", ["page", str(tmp_path / "a"), str(tmp_path / "b")])
    page.main()
    lines = text.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1], "old" in lines, "a 1, b 1." in lines) == ("# Before", "after", False, True)
    assert [line.split(" | ")[-1] for line in lines if "torch" in line] == ["1,000, reached |", "3, missed      |"]
    assert (tmp_path / "pictures" / "benchmarks.png").stat().st_size > 1000


def test_the_page_has_room_for_them():
    text = (Path(page.__file__).parents[1] / "docs" / "benchmarks.md").read_text("utf-8")
    assert all(text.count(mark) == 1 for mark in page.MARKS)
