import numpy as np
import pytest

from glassnet.reproduction.outcome import differing, largest_difference


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_numbers_are_compared_by_their_bits(kind):
    one = np.array([1, 2, 0.0, np.nan, 5], kind)
    assert differing(one, one.copy()) == 0
    other = np.array([1, np.nextafter(one[1], one[0]), -0.0, np.nan, 4.5], kind)
    assert differing(one, other) == 3
    assert np.isnan(largest_difference(one, other))
    assert largest_difference(one[[0, 1, 4]], other[[0, 1, 4]]) == 0.5


def test_nothing_to_compare():
    assert differing(np.zeros(0, np.float32), np.zeros(0, np.float32)) == 0
    assert largest_difference(np.zeros(0), np.zeros(0)) == 0.0
