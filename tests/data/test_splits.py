import numpy as np
import pytest

from glassnet.data import Dataset, stratified
from glassnet.data.splits import at_most
from glassnet.errors import DataError, ParameterError


@pytest.mark.parametrize("share", [0.05, 0.1, 1 / 3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("sizes", [(50, 50), (100, 10, 40), (300, 7, 1, 92), (25,)])
def test_every_class_gives_the_same_share(sizes, share):
    y = np.repeat(np.arange(len(sizes)) * 3 - 1, sizes)
    y = y[np.argsort(np.sin(np.arange(len(y))))]
    kept, held = stratified(y, len(y), share, seed=5)
    assert sorted([*kept, *held]) == list(range(len(y)))
    assert kept.tolist() == sorted(kept)
    assert held.tolist() == sorted(held)
    for label, size in zip(np.unique(y), sizes, strict=True):
        assert abs((y[held] == label).sum() - share * size) <= 1
        assert (y[kept] == label).any()


def test_the_total_is_the_rounded_share():
    y = np.repeat(np.arange(10), 13)
    assert len(stratified(y, 130, 0.1, seed=0)[1]) == 13
    assert len(stratified(None, 130, 0.1, seed=0)[1]) == 13


def test_the_seed_decides():
    y = np.arange(100) % 2
    held = [stratified(y, 100, 0.2, seed)[1].tolist() for seed in (1, 1, 2, 2**64 - 1)]
    assert held[0] == held[1]
    assert held[0] != held[2] != held[3]


def test_known_rows_for_ever():
    assert stratified(np.arange(20) % 2, 20, 0.3, seed=0)[1].tolist() == [0, 4, 10, 15, 17, 19]


@pytest.mark.parametrize(("y", "share"), [([0], 0.5), ([0, 1, 2], 0.5), ([0, 0, 1, 1], 0.1)])
def test_too_few_to_hold_out(y, share):
    with pytest.raises(DataError, match=rf"share of {share} of {len(y)} samples out: none of .* can spare one"):
        stratified(np.array(y), len(y), share, seed=0)


@pytest.mark.parametrize("share", [0, 1, -0.1, np.nan, "half"])
def test_shares_outside_are_refused(share):
    with pytest.raises(ParameterError, match=r"share must be a number in \(0, 1\)"):
        stratified(None, 10, share, seed=0)


def test_of_many_samples_some_are_taken_in_file_order():
    data = Dataset("some", np.arange(40).reshape(20, 2), np.arange(20) % 2, (0, 1))
    some = at_most(7, data, seed=4)
    assert len(some) == 7
    assert (np.diff(some.x[:, 0]) > 0).all()
    assert some.fingerprint == at_most(7, data, seed=4).fingerprint != at_most(7, data, seed=5).fingerprint
    assert at_most(20, data, seed=4) is data
