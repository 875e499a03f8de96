import numpy as np

from glassnet.data import Dataset, load_data
from glassnet.data.dataset import Parts
from glassnet.evaluation import nearest_neighbour
from glassnet.inspection import Place, inspect_data, inspection
from tests.small_trainings import blobs


def rows(*values):
    return np.array(values, np.float32)[:, None]


def test_leaks_contradictions_and_repeats():
    train = Dataset("some", rows(1, 2, 2, 3, 3), np.array([0, 1, 1, 0, 1]), ("a", "b"))
    test = Dataset("some", rows(9, 1, 3), np.array([1, 0, 0]), ("a", "b"))
    equal = inspect_data(Parts(train, test)).equal
    assert equal.leaks == [(Place("train", 0), Place("test", 1)), (Place("train", 3), Place("test", 2))]
    assert equal.contradictions == [(Place("train", 3), Place("train", 4))]
    assert equal.repeats == 1


def test_numbers_for_targets():
    train = Dataset.from_arrays(rows(1, 2, 2), np.array([[0.5, 1], [1, 1], [1, 2]]), regression=True)
    found = inspect_data(Parts(train, train.take(np.array([0]))))
    assert found.equal.contradictions == [(Place("train", 1), Place("train", 2))]
    assert len(found.equal.leaks) == 1
    assert (found.counts, found.baseline, found.majority, found.nearest, found.imbalance) == ({}, None, None, None, 1)
    assert (found.alike, found.suspects, found.checked) == (None, [], 0)


def test_a_test_with_the_samples_of_the_training_is_no_leak():
    found = inspect_data(load_data("xor"))
    assert not found.tested
    assert found.equal.leaks == []
    assert found.nearest is None


def test_counts_balance_and_baselines():
    y = np.array([0] * 6 + [1] * 2)
    train = Dataset("some", rows(*range(8)), y, ("a", "b", "c"))
    test = Dataset("some", rows(0.1, 7.2, 5.1, 5.2), np.array([1, 1, 0, 1]), ("a", "b", "c"))
    found = inspect_data(Parts(train, test))
    assert found.counts == {"a": (6, 1), "b": (2, 3), "c": (0, 0)}
    assert found.imbalance == 3
    assert (found.majority, found.baseline) == ("a", 0.25)
    assert found.nearest == nearest_neighbour(train, test)


def test_pictures_that_are_nearly_the_same():
    draw = np.random.default_rng(2)
    x = draw.integers(0, 200, (20, 12, 12, 1), dtype=np.uint8)
    train = Dataset("some", x, np.arange(20) % 2, (0, 1))
    test = Dataset("some", np.concatenate([x[3:5] + 20, x[:1] // 2, x[7:8]]), np.array([1, 1, 0, 1]), (0, 1))
    found = inspect_data(Parts(train, test))
    assert found.alike is not None
    assert [(one.number, other.number) for one, other in found.alike.leaks] == [(0, 2), (3, 0), (4, 1)]
    assert [(one.number, other.number) for one, other in found.alike.contradictions] == [(4, 1)]
    assert found.equal.leaks == [(Place("train", 7), Place("test", 3))]


def test_of_many_samples_some_are_looked_at(monkeypatch):
    monkeypatch.setattr(inspection, "MOST_LABELS", 60)
    monkeypatch.setattr(inspection, "MOST_COMPARED", 40)
    found = inspect_data(Parts(blobs(300), blobs(100, seed=2)))
    assert found.checked == 60
    digits = load_data("digits")
    compared = []

    def none_alike(pictures):
        compared.extend(pictures)
        return np.empty((0, 2), np.int64)

    monkeypatch.setattr(inspection, "alike_pictures", none_alike)
    monkeypatch.setattr(inspection, "suspects", lambda data, seed, progress: [])
    inspect_data(digits)
    assert len(compared) == 40
    assert sum((digits.test.x == one).all((1, 2, 3)).any() for one in compared) == 20


def test_doubtful_labels_have_the_numbers_that_they_have_in_the_data(monkeypatch):
    monkeypatch.setattr(inspection, "MOST_LABELS", 200)
    data = blobs(400)
    y = data.y.copy()
    y[::25] = (y[::25] + 1) % 3
    found = inspect_data(Parts(Dataset("some", data.x, y, data.classes), blobs(50, seed=3)))
    assert len(found.suspects) >= 4
    assert all(one.number % 25 == 0 for one in found.suspects)
