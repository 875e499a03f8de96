"""Contenders that this environment has, in this process: they do the work that they are told to."""

from importlib import import_module

import numpy as np
import pytest

from glassnet.benchmarks.contenders import ours, with_numpy, worker
from glassnet.benchmarks.contenders.contender import Work
from glassnet.benchmarks.rounds import why_wrong
from glassnet.benchmarks.work import prepare
from glassnet.benchmarks.workloads import WORKLOADS


@pytest.fixture
def given(tmp_path):
    """A workload's file and expectations, by its name."""
    return lambda name: prepare(next(one for one in WORKLOADS if one.name == name), tmp_path)


@pytest.mark.parametrize(
    ("peer", "name"),
    [
        ("numpy", "xor"),
        ("numpy", "perceptron"),
        ("numpy-matrix", "perceptron"),
        ("numpy", "mlp"),
        ("sklearn", "xor"),
        ("sklearn", "mlp"),
        ("jax", "xor"),
        ("jax", "xor-1000"),
        ("jax", "mlp"),
        ("ours", "xor"),
        ("ours", "mlp"),
        ("ours", "xor-1000"),
        ("ours", "one-picture"),
    ],
)
def test_numbers_agree_with_the_reference(given, peer, name):
    found = given(name)
    module = ours if peer == "ours" else import_module(f"{ours.__package__}.with_{peer.partition('-')[0]}")
    contender = module.WORKLOADS[name](Work(name, peer, found.path, threads=1))
    numbers = contender.check()
    assert why_wrong(numbers, found.expected, "float32") == ""
    if peer == "jax":  # with 1 − βᵗ in float32, which has four digits of it, the cnn would be too far off
        np.testing.assert_allclose(numbers, found.expected, atol=1e-5)
    if peer != "sklearn":  # a thousand epochs take it a second
        assert contender.run() > 0
    assert why_wrong(contender.check(), found.expected, "float32") == ""  # each time from the first weights


def test_we_take_part_in_everything():
    names = {one.name + f"-{one.precision}".removesuffix("-float32"): one.whole for one in WORKLOADS}
    assert {name for name, whole in names.items() if whole} == set(ours.WHOLE)
    assert {name for name, whole in names.items() if not whole} == set(ours.WORKLOADS)


@pytest.mark.parametrize("name", ["to-99", "to-99-any"])
def test_whole_trainings_answer_with_their_accuracy(tmp_path, name):
    """On pictures with a white bar at one of ten heights."""
    y = np.tile(np.arange(10), 60)
    x = np.zeros((600, 28, 28, 1), np.uint8)
    for k in range(600):
        x[k, 2 * y[k] : 2 * y[k] + 10] = 255
    np.savez(tmp_path / "work.npz", x=x, y=y, test_x=x[:300], test_y=y[:300])
    accuracy = ours.WHOLE[name](Work(name, "ours", tmp_path / "work.npz", threads=1, seed=1))
    assert accuracy in {k / 300 for k in range(31, 301)}  # better than chance


def test_an_error_in_the_steps_is_found(given, monkeypatch):
    found = given("mlp")
    work = Work("mlp", "numpy", found.path, threads=1)
    monkeypatch.setattr(np, "maximum", lambda z, zero: np.where(z > 0, z, 0.1 * z))  # another activation
    assert "from the reference's" in why_wrong(with_numpy.mlp(work).check(), found.expected, "float32")


def test_whole_processes_get_bytes_and_a_hundred_batches(given):
    found = given("memory")
    assert found.expected is None
    arrays = np.load(found.path)
    assert arrays["x"].dtype == arrays["test_x"].dtype == np.uint8
    assert len(arrays["cuts"]) == 51  # there are only 50 in these
    assert [len(batch) for batch in Work("memory", "torch", found.path, 1).batches] == [128] * 50


def test_versions_are_told_and_memory_is_measured():
    assert worker.versions(with_numpy) == {"numpy": np.__version__}
    before = worker.peak_bytes()
    block = np.ones(40_000_000, np.uint8)
    assert worker.peak_bytes() >= before
    assert block.size < worker.peak_bytes() < 1e11
