"""Default settings learn tables as well as scikit-learn's networks do; `make tables` measures it at length."""

import statistics

import pytest

from benchmarks.tables import measure


@pytest.mark.parametrize("name", ["iris", "wine"])
def test_no_worse_than_a_network_of_scikit_learn(name):
    (ours, _), (theirs, _) = measure(name, rounds=1)
    assert len(ours) == len(theirs) == 5
    assert statistics.mean(ours) >= statistics.mean(theirs) - 0.01
