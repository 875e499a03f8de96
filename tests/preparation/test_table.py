import numpy as np
import pytest

from glassnet.errors import DataError
from tests.preparation.tables import table


def test_row_34_a_cell_that_is_no_number_is_named_with_its_line():
    with pytest.raises(
        DataError, match=r"people.csv, line 4: 'tall' in the column 'height' is no number.* leave it empty"
    ):
        table(height=["1", "2", "tall"]).numbers("height")


@pytest.mark.parametrize("cell", ["inf", "1e999", "-inf"])
def test_row_34_infinity_is_refused_with_its_line(cell):
    with pytest.raises(DataError, match=f"people.csv, line 3: '{cell}' in the column 'height' is not finite"):
        table(height=["1", cell]).numbers("height")


def test_a_column_may_have_another_mark_than_its_table():
    mixed = table(mark=",", a=["1.25", "2.5"], b=["1.234", "2.345"])
    assert mixed.numbers("a").tolist() == [1.25, 2.5]
    assert mixed.numbers("b").tolist() == [1234, 2345]


def test_an_empty_column_has_no_numbers():
    assert np.isnan(table(a=["", "?"]).numbers("a")).all()


def test_row_36_a_missing_column():
    with pytest.raises(DataError, match=r"people\.csv has no column 'hight'\. Did you mean 'height'\?"):
        table(height=["1"]).numbers("hight")
    with pytest.raises(DataError, match=r"has no column 'xyz'\. Its columns are 'height', 'age'\."):
        table(height=["1"], age=["2"]).numbers("xyz")


def test_take_keeps_lines():
    part = table(a=["1", "2", "x"]).take(np.array([2, 0]))
    assert (part.cells("a").tolist(), part.lines.tolist(), len(part)) == (["x", "1"], [4, 2], 2)
