import json

import pytest

from glassnet.cli.output import check_output, percent, print_json, say, table, tell
from glassnet.errors import OutputError


def test_json_is_one_line_of_ascii_and_valid(capsys):
    print_json({"name": "é\udcff\n", "numbers": (1.5, float("nan"), [float("inf")]), "none": None, "yes": True})
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.count("\n") == 1
    assert json.loads(out) == {"name": "é\udcff\n", "numbers": [1.5, None, [None]], "none": None, "yes": True}


def test_reports_go_to_standard_output_and_remarks_to_standard_error(capsys):
    tell("naïve → 数\nsecond line")
    say("\x1b[31mred\x07\r\t\udcff")
    assert capsys.readouterr() == ("naïve → 数\nsecond line\n", "\\x1b[31mred\\x07\\r\\t\\udcff\n")


def test_a_table_is_aligned():
    assert table(("a", "bcd"), [("10", "1"), ("2", "20")]) == " a  bcd\n10    1\n 2   20"


def test_percent():
    assert [percent(share) for share in (0, 0.98649, 1)] == ["0.0%", "98.6%", "100.0%"]


def test_outputs_are_checked_before_the_work(tmp_path):
    path = tmp_path / "model"
    check_output(path, force=False)
    path.touch()
    with pytest.raises(OutputError, match=r"exists already\. Choose another name, or replace it with --force\."):
        check_output(path, force=False)
    check_output(path, force=True)
    with pytest.raises(OutputError, match="it is a folder"):
        check_output(tmp_path, force=True)
    with pytest.raises(OutputError, match="there is no folder"):
        check_output(tmp_path / "none" / "model", force=True)
    check_output(tmp_path / ("n" * 200), force=False)
    with pytest.raises(OutputError, match=r"is too long\. Take at most 200 bytes\."):
        check_output(tmp_path / ("ü" * 101), force=True)
