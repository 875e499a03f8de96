from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from glassnet.pictures import Digit, Reading, draw_digits
from glassnet.pictures.segment import Box

BOX = Box(0, 0, 1, 1)


def reading(*lines, size=28):
    """Each digit is seen as a bar in the middle of its square."""
    signs = [(sign, number) for number, line in enumerate(lines) for sign in line]
    seen = np.zeros((len(signs), size, size, 1), np.uint8)
    seen[:, size // 4 : -size // 4, size // 2 - 2 : size // 2 + 2] = 255
    return Reading(list(lines), [Digit(sign, 0.987, BOX, number) for sign, number in signs], seen)


def printed(reading, width=80, encoding="utf-8", colour=None):
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Console(file=file, color_system=colour, force_terminal=bool(colour), width=width).print(draw_digits(reading, width))
    file.flush()
    return file.buffer.getvalue().decode(encoding)


def test_digits_are_blocks_with_the_answer_below():
    lines = printed(reading("42")).splitlines()
    assert lines[:7] == ["████   ████"] * 7
    assert lines[7] == "4 99%  2 99%"


def test_a_doubtful_digit_has_a_question_mark():
    doubtful = reading("4")
    doubtful.digits[0] = replace(doubtful.digits[0], doubtful=True)
    assert printed(doubtful).splitlines()[7] == "4? 99%"


def test_small_digits_are_drawn_twice_as_large():
    assert printed(reading("4", size=8)).splitlines() == ["████████"] * 4 + ["4 99%", ""]


def test_an_odd_row_is_half_a_block():
    one = reading("4")
    one.seen[0, 6] = one.seen[0, 7]
    lines = printed(one).splitlines()
    assert lines[6] == "████"
    assert lines[7] == "▀▀▀▀"


def test_plain_letters_where_there_is_only_ascii():
    text = printed(reading("42"), encoding="ascii")
    assert text.isascii()
    assert text.startswith("@@@@   @@@@")


def test_greys_where_there_are_colours():
    text = printed(reading("4"), colour="truecolor")
    assert "38;2;255;255;255;48;2;255;255;255m▀" in text


def test_each_line_begins_anew():
    lines = [line for line in printed(reading("12", "3")).splitlines() if "%" in line]
    assert lines == ["1 99%  2 99%", "3 99%"]


@pytest.mark.parametrize("width", [1, 12, 13, 40, 200])
def test_no_line_is_wider_than_the_terminal(width):
    lines = printed(reading("1234567"), width).splitlines()
    assert max(map(len, lines)) <= max(width, 7)
    answers = [sign for line in lines if "%" in line for sign in line.split()[::2]]
    if width > 5:
        assert answers == list("1234567")


def test_nothing_read_prints_nothing():
    assert printed(reading()) == ""
