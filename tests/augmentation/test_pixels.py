from __future__ import annotations

import numpy as np
import pytest

from glassnet.augmentation import Brightness, Stroke
from glassnet.errors import ParameterError
from tests.augmentation.pictures import noise

BAR = np.array([[0, 0, 0, 0, 0], [0, 0, 200, 0, 0], [0, 0, 200, 0, 0], [0, 0, 0, 0, 0]], np.uint8)[None, :, :, None]


def changed(change, *numbers, pictures=BAR):
    return change.change(pictures, np.array([numbers], float))[0, :, :, 0].tolist()


def test_strokes_twice_as_thick_by_half():
    assert changed(Stroke(0.5), 1.0) == [
        [0, 0, 100, 0, 0],
        [0, 100, 200, 100, 0],
        [0, 100, 200, 100, 0],
        [0, 0, 100, 0, 0],
    ]


def test_strokes_thinner_by_a_quarter():
    assert changed(Stroke(0.5), 0.25) == [[0] * 5, [0, 0, 150, 0, 0], [0, 0, 150, 0, 0], [0] * 5]


def test_lighter_darker_and_with_less_contrast():
    assert changed(Brightness(0.2), 1.0, 0.5)[1] == [51, 51, 251, 51, 51]
    assert changed(Brightness(1.0), 1.0, 0.5)[1] == [255] * 5
    assert changed(Brightness(1.0), 0.5, 0.0)[1] == [128] * 5  # all grey; halves are rounded to even
    assert changed(Brightness(0.2), 0.5, 1.0)[1] == [0, 0, 214, 0, 0]


@pytest.mark.parametrize("change", [Stroke(), Brightness()])
def test_the_middle_number_changes_nothing_and_each_channel_stands_for_itself(change):
    pictures = noise(channels=3)
    assert (change.change(pictures, np.full((6, change.numbers), 0.5)) == pictures).all()
    u = np.random.default_rng(1).random((6, change.numbers))
    alone = [change.change(pictures[..., c : c + 1], u)[..., 0] for c in range(3)]
    assert (change.change(pictures, u) == np.stack(alone, -1)).all()


@pytest.mark.parametrize("kind", [Stroke, Brightness])
def test_amounts_out_of_reason(kind):
    with pytest.raises(ParameterError, match=rf"{kind.__name__}: most must be a number in \[0, 1\]\. Got 2\."):
        kind(2)
