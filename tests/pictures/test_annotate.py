from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import OutputError
from glassnet.pictures import Digit, Reading, load_picture, save_annotated, save_grey
from glassnet.pictures.segment import Box

NONE_SEEN = np.zeros((0, 28, 28, 1), np.uint8)


def drawn(tmp_path, shape, *digits):
    reading = Reading(["".join(digit.digit for digit in digits)], list(digits), NONE_SEEN)
    save_annotated(np.full(shape, 200, np.uint8), reading, tmp_path / "seen.png")
    with Image.open(tmp_path / "seen.png") as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def colours(picture):
    red, _, blue = picture.reshape(-1, 3).T
    return {"blue": int((blue > red + 80).sum()), "orange": int((red > blue + 80).sum())}


def test_sure_digits_are_blue_and_others_orange(tmp_path):
    sure = colours(drawn(tmp_path, (300, 400), Digit("7", 0.99, Box(100, 90, 60, 120), 0)))
    unsure = colours(drawn(tmp_path, (300, 400), Digit("7", 0.4, Box(100, 90, 60, 120), 0)))
    assert sure["blue"] > 300
    assert sure["orange"] == 0
    assert unsure["orange"] > 300
    assert unsure["blue"] == 0


@pytest.mark.parametrize(
    ("shape", "box"), [((28, 28), Box(8, 4, 12, 20)), ((9, 6), Box(0, 0, 6, 9)), ((3000, 4000), Box(0, 0, 4000, 3000))]
)
def test_words_fit_beside_digits_of_any_size(tmp_path, shape, box):
    picture = drawn(tmp_path, shape, Digit("7", 0.99, box, 0))
    assert max(picture.shape) <= 3000
    assert min(picture.shape[:2]) >= 96
    assert colours(picture)["blue"] > 100
    assert colours(picture[:2])["blue"] == 0  # nothing is cut off at the top


def test_nothing_read_leaves_the_picture(tmp_path):
    assert (drawn(tmp_path, (50, 70)) == 200).all()


def test_grey_pictures_come_back_as_they_were(tmp_path):
    grey = np.arange(60, dtype=np.uint8).reshape(6, 10)
    save_grey(grey, tmp_path / "p.png")
    assert np.array_equal(load_picture(tmp_path / "p.png"), grey)


def test_a_picture_that_cannot_be_written(tmp_path):
    with pytest.raises(OutputError, match="there is no folder"):
        save_grey(np.zeros((2, 2), np.uint8), tmp_path / "none" / "p.png")
