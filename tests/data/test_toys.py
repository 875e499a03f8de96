import numpy as np
import pytest

from glassnet.data import load_data
from glassnet.preparation import Preparation


def prepared(data):
    return data.preparation.scale(data.x, np.float64).tolist()


def test_article_5_xor():
    train, test = load_data("xor", 0)
    assert train.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert train.y.tolist() == [0, 1, 1, 0]
    assert train.classes == (0, 1)
    assert test.fingerprint == train.fingerprint


def test_article_3_people():
    train, test = load_data("people", 0)
    assert train.x.tolist() == [[133, 65], [160, 72], [152, 70], [120, 60]]
    assert train.y.tolist() == [1, 0, 0, 1]
    assert prepared(train) == [[-2, -1], [25, 6], [17, 4], [-15, -6]]
    assert test.x.tolist() == [[128, 63], [155, 68]]
    assert prepared(test) == [[-7, -3], [20, 2]]
    assert test.y.tolist() == [1, 0]


def test_article_4_first_input():
    train, test = load_data("first-input", 0)
    assert train.x.tolist() == [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]
    assert train.y.tolist() == [0, 1, 1, 0]
    assert (test.x.tolist(), test.y.tolist(), test.classes) == ([[1, 0, 0]], [1], (0, 1))


@pytest.mark.parametrize(("name", "classes"), [("moons", 2), ("circles", 2), ("spirals", 2), ("blobs", 3)])
def test_drawn_sets(name, classes):
    train, test = load_data(name, 3)
    assert (train.x.shape, test.x.shape, train.x.dtype) == ((400, 2), (200, 2), np.float32)
    assert train.classes == test.classes == tuple(range(classes))
    assert max(np.bincount(train.y)) - min(np.bincount(train.y)) <= 1
    assert max(np.bincount(test.y)) - min(np.bincount(test.y)) <= 1
    assert train.preparation == Preparation()
    assert np.abs(train.x).max() < 4
    assert load_data(name, 3).train.fingerprint == train.fingerprint
    assert load_data(name, 4).train.fingerprint != train.fingerprint


@pytest.mark.parametrize(("name", "wanted"), [("moons", 0.97), ("circles", 0.95), ("spirals", 0.97), ("blobs", 0.95)])
def test_drawn_sets_can_be_learnt(name, wanted):
    """The nearest training point tells the class of almost every test point."""
    train, test = load_data(name, 0)
    nearest = ((test.x[:, None] - train.x[None]) ** 2).sum(2).argmin(1)
    assert (train.y[nearest] == test.y).mean() >= wanted
