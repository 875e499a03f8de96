import pytest
from PIL import Image

from glassnet.lab import save_courses, save_spread, save_success, summarize, summarize_courses
from tests.lab.jobs import row

SETTINGS = summarize([row(width, seed, 4 if seed < width else 3) for width in (2, 4) for seed in range(6)], [2, 4])


def size_of(path):
    with Image.open(path) as picture:
        return picture.size


def test_bars_with_and_without_the_articles_figures(tmp_path):
    save_success(SETTINGS, "hidden", tmp_path / "plain.png", {})
    save_success(SETTINGS, "hidden", tmp_path / "article.png", {2: 0.2, 6: 0.9})
    assert size_of(tmp_path / "plain.png") == size_of(tmp_path / "article.png")
    assert (tmp_path / "plain.png").read_bytes() != (tmp_path / "article.png").read_bytes()


@pytest.mark.parametrize("names", [[None], ["sgd", "adam"], ["dense4 relu dense1" * 5] * 12])
def test_boxes_and_dots_whatever_the_settings_are_called(tmp_path, names):
    settings = [one for name in names for one in summarize([row(name, seed, seed % 5) for seed in range(7)], [name])]
    save_spread(settings, "optimizer", tmp_path / "spread.png")
    assert size_of(tmp_path / "spread.png")[0] >= 570


def test_a_single_run(tmp_path):
    save_spread(summarize([row()], [2]), "", tmp_path / "one.png")
    assert size_of(tmp_path / "one.png")[1] > 400


def test_settings_are_named_below_their_boxes(tmp_path):
    for name in ("sgd", "adam"):
        save_spread(summarize([row(name)], [name]), "optimizer", tmp_path / name)
    assert (tmp_path / "sgd").read_bytes() != (tmp_path / "adam").read_bytes()


@pytest.mark.parametrize("names", [["0-4", "5-9"], ["$x^$", "a" * 100, "c"], [str(k) for k in range(8)]])
def test_courses_whatever_the_tasks_are_called(tmp_path, names):
    curves = [[0.1 * k] * (3 * len(names) + 1) for k in range(len(names))]
    rows = [{"curves": curves, "together": [0.5] * len(names)}] * 2
    save_courses(summarize_courses(rows, names), 2, tmp_path / "courses.png")
    assert size_of(tmp_path / "courses.png") == (864, 480)
