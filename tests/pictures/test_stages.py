from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from glassnet.pictures import picture_stages, read_picture, save_stages
from tests.pictures.drawing import paper, reader, write


def shaded():
    ink = paper()
    write(ink, "27", 100, 130)
    light = np.linspace(90, 230, ink.shape[1])
    return (light * (1 - 0.6 * ink / 255)).astype(np.uint8)


def test_each_stage_says_what_would_be_read_after_it():
    told = picture_stages(reader(), shaded())
    assert [stage.name for stage in told][:3] == ["as it is", "light evened", "strength of the ink evened"]
    assert told[-1].lines == read_picture(reader(), shaded()).lines == ["27"]
    assert told[0].lines != ["27"]  # one threshold for all takes the shade for ink
    assert all(stage.picture.dtype == np.uint8 for stage in told)


@pytest.mark.parametrize("grey", [shaded(), np.full((40, 50), 200, np.uint8)])
def test_the_sheet_is_drawn_with_digits_and_without(tmp_path, grey):
    reading = read_picture(reader(), grey)
    save_stages("a photo", picture_stages(reader(), grey), reading, tmp_path / "stages.png")
    with Image.open(tmp_path / "stages.png") as picture:
        assert min(picture.size) > 300
