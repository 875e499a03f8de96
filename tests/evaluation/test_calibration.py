import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from glassnet.evaluation import calibration


def test_bins_agree_with_scikit_learn():
    draw = np.random.default_rng(0)
    confidences = draw.uniform(0.5, 1, 300)
    right = draw.uniform(size=300) < confidences
    found = calibration(confidences, right)
    accuracies, means = calibration_curve(right, confidences, n_bins=15, strategy="quantile")
    assert found.counts.tolist() == [20] * 15
    np.testing.assert_allclose(found.accuracies, accuracies)
    np.testing.assert_allclose(found.confidences, means)
    assert found.error == pytest.approx(np.abs(accuracies - means).mean())


def test_the_error_by_hand():
    """Two bins: 0.6 sure on average and half right, 0.9 sure and all right: (2·0.1 + 2·0.1) / 4."""
    found = calibration(np.array([0.5, 0.7, 0.8, 1.0]), np.array([True, False, True, True]), bins=2)
    assert found.error == pytest.approx(0.1)


def test_chance_is_what_right_confidences_show_on_average():
    draw = np.random.default_rng(1)
    confidences = draw.uniform(0.5, 1, 300)
    errors = [calibration(confidences, draw.uniform(size=300) < confidences).error for _ in range(300)]
    assert calibration(confidences, np.ones(300, bool)).chance == pytest.approx(np.mean(errors), rel=0.03)


def test_order_decides_nothing_among_answers_that_are_equally_sure():
    right = np.arange(100) < 90
    for order in (np.arange(100), np.random.default_rng(2).permutation(100)):
        found = calibration(np.full(100, 0.9), right[order])
        assert found.error == pytest.approx(0)
        np.testing.assert_allclose(found.accuracies, 0.9)


@pytest.mark.parametrize("count", [1, 2, 14])
def test_fewer_answers_than_bins(count):
    found = calibration(np.linspace(0.5, 1, count), np.ones(count, bool))
    assert found.counts.tolist() == [1] * count
    assert found.error == pytest.approx(np.mean(1 - np.linspace(0.5, 1, count)))


def test_who_is_always_sure_and_never_right():
    found = calibration(np.ones(30, np.float32), np.zeros(30, bool))
    assert (found.error, found.chance) == (1, 0)
