import io

import pytest

from glassnet.data.write_table import harmless, write_rows


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "-", "=", "+7 (495) 1"])
def test_row_39_cells_that_a_spreadsheet_would_compute_are_escaped(cell):
    assert harmless(cell, ".") == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-1e-3", "", "a=b", "1-2", "'=1"])
def test_row_39_numbers_and_other_cells_are_not(cell):
    assert harmless(cell, ".") == cell


def test_row_39_decimal_commas():
    assert (harmless("-1,5", ","), harmless("-1,5", ".")) == ("-1,5", "'-1,5")


def test_a_written_table():
    file = io.BytesIO()
    rows = [["имя", "=x"], ['say "hi"', "1;2"]]
    write_rows(file, rows, separator=";", mark=",", encoding="utf-8-sig")
    assert file.getvalue() == '\ufeffимя;\'=x\r\n"say ""hi""";"1;2"\r\n'.encode()
    file = io.BytesIO()
    write_rows(file, [["a", "b"]], separator=",", mark=".", encoding="utf-8")
    assert file.getvalue() == b"a,b\n"
