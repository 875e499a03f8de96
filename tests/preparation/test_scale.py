import json
from typing import Any

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.preparation import PREPARATIONS, Scale


def test_pixels_become_numbers_between_0_and_1():
    x = np.array([[0, 51, 255]], np.uint8)
    y = Scale(1 / 255)(x, np.float32)
    assert y.dtype == np.float32
    assert y.tolist() == [[0, pytest.approx(0.2), 1]]
    assert x.tolist() == [[0, 51, 255]]


def test_offset_comes_before_factor():
    assert Scale(0.5, -1.0)(np.array([[3]], np.uint8), np.float32).tolist() == [[1.0]]


def test_one_number_a_feature():
    shift = Scale(1, (-135, -66))
    assert shift(np.array([[133, 65], [160, 72]]), np.float64).tolist() == [[-2, -1], [25, 6]]
    assert Scale((1, 10))(np.array([[2.0, 3.0]]), np.float32).tolist() == [[2, 30]]


def test_numbers_that_stay_as_they_are_are_not_copied():
    x = np.array([[1.5, 2.5]], np.float32)
    assert Scale()(x, np.float32) is x
    for scale, dtype in ((Scale(), np.float64), (Scale(2.0), np.float32), (Scale(1.0, 1.0), np.float32)):
        assert not np.shares_memory(scale(x, dtype), x)


def test_a_table_is_shifted_before_it_is_narrowed():
    x = np.array([[1_700_000_000.25]])
    assert Scale(1.0, -1_700_000_000.0)(x, np.float32).tolist() == [[0.25]]


@pytest.mark.parametrize("kind", ["uint8", "int16", "int64", "bool", "float16", "float32", "float64"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_real_type_comes_in_and_the_wanted_one_goes_out(kind, dtype):
    y = Scale(0.5, 1.0)(np.array([[1, 0]]).astype(kind), dtype)
    assert y.dtype == dtype
    assert y.tolist() == [[1.0, 0.5]]


def test_row_44_a_number_too_large_for_the_type():
    with pytest.raises(DataError, match=r"1e\+300 is too large for float32.*Scale the inputs"):
        Scale()(np.array([[1e300]]), np.float32)
    assert Scale(1e-300)(np.array([[1e300]]), np.float32).tolist() == [[1.0]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, "1", None, True, (), (1.0, np.nan), (1.0, "2"), 10**400, ((1.0,),)])
def test_anything_but_finite_numbers_is_refused(bad):
    with pytest.raises(ParameterError, match="Scale: factor must be a number"):
        Scale(factor=bad)
    with pytest.raises(ParameterError, match="Scale: offset must be a number"):
        Scale(offset=bad)


def test_row_52_another_feature_count_names_both():
    with pytest.raises(ShapeError, match=r"each of 2 features, but samples have shape \(3,\)"):
        Scale(1.0, (1.0, 2.0))(np.zeros((5, 3)), np.float32)
    with pytest.raises(ShapeError, match=r"each of 1 features"):
        Scale((2.0,))(np.zeros((5, 3)), np.float32)


def test_numpy_numbers_and_lists_become_plain_ones():
    given: Any = np.float32(2), [np.int64(1), 2]
    assert repr(Scale(*given)) == "Scale(factor=2.0, offset=(1.0, 2.0))"


@pytest.mark.parametrize("scale", [Scale(), Scale(1 / 255), Scale(1, (-135, -66))])
def test_config_round_trip_through_json(scale):
    config = json.loads(json.dumps(to_config(scale)))
    assert from_config(config, PREPARATIONS) == scale
