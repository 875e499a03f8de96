from __future__ import annotations

import numpy as np
import pytest

from glassnet.augmentation import Elastic
from glassnet.errors import ParameterError


def drawn(elastic, count, seed=0):
    return np.random.default_rng(seed).random((count, elastic.numbers))


def test_displacements_have_the_strength_that_was_asked_for_everywhere():
    elastic = Elastic(0.05)
    bends = elastic.displacements(drawn(elastic, 4000), (28, 40))
    assert bends.shape == (4000, 2, 28, 40)
    deviations = bends.std(0)
    assert deviations[0] == pytest.approx(np.full((28, 40), 0.05 * 40), rel=0.06)
    assert deviations[1] == pytest.approx(np.full((28, 40), 0.05 * 28), rel=0.06)


def test_points_that_are_near_move_alike_and_those_far_apart_do_not():
    """Two points of noise smoothed by a Gaussian of σ correlate by exp(−d²/4σ²)."""
    elastic = Elastic(0.05, smoothness=1 / 7)
    bends = elastic.displacements(drawn(elastic, 4000), (28, 28))[:, 0, 14]
    for distance in (1, 4, 8, 12):
        correlation = np.corrcoef(bends[:, 8], bends[:, 8 + distance])[0, 1]
        assert correlation == pytest.approx(np.exp(-(distance**2) / (4 * 4**2)), abs=0.05)


def test_the_middle_numbers_bend_nothing():
    elastic = Elastic()
    assert not elastic.displacements(np.full((2, elastic.numbers), 0.5), (9, 9)).any()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"strength": 0.6}, r"Elastic: strength must be a number in \[0, 0.5\]\. Got 0.6\."),
        ({"smoothness": 0.01}, r"Elastic: smoothness must be a number in \[0.05, 1\]\. Got 0.01\."),
    ],
)
def test_amounts_out_of_reason(settings, message):
    with pytest.raises(ParameterError, match=message):
        Elastic(**settings)
