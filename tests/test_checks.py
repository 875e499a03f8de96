from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from glassnet.checks import cast, check_choice, check_flag, check_integer, check_number, check_numeric, nearest
from glassnet.errors import DataError, ParameterError


@pytest.mark.parametrize("value", [1, 7, np.int64(3), np.uint8(255)])
def test_whole_numbers(value):
    check_integer("Dense", "units", value)


@pytest.mark.parametrize("value", [0, -1, 1.0, "1", True, None, [1]])
def test_what_is_no_whole_number(value):
    with pytest.raises(ParameterError) as caught:
        check_integer("Dense", "units", value)
    assert str(caught.value) == f"Dense: units must be a whole number, 1 or more. Got {value!r}."


def test_whole_numbers_have_an_upper_end_too():
    with pytest.raises(ParameterError, match=r"units must be a whole number, 1 to 2147483647\. Got 1000000000000\."):
        check_integer("Dense", "units", 10**12)
    check_integer("DigitBox", "levels", 255, maximum=255)
    with pytest.raises(ParameterError, match=r"levels must be a whole number, 1 to 255\. Got 256\."):
        check_integer("DigitBox", "levels", 256, maximum=255)


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        ("(0, 1)", [0.5, np.float32(0.1), 1e-300], [0, 1, -0.1, 2]),
        ("[0, 1)", [0, 0.999], [1, -1e-9]),
        ("(0, 1]", [1, 0.001], [0, 1.001]),
        ("[0, inf)", [0, 1e300, 10**18], [-1, float("inf"), float("nan"), 10**400]),
        ("(-inf, inf)", [-5, 0.0, np.int8(3)], [float("-inf"), "1", True, None, 1j, Fraction(1, 2)]),
    ],
)
def test_numbers_in_intervals(interval, inside, outside):
    for value in inside:
        check_number("SGD", "momentum", value, interval)
    for value in outside:
        with pytest.raises(ParameterError) as caught:
            check_number("SGD", "momentum", value, interval)
        assert str(caught.value).startswith(f"SGD: momentum must be a number in {interval}. Got ")


def test_choices():
    check_choice("Conv2D", "padding", "same", ("valid", "same"))
    with pytest.raises(ParameterError) as caught:
        check_choice("Conv2D", "padding", "sam", ("valid", "same"))
    assert str(caught.value) == "Conv2D: padding must be one of valid, same. Got 'sam'. Did you mean 'same'?"
    assert caught.value.hint == "Did you mean 'same'?"


def test_nothing_is_near():
    assert nearest("zebra", ["relu", "tanh"]) == ""
    assert nearest(5, ["relu"]) == ""


@pytest.mark.parametrize("array", [[1, 2.5], np.arange(3, dtype=np.uint8), [[True, False]], np.float16(1.5), []])
def test_real_numbers_pass_as_they_are(array):
    np.testing.assert_array_equal(check_numeric("x", array), np.asarray(array))


def test_an_array_is_not_copied():
    x = np.zeros(3, np.float32)
    assert check_numeric("x", x) is x


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (["1", "2"], "<U1"),
        ([1j], "complex128"),
        ([None, 1], "object"),
        ([[1, 2], [3]], "object"),
        ([{}], "object"),
        (np.array(["2026-01-01"], "M8[D]"), "datetime64[D]"),
    ],
)
def test_row_48_what_is_no_real_number(array, kind):
    with pytest.raises(DataError) as caught:
        check_numeric("predict", array)
    assert f"predict: expected real numbers, got an array of type {kind}. Give lists or arrays" in str(caught.value)


@pytest.mark.parametrize(
    ("array", "place"),
    [
        ([[1, 2], [np.nan, 3], [np.inf, 4]], "predict: row 1 holds nan, at index [1, 0]."),
        ([0, 1, -np.inf], "predict: row 2 holds -inf, at index [2]."),
        (np.nan, "predict: holds nan, at index []."),
    ],
)
def test_row_40_the_first_row_that_is_not_finite(array, place):
    with pytest.raises(DataError) as caught:
        check_numeric("predict", array)
    assert place in str(caught.value)
    assert caught.value.hint == "Leave such rows out, or put a number in their place."


def test_row_44_a_number_too_large_for_the_type():
    with pytest.raises(DataError, match=r"x: 1e\+300 is too large for float32, which ends at 3\.4e\+38\. Scale"):
        cast("x", np.array([1.0, 1e300]), np.dtype(np.float32))
    assert cast("x", np.array([1e300]), np.dtype(np.float64))[0] == 1e300
    assert cast("x", np.array([2**62]), np.dtype(np.float32))[0] == 2.0**62


def test_flags():
    check_flag("SGD", "nesterov", True)
    check_flag("SGD", "nesterov", np.False_)
    with pytest.raises(ParameterError, match=r"^Dense: use_bias must be True or False\. Got 'false'\.$"):
        check_flag("Dense", "use_bias", "false")
