import pytest
from scipy.stats import binomtest

from glassnet.evaluation import wilson_interval


@pytest.mark.parametrize(("hits", "count"), [(0, 1), (1, 1), (0, 10), (10, 10), (3, 7), (355, 359), (9_812, 10_000)])
def test_agrees_with_scipy(hits, count):
    oracle = binomtest(hits, count).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson_interval(hits, count) == pytest.approx((oracle.low, oracle.high), abs=1e-12)


def test_by_hand():
    # 8 of 10: (0.8 + 0.19208 ± 1.96·√(0.016 + 0.0096037)) / (1 + 0.38415) = (0.99208 ± 0.31362) / 1.38415
    assert wilson_interval(8, 10) == pytest.approx((0.49016, 0.94331), abs=2e-5)


def test_never_leaves_0_to_1():
    assert wilson_interval(0, 5)[0] == 0
    assert wilson_interval(5, 5)[1] == 1


@pytest.mark.parametrize("count", [1, 3, 10, 57, 200, 1000])
def test_none_and_all_lie_at_the_ends(count):
    assert wilson_interval(0, count)[0] == 0
    assert wilson_interval(count, count)[1] == 1
