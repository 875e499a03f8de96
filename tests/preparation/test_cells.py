import numpy as np
import pytest

from glassnet.preparation import text_column
from glassnet.preparation.cells import as_numbers, first_misfit, missing, number

NONE = np.nan


@pytest.mark.parametrize(
    ("cells", "mark", "numbers"),
    [
        (["1", "-2.5", "+3", ".5", "5.", "1e3", "−7"], ".", [1, -2.5, 3, 0.5, 5, 1000, -7]),
        (["1,5", "-2,25", "3"], ",", [1.5, -2.25, 3]),
        (["1,234", "12,345,678.5"], ".", [1234, 12345678.5]),
        (["1.234", "12.345.678,5"], ",", [1234, 12345678.5]),
        (["1 234,5", "1\u00a0234", "1\u202f234\u202f567", "7"], ",", [1234.5, 1234, 1234567, 7]),
        (["1'234.5", "1’234"], ".", [1234.5, 1234]),
        (["", "1", "NA", "n/a", "NaN", "null", "?", "None", "-", "–", "#N/A"], ".", [NONE, 1, *[NONE] * 9]),
    ],
)
def test_numbers_as_people_write_them(cells, mark, numbers):
    read = as_numbers(text_column(cells), mark)
    assert read is not None
    assert read.tolist() == pytest.approx(numbers, nan_ok=True)


@pytest.mark.parametrize(
    "cell", ["abc", "1_000", "0x10", "1,2", "12,34,567", "1 23", "0,123", "1.2.3", "12%", "+", "1e"]
)
def test_what_is_no_number_with_a_decimal_point(cell):
    assert as_numbers(text_column(["1", cell]), ".") is None
    assert first_misfit(text_column(["1", "", cell]), ".") == 2
    with pytest.raises(ValueError, match=r".+"):
        number(cell, ".")


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e999"])
def test_row_34_too_large_is_infinite_and_not_missing(cell):
    read = as_numbers(text_column(["1", cell]), ".")
    assert read is not None
    assert np.isinf(read).tolist() == [False, True]


def test_a_column_without_any_number_is_none():
    assert as_numbers(text_column(["", "NA"]), ".") is None
    assert first_misfit(text_column(["", "NA"]), ".") == 2


def test_dashes_and_none_are_missing_among_numbers_alone():
    assert missing(text_column(["-", "none", "+", "", "nan", "NA"])).tolist() == [False, False, False, True, True, True]
