import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from glassnet.data import Dataset, load_data
from glassnet.evaluation import nearest, nearest_neighbour, wilson_interval
from glassnet.preparation import Preparation, Scale


def test_it_answers_as_the_nearest_neighbour_does():
    train, test = load_data("digits")
    found = nearest_neighbour(train, test)
    assert found
    model = KNeighborsClassifier(1).fit(train.x.reshape(len(train), -1), train.y)
    hits = round(model.score(test.x.reshape(len(test), -1), test.y) * len(test))
    assert (found.training, found.test) == (1438, 359)
    assert found.accuracy == hits / 359
    assert (found.low, found.high) == wilson_interval(hits, 359)


def test_distances_are_between_the_numbers_that_the_first_layer_sees():
    """The second feature decides only once the first one is scaled down."""
    preparation = Preparation((), Scale((0.001, 1.0)))
    train = Dataset("some", np.array([[0, 0], [1000, 5]]), np.array([0, 1]), ("a", "b"), preparation)
    test = Dataset("some", np.array([[900, 0]]), np.array([0]), ("a", "b"), preparation)
    found = nearest_neighbour(train, test)
    assert found
    assert found.accuracy == 1


def test_of_many_samples_some_are_drawn(monkeypatch):
    monkeypatch.setattr(nearest, "MOST_TRAINING", 50)
    monkeypatch.setattr(nearest, "MOST_TEST", 20)
    train, test = load_data("moons")
    found = nearest_neighbour(train, test, seed=3)
    assert found
    assert (found.training, found.test) == (50, 20)
    assert found == nearest_neighbour(train, test, seed=3)
    assert found.accuracy == pytest.approx(1, abs=0.2)


def test_what_has_no_nearest_neighbour():
    numbers = Dataset.from_arrays(np.ones((4, 3)), np.ones(4), regression=True)
    assert nearest_neighbour(numbers, numbers.take(np.arange(2))) is None
    xor = load_data("xor")
    assert nearest_neighbour(*xor) is None
