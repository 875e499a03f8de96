from __future__ import annotations

import cv2
import numpy as np
import pytest

from glassnet.pictures.ink import find_ink
from tests.pictures.drawing import one, paper, write


def written(height=200, width=600):
    ink = paper(height, width)
    write(ink, "2507", 60, 120)
    return ink


@pytest.mark.parametrize(("ground", "pen"), [(255, 0), (0, 255), (230, 150), (110, 60), (40, 220), (128, 200)])
def test_ink_is_found_whichever_is_darker(ground, pen):
    ink = written()
    grey = np.rint(ground + (pen - ground) * (ink / 255.0)).astype(np.uint8)
    found = find_ink(grey, widest=0.25, light=pen > ground)
    assert found.dtype == np.float32
    assert found.min() == 0
    assert found.max() == 1
    assert np.array_equal(found >= 0.5, ink >= 128) or np.mean((found >= 0.5) != (ink >= 128)) < 0.002


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("inverted", [False, True])
def test_light_that_falls_off_is_evened(turn, inverted):
    light = np.rot90(np.linspace(80, 240, 600)[None, :] * np.ones((600, 1)), turn)
    ink = written(600)
    grey = light * (1 - 0.6 * ink / 255)
    found = find_ink((255 - grey if inverted else grey).astype(np.uint8), light=inverted)
    assert np.mean((found >= 0.5) != (ink >= 128)) < 0.003


def test_corners_in_shade_are_paper():
    rows, columns = np.mgrid[-1:1:400j, -1:1:600j]
    ink = written(400)
    grey = (200 - 60 * (rows**2 + columns**2)) * (1 - 0.7 * ink / 255)
    found = find_ink(grey.astype(np.uint8))
    assert np.mean((found >= 0.5) != (ink >= 128)) < 0.003


@pytest.mark.parametrize("sign", "0123456789")
@pytest.mark.parametrize("light", [False, True])
def test_a_picture_that_is_cut_to_the_digit(sign, light):
    ink = one(sign, 120)
    found = find_ink(ink if light else 255 - ink, widest=0.5, light=light)
    assert np.mean((found >= 0.5) != (ink >= 128)) < (0.03 if light else 0.02)


def test_rare_faint_strokes_are_found_in_grain():
    ink = paper(480, 640)
    cv2.putText(ink, "27", (300, 250), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 255, 2, cv2.LINE_AA)
    noise = np.random.default_rng(0).normal(0, 3, ink.shape)
    found = find_ink((100 * (1 - 0.3 * ink / 255) + noise).astype(np.uint8), widest=0.04)
    assert (found[ink >= 192] >= 0.5).mean() > 0.95
    assert (found[cv2.dilate(ink, np.ones((5, 5))) == 0] >= 0.5).mean() < 0.001


def test_folds_beside_writing_are_no_ink():
    ink = written()
    grey = 220 * (1 - 0.75 * ink / 255)
    grey[:, 20:24] *= 0.8
    grey[170:175] *= 0.8
    found = find_ink(grey.astype(np.uint8))
    assert np.mean((found >= 0.5) != (ink >= 128)) < 0.003


def blurred_noise(shape, deviation):
    noise = np.random.default_rng(3).uniform(0, 255, shape)
    return cv2.normalize(cv2.GaussianBlur(noise, (0, 0), deviation), np.zeros(0), 0, 255, cv2.NORM_MINMAX)


NOTHING = {
    "black": lambda shape: np.zeros(shape),
    "white": lambda shape: np.full(shape, 255),
    "grey": lambda shape: np.full(shape, 128),
    "noise": lambda shape: np.random.default_rng(0).uniform(0, 255, shape),
    "black and white noise": lambda shape: (np.random.default_rng(1).random(shape) < 0.5) * 255,
    "salt": lambda shape: (np.random.default_rng(2).random(shape) < 0.03) * 255,
    "grain": lambda shape: np.random.default_rng(3).normal(180, 8, shape),
    "fine clouds": lambda shape: blurred_noise(shape, 1),
    "clouds": lambda shape: blurred_noise(shape, 4),
    "a slope": lambda shape: np.linspace(150, 200, shape[1]) * np.ones((shape[0], 1)),
}


@pytest.mark.parametrize("shape", [(240, 320), (1000, 700)])
@pytest.mark.parametrize("name", [name for name in NOTHING if name != "salt"])
def test_row_23_nothing_is_found_where_nothing_is_written(name, shape):
    assert not find_ink(NOTHING[name](shape).clip(0, 255).astype(np.uint8)).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 10_000), (10_000, 1), (2, 2), (1, 3)])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_row_20_any_shape(shape, grey):
    found = find_ink(np.full(shape, grey, np.uint8))
    assert found.shape == shape
    assert not found.any()


def test_row_54_the_picture_is_not_changed():
    grey = written()
    before = grey.copy()
    find_ink(grey)
    assert np.array_equal(grey, before)
