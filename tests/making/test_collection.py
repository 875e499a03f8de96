from __future__ import annotations

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.preparation import DigitBox, Preparation, Scale
from making.collection import MIRRORED, TURNED, collect, misplaced, on_canvas, pair


def scans(count=40):
    """Bars of many widths, one digit after the other."""
    x = np.zeros((count, 28, 28, 1), np.uint8)
    for k in range(count):
        x[k, 4:24, 10 : 12 + k % 7] = 255
    y = np.arange(count) % 10
    return Dataset("bars", x, y, tuple(range(10)), Preparation((DigitBox(),), Scale(1 / 255)))


def test_scans_come_first_and_as_they_are_then_what_is_drawn():
    digits = scans()
    data = collect(digits, 1, 0.003)
    assert (data.x[:40] == digits.x).all()
    assert (data.y[:40] == digits.y).all()
    assert data.classes == (*range(10), "none")
    assert data.preparation == digits.preparation
    drawn = np.bincount(data.y[40:], minlength=11)
    assert drawn[:10].sum() == 36 + 12 + 18  # scans in other strokes, and print
    assert drawn[10] == (12 + 18) + (2 + 3) + (18 + 9 + 4) + 3 + 12 + 15


def test_a_collection_is_drawn_from_its_seed():
    one, same, other = (collect(scans(), seed, 0.002) for seed in (1, 1, 2))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_scan_keeps_its_shape_on_a_canvas():
    canvas = on_canvas(scans().x[4])
    rows, columns = np.flatnonzero((canvas > 127).any(1)), np.flatnonzero((canvas > 127).any(0))
    assert len(rows) == pytest.approx(64, abs=2)
    assert len(columns) / len(rows) == pytest.approx(6 / 20, abs=0.03)


def test_two_digits_stand_side_by_side_and_touch_or_nearly():
    random = np.random.Generator(np.random.Philox(0))
    for _ in range(10):
        columns = np.flatnonzero((pair(scans(), random) > 127).any(0))
        assert len(columns) >= 10  # two bars of at least 5
        assert np.diff(columns).max() <= 6  # pixels of a canvas, on which a digit is 48 high


def test_only_digits_that_are_none_when_they_lie_or_in_a_mirror_are_misplaced():
    digits = scans()
    only = digits.take(np.flatnonzero(np.isin(digits.y, [0, 1, 7, 8])))
    random = np.random.Generator(np.random.Philox(0))
    bars = {misplaced(only, random).tobytes() for _ in range(20)}
    sevens = [on_canvas(scan) for scan in only.x[only.y == 7]]
    turned = [np.rot90(canvas, times) for canvas in sevens for times in (1, 3)]
    mirrored = [canvas[:, ::-1] for canvas in sevens]
    assert bars <= {np.ascontiguousarray(one).tobytes() for one in turned + mirrored}
    assert not {0, 1, 8} & {*TURNED, *MIRRORED}
