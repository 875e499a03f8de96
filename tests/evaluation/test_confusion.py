import numpy as np
from sklearn.metrics import confusion_matrix, precision_score, recall_score

from glassnet.evaluation import most_confused, precisions, recalls


def test_precision_and_recall_agree_with_scikit_learn():
    draw = np.random.default_rng(4)
    true, given = draw.integers(0, 5, 200), draw.integers(0, 5, 200)
    counts = confusion_matrix(true, given)
    np.testing.assert_allclose(precisions(counts), precision_score(true, given, average=None))
    np.testing.assert_allclose(recalls(counts), recall_score(true, given, average=None))


def test_a_class_without_samples_or_answers_has_no_share():
    counts = np.array([[3, 0, 1], [0, 0, 0], [0, 0, 2]])
    np.testing.assert_array_equal(precisions(counts), [1, np.nan, 2 / 3])
    np.testing.assert_array_equal(recalls(counts), [0.75, np.nan, 1])


def test_the_commonest_confusions_come_first():
    counts = np.array([[9, 1, 0], [4, 9, 0], [0, 2, 9]])
    assert most_confused(counts, 2) == [(1, 0, 4), (2, 1, 2)]
    assert [found.times for found in most_confused(counts, 9)] == [4, 2, 1]
    assert most_confused(np.eye(3, dtype=int), 9) == []
