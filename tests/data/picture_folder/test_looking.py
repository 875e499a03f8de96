import numpy as np
import pytest
from PIL import Image

from glassnet.data.picture_folder.looking import LOOKED_AT, choose_fit
from glassnet.preparation import Fit
from tests.data.picture_folder.drawing import save, speckled


def fit_of(folder, sizes, wish=None, **options):
    paths = [folder / f"{k:03}.png" for k in range(len(sizes))]
    for k, size in enumerate(sizes):
        save(paths[k], speckled(k, size, **options))
    return choose_fit(list(map(str, paths)), wish)


@pytest.mark.parametrize(
    ("sizes", "field"),
    [
        ([(28, 28)] * 3, (28, 28)),  # as they are
        ([(96, 40)] * 3, (96, 40)),
        ([(40, 97)] * 3, (32, 64)),
        ([(15, 15)] * 3, (32, 32)),
        ([(1, 1)], (32, 32)),
        ([(1, 10_000)], (32, 64)),
        ([(300, 400)] * 3, (48, 64)),
        ([(400, 300)] * 3, (64, 48)),
        ([(300, 400), (400, 300)], (64, 64)),
        ([(40, 40), (46, 40), (48, 40)], (48, 40)),
        ([(20, 30), (30, 20), (20, 20)], (32, 32)),
        ([(100, 100), (120, 120), (2000, 20)], (64, 56)),
    ],
)
def test_the_field_is_as_the_pictures_are(tmp_path, sizes, field):
    assert fit_of(tmp_path, sizes).shape[:2] == field


def test_the_field_that_is_asked_for(tmp_path):
    assert fit_of(tmp_path, [(28, 28)] * 3, (50, 70)) == Fit(50, 70, 3)


def test_grey_pictures_stay_grey_whatever_their_files_say(tmp_path):
    assert fit_of(tmp_path, [(28, 28)] * 3, colour=False) == Fit(28, 28, 1)
    grey = speckled(0, (40, 40), colour=False)
    save(tmp_path / "g.jpg", np.stack([grey] * 3, axis=2))
    Image.fromarray(grey).convert("P").save(tmp_path / "g.gif")
    paths = [tmp_path / "g.jpg", tmp_path / "g.gif", tmp_path / "000.png"]
    assert choose_fit(list(map(str, paths)), None).channels == 1


def test_a_tint_is_no_colour(tmp_path):
    paper = np.full((40, 40, 3), (210, 200, 185), np.uint8)
    save(tmp_path / "paper.png", paper)
    assert choose_fit([str(tmp_path / "paper.png")], None).channels == 1


def test_one_picture_with_colours_makes_all_coloured(tmp_path):
    grey = np.full((40, 40), 90, np.uint8)
    paths = [tmp_path / f"{k}.png" for k in range(30)]
    for path in paths[:-1]:
        save(path, grey)
    patch = np.stack([grey] * 3, axis=2)
    patch[10:14, 10:14] = (200, 20, 20)
    save(paths[-1], patch)
    assert choose_fit(list(map(str, paths)), None).channels == 3


def test_of_many_some_are_looked_at(monkeypatch, tmp_path):
    seen = []

    def note(paths, fit):
        seen.extend(paths)
        return []

    monkeypatch.setattr("glassnet.data.picture_folder.looking.decoded", note)
    assert choose_fit([f"{k}.png" for k in range(20_000)], None) == Fit(32, 32, 1)
    assert len(seen) == LOOKED_AT
    assert (seen[0], seen[-1]) == ("0.png", "19999.png")
