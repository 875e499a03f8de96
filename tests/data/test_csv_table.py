"""Rows 31 to 33 and 35 to 38 of reading tables: whatever the encoding, the separator, the marks."""

import pytest

from glassnet.data import csv_table
from glassnet.data.csv_table import read_row, read_table
from glassnet.errors import DataFileError

TEXT = "имя,рост\nАня,165\nПётр,180\n"


@pytest.fixture
def read(tmp_path):
    """Reads a table from these bytes or this text in UTF-8."""

    def from_content(content):
        path = tmp_path / "people.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path)

    return from_content


def rows(table):
    return list(zip(*(cells.tolist() for cells in table.columns.values()), strict=True))


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1251", "Windows-1251 (Cyrillic)"),
    ],
)
def test_row_31_encodings_are_told_by_their_bytes(read, encoding, said):
    plain = "name,height\nAnn,165\n" if encoding in ("utf-16-le", "utf-16-be") else TEXT
    table, written = read(plain.encode(encoding))
    assert list(table.columns) == plain.split("\n", 1)[0].split(",")
    assert rows(table)[0] == tuple(plain.split("\n")[1].split(","))
    assert written.in_words(table.mark) == f"{said}, commas between cells"


def test_row_31_latin_1(read):
    table, written = read("prénom,âge\nRené,40\nJürgen,50\n".encode("latin-1"))
    assert list(table.columns) == ["prénom", "âge"]
    assert rows(table) == [("René", "40"), ("Jürgen", "50")]
    assert "Windows-1252 (Latin-1)" in written.in_words(".")


def test_row_31_an_encoding_that_does_not_fit_is_named(read):
    with pytest.raises(DataFileError, match=r"people.csv' is no text in UTF-16: .* Save it in UTF-8"):
        read(b"\xff\xfea\x00,\x00b\x00\n\x00\x00\xd8\x00\x00")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_row_32_every_line_end(read, end):
    table, _ = read(f'name,height{end}"Ann{end}Lee",165{end}{end}"say ""hi""",180{end}')
    assert rows(table) == [(f"Ann{end}Lee", "165"), ('say "hi"', "180")]
    assert table.lines.tolist() == [3, 5]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n1,2,3\n", r"line 3: 3 cells, but the first line names 2 columns\. A cell with commas in it"),
        ("a,b\n1,2\n\n1\n", "line 4: 1 cell, but the first line names 2 columns"),
        ('a,b\n"x\ny",2\n3\n', "line 4: 1 cell, but"),
        ("a;b\n1;2\n1;2;3\n", "A cell with semicolons in it stands in quotes"),
    ],
)
def test_row_33_a_ragged_row_is_named_by_its_line(read, text, said):
    with pytest.raises(DataFileError, match=said):
        read(text)


def test_row_33_a_quote_that_does_not_end(read):
    with pytest.raises(DataFileError, match=r"line \d+: field larger than field limit .* Look for a quote"):
        read('a,b\n1,"' + "x,y\n" * 50_000)


@pytest.mark.parametrize(
    ("text", "mark", "said", "numbers"),
    [
        ("a;b\n1,5;x\n2,25;y\n", ",", "semicolons between cells, decimal commas", [1.5, 2.25]),
        ("a;b\n1.5;x\n2.25;y\n", ".", "semicolons between cells", [1.5, 2.25]),
        ("a\tb\n1,5\tx\n2\ty\n", ",", "tabs between cells, decimal commas", [1.5, 2]),
        ('a,b\n"1,5",x\n2,y\n', ",", "commas between cells, decimal commas", [1.5, 2]),
        ('a,b\n"1,234",x\n2,y\n', ".", "commas between cells", [1234, 2]),
        ("a;b\n1,234;x\n2;y\n", ",", "semicolons between cells, decimal commas", [1.234, 2]),
        ("a;b;c\n1.234;x;0,5\n2;y;1\n", ",", "semicolons between cells, decimal commas", [1234, 2]),
        ("a|b\n1|x\n2|y\n", ".", "bars between cells", [1, 2]),
        ("sep=;\na;b\n1;x\n2;y\n", ".", "semicolons between cells", [1, 2]),
        ('a,b\n1,"x;y;z"\n2,"x;y;z"\n', ".", "commas between cells", [1, 2]),
    ],
)
def test_row_35_separators_and_decimal_commas_are_found_and_said(read, text, mark, said, numbers):
    table, written = read(text)
    assert (table.mark, table.numbers("a").tolist()) == (mark, numbers)
    assert written.in_words(table.mark) == f"UTF-8, {said}"


def test_row_36_a_name_that_stands_there_twice(read):
    with pytest.raises(DataFileError, match=r"people.csv: the columns 1 and 3 have one name, 'a'\. Give each its own"):
        read("a,b,a\n1,2,3\n")


def test_columns_without_a_name_are_called_by_their_place(read):
    assert list(read(",a,\n0,5,\n")[0].columns) == ["column 1", "a", "column 3"]
    assert list(read(' ,"a\n b"\n0,5\n')[0].columns) == ["column 1", "a b"]


@pytest.mark.parametrize("text", ["5.1,3.5,setosa\n4.9,3.0,setosa\n", "1,1,0\n0,1,1\n", "-3,a\n2,b\n"])
def test_row_38_no_header(read, text):
    with pytest.raises(DataFileError, match=r"the first line should name the columns, but it holds numbers: .* names"):
        read(text)


@pytest.mark.parametrize("header", ["0,1,2", "1,2,label", "1990,2000,x"])
def test_names_that_count_are_names(read, header):
    assert list(read(header + "\n5,6,7\n")[0].columns) == header.split(",")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"is empty\. The first line names the columns"),
        (b"\n\n \n", r"is empty\."),
        (b"\xef\xbb\xbf\n", r"is empty\."),
        (b"a,b\n", "names columns, but has no rows"),
        (b"PK\x03\x04 and more", r"is an archive or an Excel workbook.* Save the sheet as CSV"),
        (b"\x89PNG\r\n\x1a\n", "is a picture, not a table"),
        (b"a,b\n1,\0\n", "is no table: it holds zero bytes"),
        (b"\0\0\x08\x03", "Give the folder that IDX files lie in"),
        (b"\x80\x04\x95\0\0\0\0", "is no table: it holds zero bytes"),
    ],
)
def test_row_38_what_is_no_table(read, content, said):
    with pytest.raises(DataFileError, match=f"people.csv' {said}" if said[0] != "G" else said):
        read(content)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(DataFileError, match=r"Cannot read '.*none\.csv': No such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(DataFileError, match=r"Cannot read '.*': Is a directory"):
        read_table(tmp_path)


def test_a_row_of_the_command_line():
    names = ("height", "colour")
    for text in (
        "1.5,red",
        " 1.5, red ",
        "1,5;red",
        "colour=red,height=1.5",
        " colour = red,height = 1.5",
        '"1.5","red"',
    ):
        row = read_row(text, names)
        assert (row.numbers("height").tolist(), row.cells("colour").tolist()) == ([1.5], ["red"]), text
    assert read_row("1.5,", names).cells("colour").tolist() == [""]


@pytest.mark.parametrize("text", ["1", "1,2,3", "height=1", "size=1,colour=red", ""])
def test_a_row_with_other_cells(text):
    with pytest.raises(
        DataFileError,
        match=r"is not a row of the 2 columns that the network expects\. They are height,colour: give them all",
    ):
        read_row(text, ("height", "colour"))


def test_a_line_for_spreadsheets_and_nothing_else(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\n\n")
    with pytest.raises(DataFileError, match="names no columns"):
        read_table(tmp_path / "a.csv")


@pytest.mark.parametrize("block", [1, 2, 3, 100])
def test_rows_of_every_length_of_blocks(tmp_path, monkeypatch, block):
    monkeypatch.setattr(csv_table, "BLOCK", 2 * block)
    (tmp_path / "a.csv").write_text('a,b\n\n1,2\n\n\n"3\n",4\n5,6\n\n')
    table, _ = read_table(tmp_path / "a.csv")
    assert [cells.tolist() for cells in table.columns.values()] == [["1", "3", "5"], ["2", "4", "6"]]
    assert table.lines.tolist() == [3, 7, 8]
