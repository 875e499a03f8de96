from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import Dataset, load_data
from glassnet.errors import DataError
from glassnet.inspection import suspects
from glassnet.inspection.suspects import doubtful, out_of_fold
from tests.small_trainings import blobs

LIKELY = np.array([
    [0.9, 0.1],  # as sure of its label as others
    [0.7, 0.3],
    [0.1, 0.9],  # labelled 0, and seen as 1 with all the confidence that there is
    [0.4, 0.6],  # rather 1, but not so surely as those of class 1
    [0.2, 0.8],
])  # fmt: skip


def test_who_is_confidently_taken_for_another_class():
    """Those labelled 0 have 0.9, 0.7, 0.1, 0.4 of it, 0.525 on average; the one labelled 1 has 0.8."""
    assert doubtful(LIKELY, np.array([0, 0, 0, 0, 1])).tolist() == [0, 0, 1, 0, 1]


def test_a_class_without_samples_is_never_seen():
    likely = np.array([[0.1, 0.2, 0.7], [0.1, 0.8, 0.1]])
    assert doubtful(likely, np.array([0, 1])).tolist() == [0, 1]


def flipped(data, share, seed=0):
    """The data with another label on a share of its samples, and their numbers."""
    draw = np.random.default_rng(seed)
    count = len(data.classes)
    rows = draw.choice(len(data), round(share * len(data)), replace=False)
    y = data.y.copy()
    y[rows] = (y[rows] + draw.integers(1, count, len(rows))) % count
    return replace(data, y=y), set(rows.tolist())


def test_wrong_labels_on_digits_are_found():
    """Of 2% wrong labels 75% to 90% are found, and 90% or more of those in doubt are wrong."""
    data, planted = flipped(load_data("digits").train, 0.02)
    found = suspects(data)
    hits = [one for one in found if one.number in planted]
    assert len(planted) == 29
    assert len(hits) >= 0.65 * len(planted)
    assert len(hits) >= 0.8 * len(found)
    for one in hits:
        assert one.label == data.labels[one.number]
        assert one.likelier_confidence > one.confidence
    margins = [one.likelier_confidence - one.confidence for one in found]
    assert margins == sorted(margins, reverse=True)
    right = load_data("digits").train.labels
    assert np.mean([one.likelier == right[one.number] for one in hits]) > 0.9


def test_large_pictures_are_looked_at_small():
    draw = np.random.default_rng(3)
    y = np.arange(120) % 2
    x = draw.integers(0, 60, (120, 64, 48, 3), dtype=np.uint8)
    x[y == 1, :, 24:] += 120
    x[y == 0, :32] += 120
    data, planted = flipped(Dataset("halves", x, y, ("top", "right")), 0.05)
    shares: list[float] = []
    assert {one.number for one in suspects(data, progress=shares.append)} == planted
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_nobody_is_judged_by_a_network_that_learnt_from_him():
    """Labels without any reason are no better foretold than by chance."""
    draw = np.random.default_rng(1)
    data = Dataset("noise", draw.normal(size=(300, 5)).astype(np.float32), draw.integers(0, 2, 300), (0, 1))
    likely = out_of_fold(data, 0, lambda share: None)
    assert abs((likely.argmax(1) == data.y).mean() - 0.5) < 0.1
    np.testing.assert_allclose(likely.sum(1), 1, rtol=1e-5)


def test_too_few_samples_and_classes():
    numbers = Dataset.from_arrays(np.ones((60, 3)), np.ones(60), regression=True)
    for data in (blobs(20), numbers, Dataset("one", np.ones((60, 2)), np.zeros(60, np.int64), ("a", "b"))):
        with pytest.raises(DataError, match="labels are checked where there are 50 samples or more, of two classes"):
            suspects(data)
