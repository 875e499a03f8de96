from __future__ import annotations

import cv2
import numpy as np

from glassnet.pictures import find_glyphs, without_hairs, without_rules
from tests.pictures.drawing import paper, write


def numbers():
    ink = paper(300, 600)
    write(ink, "2507", 60, 180)
    return ink / np.float32(255)


def test_rules_go_and_the_digits_on_them_stay():
    ink = numbers()
    ruled = ink.copy()
    for row in (60, 120, 179, 240):
        cv2.line(ruled, (0, row), (599, row + 8), 0.4, 2)
    cleaned = without_rules(ruled)
    assert (cleaned > 0)[:, :50].mean() < 0.002 < 0.02 < (ruled > 0)[:, :50].mean()
    assert len(find_glyphs(cleaned)) == 4
    assert np.mean((cleaned >= 0.5) != (ink >= 0.5)) < 0.0025


def test_without_rules_nothing_changes():
    assert np.array_equal(without_rules(numbers()), numbers())


def test_hairs_and_dots_go_and_strokes_stay():
    ink = numbers()
    crossed = ink.copy()
    cv2.line(crossed, (30, 130), (560, 170), 1.0, 1)
    crossed[20:22, 20:22] = 1
    assert len(find_glyphs(crossed)) == 1
    assert len(find_glyphs(without_hairs(crossed))) == 4
    assert not without_hairs(crossed)[:40].any()


def test_no_ink_has_no_hairs():
    assert not without_hairs(np.zeros((20, 30), np.float32)).any()
