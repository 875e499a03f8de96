from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import DataError, ShapeError
from glassnet.pictures import load_picture, read_picture, sole_digit
from glassnet.preparation import Preparation, Scale
from tests.pictures.drawing import one, paper, reader, write

TRAINED = reader()


def page(*lines, width=700, height=60):
    ink = paper(60 + 100 * len(lines), width)
    for number, line in enumerate(lines):
        write(ink, line, 40 + 15 * number, 120 + 100 * number, height)
    return ink


def lines_of(grey):
    return read_picture(TRAINED, grey).lines


@pytest.mark.parametrize("sign", "0123456789")
def test_one_digit(sign):
    ink = page(sign, width=200)
    assert lines_of(255 - ink) == lines_of(ink) == [sign]


@pytest.mark.parametrize(("ground", "pen"), [(255, 0), (0, 255), (200, 90), (70, 190)])
def test_several_lines(ground, pen):
    grey = np.rint(ground + (pen - ground) * (page("314159", "27", "16180") / 255.0)).astype(np.uint8)
    assert lines_of(grey) == ["314159", "27", "16180"]


@pytest.mark.parametrize("height", [12, 30, 200, 700])
def test_digits_of_any_size(height):
    ink = paper(3 * height, 6 * height)
    write(ink, "2074", height // 2, 2 * height, height)
    assert lines_of(255 - ink) == ["2074"]


def test_noise_slope_and_specks():
    ink = page("52", "8094")
    ink[5:8, 5:8], ink[300:304, 650:653] = 255, 255
    light = np.linspace(120, 230, ink.shape[1]) * (1 - 0.6 * ink / 255)
    noisy = light + np.random.default_rng(0).normal(0, 5, ink.shape)
    assert lines_of(noisy.clip(0, 255).astype(np.uint8)) == ["52", "8094"]


def test_a_reading_tells_where_each_digit_stands_and_how_sure_it_is():
    reading = read_picture(TRAINED, 255 - page("47", "9"))
    assert [(digit.digit, digit.line) for digit in reading.digits] == [("4", 0), ("7", 0), ("9", 1)]
    for digit, (left, top) in zip(
        reading.digits, [(40, 60), (40 + one("4").shape[1] + 30, 60), (55, 160)], strict=True
    ):
        assert np.abs(np.subtract(digit.box, (left, top, one(digit.digit).shape[1], 60))).max() <= 1
        assert 0.5 < digit.confidence <= 1
    assert reading.seen.shape == (3, 28, 28, 1)
    assert reading.seen.dtype == np.uint8


def test_boxes_in_a_large_photo_are_in_its_own_pixels():
    ink = paper(1500, 4000)
    write(ink, "36", 1000, 1200, 600)
    first, second = read_picture(TRAINED, 255 - ink).digits
    assert np.abs(np.subtract(first.box, (1000, 600, one("3", 600).shape[1], 600))).max() <= 5  # one as it was seen
    assert (first.digit, second.digit) == ("3", "6")


@pytest.mark.parametrize("grey", [np.zeros((50, 60)), np.full((50, 60), 255), np.full((1, 1), 9), np.ones((1, 10_000))])
def test_row_23_no_digit_is_found_where_there_is_none(grey):
    reading = read_picture(TRAINED, grey.astype(np.uint8))
    assert reading.lines == []
    assert reading.digits == []
    assert reading.seen.shape == (0, 28, 28, 1)


def test_row_21_a_turned_photo(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.fromarray(np.rot90(255 - page("254"), -1)).save(tmp_path / "p.jpg", exif=exif, quality=95)
    assert lines_of(load_picture(tmp_path / "p.jpg")) == ["254"]


def test_ink_on_a_transparent_ground(tmp_path):
    ink = page("254")
    clear = np.zeros((*ink.shape, 4), np.uint8)
    clear[..., 3] = ink
    Image.fromarray(clear).save(tmp_path / "p.png")
    assert lines_of(load_picture(tmp_path / "p.png")) == ["254"]


def test_a_sole_digit_is_prepared_as_the_network_wants_it():
    prepared = sole_digit(TRAINED, 255 - page("6", width=200))
    assert prepared.shape == (28, 28, 1)
    assert prepared.max() == 255


def test_more_or_less_than_a_sole_digit():
    with pytest.raises(DataError, match=r"2 digits were found.*glassnet read"):
        sole_digit(TRAINED, 255 - page("66"))
    with pytest.raises(DataError, match=r"No digit was found"):
        sole_digit(TRAINED, paper())


@pytest.mark.parametrize("function", [read_picture, sole_digit])
def test_a_network_that_knows_no_digits(function):
    with pytest.raises(DataError, match=r"not trained on digits.*glassnet train mnist --net cnn"):
        function(reader(Preparation((), Scale())), paper())


@pytest.mark.parametrize("picture", [np.zeros((9, 9, 3), np.uint8), np.zeros((9, 9)), np.zeros((0, 5), np.uint8)])
def test_row_48_what_is_no_grey_picture(picture):
    with pytest.raises(ShapeError, match=r"Expected a grey picture, \(height, width\) of uint8.*load_picture"):
        read_picture(TRAINED, picture)
