import pytest
from PIL import Image

from glassnet.benchmarks.measuring import Missing, Versions
from glassnet.benchmarks.rounds import Row

ROW = Row("xor", "float32", 0.001, "numpy", 0.1, 100.0, 90.0, 110.0)


@pytest.fixture
def planted(monkeypatch):
    """Measurements that take no time; the plan that was asked for comes into the list."""
    plans = []

    def measure(plan, say):
        plans.append(plan)
        say("xor (float32): some steps")
        yield Versions({"numpy": "2.0"})
        yield ROW
        if "torch" in plan.peers:
            raise KeyboardInterrupt
        yield Missing("xor", "float32", "sklearn", "No module named 'sklearn'")

    monkeypatch.setattr("glassnet.benchmarks.measure", measure)
    return plans


def test_xor_for_real_against_numpy(glassnet):
    called = glassnet("bench", "xor", "--peers", "numpy", "--rounds", "2", "--threads", "1", "--json", "--quiet")
    assert (called.code, called.err, called.out.count("\n")) == (0, "", 1)
    document = called.json
    (row,) = document["rows"]
    assert (row["workload"], row["precision"], row["peer"], document["missing"]) == ("xor", "float32", "numpy", [])
    assert 0 < row["low"] <= row["ratio"] <= row["high"]
    assert (document["rounds"], document["machine"]["threads"]) == (2, 1)
    assert {"glassnet", "numpy", "numba"} <= set(document["versions"])


def test_a_person_sees_tables_and_progress(glassnet, folder, planted):
    called = glassnet("bench", "xor", "--peers", "numpy,sklearn", "--out", "table.md", "--chart", "chart.png")
    assert called.code == 0
    assert called.err == "xor (float32): some steps\n    100 times ours\n"
    assert "| xor      | float32   | numpy | 1.00 ms | 100 ms | 100   | 90.0 to 110 |\n" in called.out
    assert called.out.endswith("- missing: xor (float32), sklearn: No module named 'sklearn'\n")
    assert (folder / "table.md").read_text() == called.out
    with Image.open(folder / "chart.png") as picture:
        assert picture.format == "PNG"
    (plan,) = planted
    assert (plan.names, plan.peers, plan.rounds) == (["xor"], ["numpy", "sklearn"], 5)


def test_ctrl_c_keeps_what_was_measured(glassnet, folder, planted):
    called = glassnet("bench", "--out", "table.md", "--json")
    assert called.code == 130
    assert called.err.endswith("Interrupted: what follows was measured before.\n")
    assert [row["peer"] for row in called.json["rows"]] == ["numpy"]
    assert "numpy" in (folder / "table.md").read_text()


def test_the_peers_beside_are_found(glassnet, folder, planted):
    python = folder / ".peers" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert glassnet("bench", "xor", "--peers", "numpy").code == 0
    assert glassnet("bench", "xor", "--peers", "numpy", "--python", "other/python").code == 0
    assert [plan.python for plan in planted] == [str(python), "other/python"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xorr"], "WORKLOAD must be one of xor, perceptron, mlp"),
        (["xor", "--peers", "numpy,troch"], "--peers must be one of numpy, torch"),
        (["xor", "--rounds", "0"], "--rounds must be a whole number, 1 or more"),
        (["xor", "--threads", "0"], "--threads must be a whole number, 1 or more"),
        (["xor", "--out", "there.md"], "'there.md' exists already"),
        (["xor", "--chart", "none/chart.png"], "there is no folder 'none'"),
        (["xor", "--out", "same", "--chart", "same"], "'same' is named twice"),
    ],
)
def test_what_can_be_mended_is_said_before_anything_is_measured(glassnet, folder, planted, words, said):
    (folder / "there.md").touch()
    assert said in glassnet("bench", *words).refusal()
    assert planted == []
