import numpy as np
import pytest
from PIL import Image

from glassnet.errors import OutputError
from glassnet.pictures import Panel, Strip, save_panels

SEEN = np.pad(np.ones((2, 2, 1)), ((3, 3), (3, 3), (0, 0)))


def pixels(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def test_above_0_is_blue_below_is_red_each_in_its_place(tmp_path):
    half = np.zeros((8, 8))
    half[:, :3], half[:, 5:] = 2, -2
    save_panels("Why?", SEEN, [Panel("found", "what", half)], [], tmp_path / "p.png")
    red, _, blue = np.moveaxis(pixels(tmp_path / "p.png")[100:400], 2, 0)
    assert np.nonzero(blue > red + 50)[1].mean() < 624 < np.nonzero(red > blue + 50)[1].mean()


def test_what_is_seen_is_ink_on_paper_and_is_drawn_as_a_line_over_the_rest(tmp_path):
    save_panels("Why?", SEEN, [Panel("seen", "", SEEN)], [], tmp_path / "seen.png")
    ink = (pixels(tmp_path / "seen.png")[90:380, 480:770] < 60).all(2)  # inside the frame
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    assert rows[-1] - rows[0] == pytest.approx(columns[-1] - columns[0], abs=2)
    assert ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all()
    nothing = np.zeros((8, 8))
    for name, picture in (("line", SEEN), ("none", np.zeros((8, 8, 1)))):
        save_panels("Why?", picture, [Panel("found", "", nothing)], [], tmp_path / name)
    assert (pixels(tmp_path / "line")[150:350, 560:690] < 120).all(2).any()
    assert not (pixels(tmp_path / "none")[150:350, 560:690] < 120).all(2).any()


def test_maps_of_a_strip_share_one_scale(tmp_path):
    maps = np.stack([np.full((4, 4), 1.0), np.full((4, 4), 0.1)], 2)
    save_panels("Maps", None, [], [Strip("two", maps, [0, 1])], tmp_path / "maps.png")
    drawn = pixels(tmp_path / "maps.png")
    dark = ((drawn[:, :, 2] > drawn[:, :, 0] + 60) & (drawn[:, :, 0] < 60)).sum()
    pale = ((drawn[:, :, 2] > drawn[:, :, 0]) & (drawn[:, :, 0] > 200)).sum()
    assert dark > 5000
    assert pale > 5000


def test_where_it_cannot_be_written(tmp_path):
    with pytest.raises(OutputError, match="there is no folder"):
        save_panels("Why?", SEEN, [Panel("seen", "", SEEN)], [], tmp_path / "none" / "p.png")
