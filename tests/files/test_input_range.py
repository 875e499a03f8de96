import json

import numpy as np
import pytest

from glassnet.files.input_range import MOST_FEATURES, InputRange


def test_a_table_has_a_range_for_each_feature():
    known = InputRange.of(np.array([[1, -2], [3, 5]], np.float32))
    assert known.to_receipt() == {"least": [1.0, -2.0], "most": [3.0, 5.0]}
    np.testing.assert_array_equal(known.distance(np.array([[1, 5], [4, 0], [0, 19], [-5, -2]])), [0, 0.5, 2, 3])


@pytest.mark.parametrize("shape", [(2, MOST_FEATURES + 1), (2, 3, 4), (2, 5, 5, 1)])
def test_pictures_and_wide_tables_have_one_for_all(shape):
    x = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    known = InputRange.of(x)
    assert known.to_receipt() == {"least": [0.0], "most": [float(x.size - 1)]}
    np.testing.assert_allclose(known.distance(x * 0.0 - (x.size - 1) * 3), [3, 3])
    np.testing.assert_array_equal(known.distance(x), [0, 0])


def test_a_feature_that_never_changed_is_as_wide_as_it_is_large():
    known = InputRange.of(np.array([[0.0, 1.0, -20.0]]))
    np.testing.assert_array_equal(known.width, [1, 1, 20])
    np.testing.assert_array_equal(known.distance(np.array([[1, 0, -20], [0, 1, 30]])), [1, 2.5])


def test_it_comes_back_from_a_receipt():
    known = InputRange.of(np.array([[1, -2], [3, 5]]))
    again = InputRange.from_receipt({"inputs": json.loads(json.dumps(known.to_receipt()))})
    assert again is not None
    assert again.to_receipt() == known.to_receipt()


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "0 to 1",
        {},
        {"least": [0.0]},
        {"least": [], "most": []},
        {"least": 0, "most": 1},
        {"least": [0.0], "most": ["1"]},
        {"least": [0.0], "most": [True]},
        {"least": [0.0], "most": [None]},
        {"least": [0.0], "most": [[1.0]]},
        {"least": [0.0], "most": [1.0, 2.0]},
        {"least": [2.0], "most": [1.0]},
        {"least": [0.0], "most": [10**400]},
        {"least": [-1e308], "most": [1e308]},
        {"least": [0.0], "most": [float("nan")]},
    ],
)
def test_a_receipt_may_hold_anything(told):
    assert InputRange.from_receipt({"inputs": told}) is None
    assert InputRange.from_receipt({}) is None


def test_samples_of_another_shape_cannot_be_compared():
    known = InputRange.from_receipt({"inputs": {"least": [0.0, 0.0], "most": [1.0, 1.0]}})
    assert known is not None
    np.testing.assert_array_equal(known.distance(np.full((2, 3), 9.0)), [0, 0])
    np.testing.assert_array_equal(known.distance(np.full((2, 2, 1), 9.0)), [0, 0])
