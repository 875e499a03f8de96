from __future__ import annotations

import numpy as np
import pytest

from making import others, strangers
from making.canvas import SIDE, blank, pen, seen, smooth, stroke, upright
from making.glyphs import DEJAVU, DIGITS, HERSHEY, LETTERS, LOOK_ALIKES, OTHERS, sign, signs


def random(seed=0):
    return np.random.Generator(np.random.Philox(seed))


def test_a_smooth_curve_goes_through_its_points():
    points = np.array([[0.0, 0], [10, 0], [10, 10], [0, 5]])
    curve = smooth(points, 4)
    assert curve[::4].tolist() == points[:-1].tolist()
    assert smooth(points[:2] * [1, 0], 4)[:, 1].tolist() == [0] * 4


def test_a_stroke_is_as_wide_as_it_is_drawn():
    canvas = blank()
    stroke(canvas, np.array([[20.0, 50], [70, 50]]), 7)
    assert (canvas[:, 45] > 127).sum() in (7, 8, 9)  # its edges are smoothed
    assert not upright(canvas)
    assert upright(canvas.T.copy())


def test_another_pen_leaves_a_thin_stroke_where_it_would_vanish():
    canvas = blank()
    stroke(canvas, np.array([[20.0, 50], [70, 50]]), 3)
    inks = {int((pen(canvas, random(seed)) > 127).sum()) for seed in range(20)}
    assert min(inks) == (canvas > 127).sum() < max(inks)


@pytest.mark.parametrize(
    "draw", [strangers.scribble, strangers.smudge, strangers.specks, others.scribble, others.smudge]
)
def test_strangers_have_ink_differ_and_come_again_with_their_seed(draw):
    drawn = [draw(random(seed)) for seed in range(12)]
    assert all(one.shape == (SIDE, SIDE) and one.dtype == np.uint8 and one.max() > 100 for one in drawn)
    assert len({one.tobytes() for one in drawn}) == 12
    assert (draw(random(3)) == drawn[3]).all()


@pytest.mark.parametrize("paper", [strangers.paper, others.paper])
def test_empty_paper(paper):
    papers = paper(60, random())
    assert (papers.shape, papers.dtype) == ((60, 28, 28, 1), np.uint8)
    assert len({one.tobytes() for one in papers}) > 40


def test_blank_papers_to_test_with_are_all_black_and_all_white():
    papers = others.paper(20, random())
    assert (papers[:2].max(), papers[2:4].min()) == (0, 255)


@pytest.mark.parametrize("font", [*HERSHEY, *DEJAVU, *OTHERS])
def test_every_font_has_every_sign_and_it_fits_the_canvas(font):
    for character in DIGITS + LETTERS + LOOK_ALIKES:
        canvas = sign(character, font, random())
        assert canvas.sum() > 20 * 255, character
        assert not canvas[[0, -1]].any(), character


def test_fonts_that_are_tested_with_are_not_learnt_from():
    assert not set(OTHERS) & {*HERSHEY, *DEJAVU}
    assert not set(LETTERS) & set(LOOK_ALIKES)


def test_what_is_drawn_is_seen_as_mnist_prepares_its_scans():
    canvases, characters = signs("8", OTHERS, 30, random())
    pictures = seen(canvases, random())
    assert characters == ["8"] * 30
    assert (pictures.shape, pictures.dtype) == ((30, 28, 28, 1), np.uint8)
    assert (pictures.max((1, 2, 3)) == 255).all()
    rows, columns = (pictures.sum(axis)[..., 0] for axis in (2, 1))
    for ink in (rows, columns):
        assert (ink @ np.arange(28) / ink.sum(1)) == pytest.approx(np.full(30, 14), abs=0.3)
