import numpy as np
import pytest
from PIL import Image

from glassnet.pictures import Tile, save_contact_sheet
from glassnet.pictures.contact_sheet import displayed


def colours(path):
    with Image.open(path) as picture:
        return set(map(tuple, np.asarray(picture.convert("RGB")).reshape(-1, 3).tolist()))


@pytest.mark.parametrize("count", [1, 5, 13, 100])
def test_every_picture_has_its_place(tmp_path, count):
    """Each is of a grey of its own, and all greys are in the sheet."""
    greys = np.linspace(0, 255, count + 1).round().astype(np.uint8)
    tiles = [Tile(np.full((8, 8, 1), grey), f"is {grey}\n$x^$") for grey in greys]
    save_contact_sheet("Greys of ^$", tiles, tmp_path / "sheet.png")
    assert {(int(grey),) * 3 for grey in greys} <= colours(tmp_path / "sheet.png")


def test_colours_stay_and_flat_pictures_too(tmp_path):
    wide = np.zeros((4, 40, 3), np.uint8)
    wide[:, :20, 0] = wide[:, 20:, 2] = 255
    save_contact_sheet("Two", [Tile(wide, "кошка"), Tile(wide.swapaxes(0, 1), "x" * 99)], tmp_path / "sheet.png")
    assert {(255, 0, 0), (0, 0, 255)} <= colours(tmp_path / "sheet.png")


def test_signs_that_the_font_lacks_do_no_harm(tmp_path):
    save_contact_sheet("猫", [Tile(np.eye(3)[:, :, None], "猫")], tmp_path / "sheet.png")
    assert (tmp_path / "sheet.png").exists()


def test_what_is_displayed():
    picture = np.array([[[0.0], [4.0]]])
    np.testing.assert_array_equal(displayed(picture, 0, 8), [[0, 0.5]])
    np.testing.assert_array_equal(displayed(picture, 2, 2), [[-2, 2]])
    np.testing.assert_array_equal(displayed(np.full((1, 1, 2), [2, 4]), 0, 4), [[0.75]])
    assert displayed(np.zeros((2, 2, 3)), 0, 1).shape == (2, 2, 3)
