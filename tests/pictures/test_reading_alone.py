"""What `read` makes of pictures with the network in the box: everything from grey to numbers together."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.drawn.scenes import draw_scene
from glassnet.files import boxed_digits
from glassnet.pictures import read_picture
from tests.pictures.drawing import one, paper, write
from tests.pictures.test_ink import NOTHING


def lines_of(grey):
    return read_picture(boxed_digits(), np.ascontiguousarray(grey).astype(np.uint8)).lines


@pytest.mark.parametrize("shape", [(28, 28), (240, 320), (1000, 700)])
@pytest.mark.parametrize("name", NOTHING)
def test_row_23_no_digit_is_found_where_nothing_is_written(name, shape):
    assert lines_of(NOTHING[name](shape).clip(0, 255)) == []


@pytest.mark.parametrize("inverted", [False, True])
def test_corners_in_deep_shade(inverted):
    ink = paper(400, 600)
    write(ink, "2507", 60, 230)
    rows, columns = np.mgrid[-1:1:400j, -1:1:600j]
    grey = (200 - 60 * (rows**2 + columns**2)) * (1 - 0.7 * ink / 255)
    assert lines_of(255 - grey if inverted else grey) == ["2507"]


@pytest.mark.parametrize("sign", "0123456789")
def test_a_picture_that_is_cut_to_the_digit(sign):
    assert lines_of(255 - one(sign, 120)) == [sign]


TELEPHONE = (
    "thin pen",
    "thin pencil",
    "full page",
    "print",
    "sticky note",
    "coloured note",
    "table edge",
    "blackboard",
    "creased",
)


@pytest.mark.parametrize("scene", TELEPHONE)
def test_photos_of_a_telephone(scene):
    """Drawn with a pen's strokes: every digit is found in its line, and nine of ten are right."""
    photos = [draw_scene(scene, seed) for seed in range(30_000, 30_003)]
    read = [lines_of(cv2.cvtColor(photo.picture, cv2.COLOR_RGB2GRAY)) for photo in photos]
    wanted = [photo.lines for photo in photos]
    assert [[len(line) for line in lines] for lines in read] == [[len(line) for line in lines] for lines in wanted]
    right = [one == other for k in range(3) for one, other in zip("".join(read[k]), "".join(wanted[k]), strict=True)]
    assert np.mean(right) >= 0.9
