import json

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.errors import DataError
from glassnet.preparation import Preparation, Scale

X = np.arange(12, dtype=np.float32).reshape(4, 3)
Y = np.array([1, 0, 1, 0])


def test_a_data_set_holds_what_it_was_given():
    data = Dataset("mine", X, Y, ("no", "yes"), Preparation((), Scale(2.0)))
    assert len(data) == 4
    assert data.sample_shape == (3,)
    assert data.y.dtype == np.int64
    assert data.x.tolist() == X.tolist()
    assert "mine" in repr(data)
    assert "array" not in repr(data)


def test_take_picks_rows_in_order():
    part = Dataset("mine", X, Y, (0, 1), Preparation((), Scale(2.0))).take(np.array([3, 0]))
    assert part.x.tolist() == [[9, 10, 11], [0, 1, 2]]
    assert part.y.tolist() == [0, 1]
    assert (part.name, part.classes, part.preparation) == ("mine", (0, 1), Preparation((), Scale(2.0)))


def test_pixels_stay_bytes():
    assert Dataset("mine", np.zeros((4, 2, 2, 1), np.uint8), Y, (0, 1)).x.dtype == np.uint8


def test_regression_takes_numbers_and_columns():
    assert Dataset.from_arrays(X, [0.5, 1, 2, 3], regression=True).y.tolist() == [[0.5], [1], [2], [3]]
    data = Dataset.from_arrays(X, np.ones((4, 2), np.float32), regression=True)
    assert (data.y.shape, data.y.dtype, data.classes) == ((4, 2), np.float32, None)
    assert Dataset.from_arrays(X, [1, 2, 3, 4], regression=True).y.dtype == np.float64


def test_classes_may_be_more_than_occur_and_in_any_order():
    data = Dataset.from_arrays(X, ["a", "c", "a", "c"], classes=("c", "b", "a"))
    assert data.y.tolist() == [2, 0, 2, 0]
    assert data.classes == ("c", "b", "a")
    with pytest.raises(DataError, match=r"row 1 has the label 'c', which is not one of the classes 'a', 'b'\."):
        Dataset.from_arrays(X, ["a", "c", "a", "c"], classes=("a", "b"))


def test_classes_from_an_array_are_plain_values():
    data = Dataset.from_arrays(X, np.array([7, 3, 7, 3], np.uint8), classes=np.array([3, 7], np.uint8))
    assert json.dumps(data.classes) == "[3, 7]"


def test_the_fingerprint_tells_sets_apart():
    base = Dataset("a", X, Y, (0, 1))
    others = [
        Dataset("a", X + 1, Y, (0, 1)),
        Dataset("a", X, 1 - Y, (0, 1)),
        Dataset("a", X.astype(np.float64), Y, (0, 1)),
        Dataset("a", X.reshape(4, 3, 1), Y, (0, 1)),
        Dataset("a", X, Y, ("0", "1")),
        Dataset("a", X, Y, (0, 1, 2)),
        Dataset("a", X, Y[:, None].astype(float), None),
    ]
    prints = {data.fingerprint for data in [base, *others]}
    assert len(prints) == 8
    assert all(len(text) == 7 + 64 and text.startswith("sha256:") for text in prints)
    assert Dataset("other name", X.copy(), Y.astype(np.uint8), (0, 1)).fingerprint == base.fingerprint


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_row_40_x_that_is_not_finite(bad):
    x = X.copy()
    x[2, 1] = bad
    with pytest.raises(DataError, match=rf"data: x: row 2 holds {bad}, at index \[2, 1\]\. Leave such rows out"):
        Dataset.from_arrays(x, Y)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("regression", [True, False])
def test_row_40_y_that_is_not_finite(bad, regression):
    with pytest.raises(DataError, match=rf"row 3 holds {bad}"):
        Dataset.from_arrays(X, [0, 1, 0, bad], regression=regression)


@pytest.mark.parametrize("x", [[], np.empty((0, 3)), np.empty((3, 0)), [[]]])
def test_row_47_empty(x):
    with pytest.raises(DataError, match=r"data: x is empty, its shape is \(.*One sample with one feature is the least"):
        Dataset.from_arrays(x, [])


def test_row_47_one_sample_and_one_feature():
    data = Dataset.from_arrays([[5]], ["only"])
    assert (len(data), data.sample_shape, data.y.tolist(), data.classes) == (1, (1,), [0], ("only",))


@pytest.mark.parametrize("x", [[1, 2, 3, 4], 5])
def test_row_47_one_dimension(x):
    with pytest.raises(DataError, match=r"expected x of shape \(samples, features …\)\. .*x\.reshape\(-1, 1\)"):
        Dataset.from_arrays(x, Y)


def test_row_47_lengths_that_differ():
    with pytest.raises(DataError, match=r"x has 4 samples, but y has the shape \(3,\)"):
        Dataset.from_arrays(X, [0, 1, 0])
    with pytest.raises(DataError, match=r"x has 4 samples, but y has the shape \(\)"):
        Dataset("data", X, np.array(1), (0, 1))


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (X.astype(complex), "complex128"),
        (np.array([[None], [1], [2], [3]]), "object"),
        ([["a"], ["b"], ["c"], ["d"]], "<U1"),
        ([[1, 2], [3], [4], [5]], "object"),
        (np.array(["2020-01-01"] * 4, "datetime64[D]")[:, None], "datetime64"),
    ],
)
def test_row_48_samples_that_are_no_numbers(x, kind):
    with pytest.raises(DataError, match=f"data: x: expected real numbers, got an array of type {kind}"):
        Dataset.from_arrays(x, Y)


def variants(array, folder):
    """The same numbers in other places and orders of memory."""
    every_other = np.zeros((8, 3), array.dtype)
    every_other[::2] = array
    read_only = array.copy()
    read_only.flags.writeable = False
    mapped = np.memmap(folder / "x", array.dtype, "w+", shape=array.shape)
    mapped[:] = array
    return {
        "list": array.tolist(),
        "Fortran order": np.asfortranarray(array),
        "not contiguous": every_other[::2],
        "turned round": array[::-1].copy()[::-1],
        "read-only": read_only,
        "memory-mapped": mapped,
        "other byte order": array.astype(array.dtype.newbyteorder()),
    }


def test_row_49_the_same_numbers_have_the_same_fingerprint(tmp_path):
    array = X.astype(np.float64)
    expected = Dataset.from_arrays(array, Y)
    for name, variant in variants(array, tmp_path).items():
        data = Dataset.from_arrays(variant, Y)
        assert data.fingerprint == expected.fingerprint, name
        assert data.x.flags.c_contiguous, name
        assert data.x.dtype.isnative, name
        assert type(data.x) is np.ndarray, name


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (["dog", "cat", "dog", "ant"], ("ant", "cat", "dog")),
        (np.array(["dog", "cat", "dog", "ant"]), ("ant", "cat", "dog")),
        (np.array(["dog", "cat", "dog", "ant"], object), ("ant", "cat", "dog")),
        ([-1, 1, -1, 1], (-1, 1)),
        (np.array([70, 3, 70, 500], np.int16), (3, 70, 500)),
        ([1.0, 2.0, 1.0, -5.0], (-5.0, 1.0, 2.0)),
        ([True, False, True, True], (False, True)),
        (["10", "9", "10", "9"], ("10", "9")),
    ],
)
def test_row_50_labels_come_back_as_they_went_in(labels, classes):
    data = Dataset.from_arrays(X, labels)
    assert data.classes is not None
    assert data.classes == classes
    assert [type(label) for label in data.classes] == [type(label) for label in classes]
    assert [data.classes[k] for k in data.y] == list(labels)


def test_row_50_labels_of_two_kinds():
    with pytest.raises(DataError, match=r"all texts or all numbers, but row 0 has 1 and row 2 'a'"):
        Dataset.from_arrays(X, [1, 0, "a", 1])
    with pytest.raises(DataError, match=r"row 0 has 'a' and row 3 nan"):
        Dataset.from_arrays(X, ["a", "b", "a", np.nan])


@pytest.mark.parametrize("labels", [[None] * 4, [b"a"] * 4, [1j] * 4, [[1], [1, 2], 3, 4]])
def test_row_48_labels_of_no_kind(labels):
    with pytest.raises(DataError, match="data: labels: expected real numbers"):
        Dataset.from_arrays(X, labels)


def test_row_51_continuous_targets_for_classes():
    with pytest.raises(DataError, match=r"labels name classes, but row 1 has 0\.37, .*regression=True"):
        Dataset.from_arrays(X, [0, 0.37, 1, 2])


@pytest.mark.parametrize("labels", [2 * np.eye(4), [[0], [1], [0], [1]], 3])
def test_labels_of_another_shape(labels):
    with pytest.raises(DataError, match=r"expected one label for each sample, \(N,\).*labels\.argmax\(1\)"):
        Dataset.from_arrays(X, labels)


@pytest.mark.parametrize("y", [Y[:, None], Y.astype(float), np.array([[0, 1, 0, 1]])])
def test_indices_of_another_kind(y):
    with pytest.raises(DataError, match=r"class index for each sample|y has the shape"):
        Dataset("data", X, y, (0, 1))


@pytest.mark.parametrize("y", [np.ones(4), np.empty((4, 0)), np.ones((4, 2, 2))])
def test_targets_of_another_shape(y):
    with pytest.raises(DataError, match=r"targets of shape \(samples, outputs\).*y\.reshape\(-1, 1\)"):
        Dataset("data", X, y, None)


@pytest.mark.parametrize("bad", [2, -1, 1000])
def test_row_30_an_index_beyond_the_classes(bad):
    with pytest.raises(DataError, match=rf"row 2 has the class index {bad}, but there are 2 classes, 0 to 1"):
        Dataset("data", X, np.array([0, 1, bad, 0]), ("a", "b"))


def test_classes_that_do_not_differ():
    with pytest.raises(DataError, match="do not all differ"):
        Dataset("data", X, Y, ("a", "a"))


def test_row_54_the_callers_arrays_are_never_changed():
    x, y = X.copy(), Y.copy()
    data = Dataset.from_arrays(x, y)
    assert data.fingerprint
    assert x.tolist() == X.tolist()
    assert y.tolist() == Y.tolist()
    assert x.flags.writeable
    assert y.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        data.x[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 1


def test_labels_are_those_that_came_in():
    given = ["dog", "cat", "dog"]
    assert Dataset.from_arrays(np.eye(3), given).labels == given
    with pytest.raises(DataError, match="pets has numbers for targets, not classes"):
        _ = Dataset.from_arrays(np.eye(3), [1, 2, 3], name="pets", regression=True).labels


def test_one_hot_labels():
    data = Dataset.from_arrays(np.eye(3), [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    assert data.labels == [1, 0, 2]
    named = Dataset.from_arrays(np.eye(2), np.array([[0.0, 1.0], [1.0, 0.0]]), classes=(0, 1, 2))
    assert named.labels == [1, 0]


def test_a_sample_goes_by_its_name_or_by_its_number():
    data = Dataset("d", np.eye(3), np.arange(3), (0, 1, 2))
    assert data.called(2) == "sample 2"
    named = Dataset("d", np.eye(3), np.arange(3), (0, 1, 2), names=np.array(["a/1.png", "b/2.png", "c/3.png"], object))
    assert named.called(2) == "c/3.png"
    assert named.take(np.array([2, 0])).called(0) == "c/3.png"


def test_rows_in_a_row_are_a_view_and_others_are_not():
    data = Dataset("d", np.arange(12).reshape(6, 2), np.arange(6) % 2, (0, 1))
    assert np.shares_memory(data.take(np.arange(2, 5)).x, data.x)
    assert data.take(np.arange(2, 5)).x.tolist() == [[4, 5], [6, 7], [8, 9]]
    for rows in ([2, 4], [3, 2], [-1, 0], [1, 1]):
        part = data.take(np.array(rows))
        assert not np.shares_memory(part.x, data.x)
        assert part.x.tolist() == data.x[rows].tolist()
