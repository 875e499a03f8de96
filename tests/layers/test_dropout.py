from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import Context, Dropout
from glassnet.randomness import Purpose, words
from tests.layers.working import PREDICTING, there_and_back


def context(*given: int) -> Context:
    """Training with these words alone."""

    def draw(count):
        assert count == len(given)
        return np.array(given, np.uint32)

    return Context(training=True, words=draw)


def test_the_rule_of_halves_by_hand():
    # Halves, low ones first: 7FFF, 8000, 8000, 7FFF. Rate ½ leaves out what is below 8000 and doubles the rest.
    y, dx, _ = there_and_back(
        Dropout(0.5), {}, [[1, 2], [3, 4]], [[10, 20], [30, 40]], context(0x8000_7FFF, 0x7FFF_8000)
    )
    assert y.tolist() == [[0, 4], [6, 0]]
    assert dx.tolist() == [[0, 40], [60, 0]]


def test_an_odd_number_takes_half_of_the_last_word():
    # Rate ¼: a half below 4000 is left out, the others count 4/3.
    y, _, _ = there_and_back(Dropout(0.25), {}, [[3, 3, 3]], [[0, 0, 0]], context(0x3FFF_4000, 0x0000_FFFF))
    np.testing.assert_allclose(y, [[4, 0, 4]], rtol=1e-15)


def test_nothing_happens_outside_training():
    y, dx, _ = there_and_back(Dropout(0.5), {}, [[1, 2]], [[3, 4]], PREDICTING)
    assert y.tolist() == [[1, 2]]
    assert dx.tolist() == [[3, 4]]


def test_rate_zero_keeps_all():
    y, _, _ = there_and_back(Dropout(0.0), {}, [[1, 2]], [[0, 0]], context(0))
    assert y.tolist() == [[1, 2]]


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5, 0.9])
def test_the_share_that_is_left_out(rate):
    """Of n numbers the share is off by √(rate·(1 − rate)/n): allow five of these. The sum stays on average."""
    n = 100_000
    x = np.ones((100, n // 100), np.float32)
    y, _ = Dropout(rate).forward({}, {}, x, Context(True, partial(words, 1, Purpose.DROPOUT, 0, 0)))
    deviation = (rate * (1 - rate) / n) ** 0.5
    assert np.mean(y == 0) == pytest.approx(rate, abs=5 * deviation)
    assert y.mean() == pytest.approx(1, abs=5 * deviation / (1 - rate))
    assert set(np.unique(y)) == {0, np.float32(1 / (1 - rate))}


@pytest.mark.parametrize("rate", [1.5, 1, -0.1, float("nan"), "half"])
def test_row_55_rates(rate):
    with pytest.raises(ParameterError, match=r"^Dropout: rate must be a number in \[0, 1\)\. Got "):
        Dropout(rate)
