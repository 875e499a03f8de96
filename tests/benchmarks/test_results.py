import json

import numpy as np
import pytest
from PIL import Image

from glassnet.benchmarks import Results, save_chart
from glassnet.benchmarks.convolution import Share
from glassnet.benchmarks.machine import machine
from glassnet.benchmarks.measuring import Missing, Versions
from glassnet.benchmarks.results import figure, seconds
from glassnet.benchmarks.rounds import Row

ABOUT = {
    "date": "2026-01-02", "processor": "Some", "cores": 2, "load": 0.5, "system": "Linux x86_64", "python": "3.13.1",
    "threads": 2,
}  # fmt: skip
ROWS = [
    Row("xor", "float32", 0.0005, "torch", 1.0, 2000.0, 1500.0, 2500.0),
    Row("to-99", "float32", 4.0, "torch", 12.0, 3.0, 2.9, 3.2, accuracy=0.99, peer_accuracy=0.9895),
    Row("memory", "float32", 2e8, "torch", 5e8, 2.5, 2.5, 2.5),
]


@pytest.fixture
def results():
    found = Results(ABOUT, 5)
    found.add(Versions({"torch": "2.13"}))
    for row in ROWS:
        found.add(row)
    found.add(Share("forward", 1, 90e9, 120e9))
    found.add(Missing("mlp", "float32", "jax", "No module named 'jax'"))
    return found


def test_the_object_for_json(results):
    document = json.loads(json.dumps(results.document()))
    assert list(document) == ["machine", "versions", "rounds", "rows", "convolution", "missing"]
    assert document["rows"][0] == {
        "workload": "xor", "precision": "float32", "ours": 0.0005, "peer": "torch", "peer_seconds": 1.0,
        "ratio": 2000.0, "low": 1500.0, "high": 2500.0,
    }  # fmt: skip
    assert document["rows"][1]["peer_accuracy"] == 0.9895
    assert document["convolution"][0] == {
        "product": "forward", "threads": 1, "speed": 90e9, "peak": 120e9, "share": 0.75,
    }  # fmt: skip
    assert document["missing"] == [
        {"workload": "mlp", "precision": "float32", "peer": "jax", "why": "No module named 'jax'"}
    ]


def test_the_same_as_markdown(results):
    assert results.markdown().splitlines() == [
        "2026-01-02: Some, 2 cores, Linux x86_64; 2 threads, Python 3.13.1, load 0.5 at the start.",
        "",
        "torch 2.13.",
        "",
        "Medians of 5 rounds in turn. Ratios are the peer's time ÷ ours: above 1 ours is faster.",
        "",
        "| workload | precision | peer  | ours   | peer's | ratio | range          |",
        "|----------|-----------|-------|--------|--------|-------|----------------|",
        "| xor      | float32   | torch | 500 µs | 1.00 s | 2,000 | 1,500 to 2,500 |",
        "| to-99    | float32   | torch | 4.00 s | 12.0 s | 3.00  | 2.90 to 3.20   |",
        "| memory   | float32   | torch | 200 MB | 500 MB | 2.50  | 2.50 to 2.50   |",
        "",
        "Median test accuracy of to-99: ours 0.9900, torch 0.9895.",
        "",
        "The convolution 3×3, 13×13×32 → 11×11×64, beside multiply-adds that never leave their registers:",
        "",
        "| product | threads | GFLOP/s | peak | share |",
        "|---------|---------|---------|------|-------|",
        "| forward | 1       | 90      | 120  | 75%   |",
        "",
        "- missing: mlp (float32), jax: No module named 'jax'",
    ]


def test_targets_stand_beside_the_ratios(results):
    targets = {("xor", "float32", "torch"): 1000, ("to-99", "float32", "torch"): 3.5}
    assert [line.split(" | ")[-1] for line in results.markdown(targets).splitlines()[6:11]][0::2] == [
        "target         |", "1,000, reached |", "               |",
    ]  # fmt: skip
    assert "| 3.5, missed    |" in results.markdown(targets)


def test_results_come_back_from_json(results):
    assert Results.of(json.loads(json.dumps(results.document()))) == results


def test_nothing_measured_is_told_too():
    assert Results(ABOUT, 5).markdown().count("\n") == 1


def test_figures_have_three_digits():
    assert [seconds(value) for value in (123.4, 1.0, 0.1234, 0.000256, 2.5e-7)] == [
        "123 s", "1.00 s", "123 ms", "256 µs", "0.25 µs",
    ]  # fmt: skip
    assert [figure(value) for value in (0.046, 9.996, 99.96, 5340.0)] == ["0.05", "10.0", "100", "5,340"]


def test_the_chart_has_a_bar_for_each_row(tmp_path, results):
    results.add(Row("mlp", "bf16", 1.0, "jax", 0.5, 0.5, 0.4, 0.6))
    save_chart(results, tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as opened:
        picture = np.asarray(opened.convert("RGB")).astype(int)
    blue, orange = (picture[..., 2] - picture[..., 0] > 60), (picture[..., 0] - picture[..., 2] > 60)
    heights = blue.any(1)
    assert np.count_nonzero(np.diff(heights.astype(int)) == 1) == 3  # faster three times
    assert orange.any()  # slower once


def test_the_machine_is_described():
    about = machine(3)
    assert list(about) == list(ABOUT)
    assert (about["threads"], about["cores"] >= 1, bool(about["processor"])) == (3, True, True)
