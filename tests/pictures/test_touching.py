from __future__ import annotations

from dataclasses import replace

import numpy as np

from glassnet.pictures.attempt import attempt
from glassnet.pictures.looks import Look
from glassnet.pictures.seams import seams
from glassnet.pictures.split import split_touching
from glassnet.pictures.touching import ask_pairs, halves, pairs_model
from tests.pictures.drawing import one, paper, reader


def touching(text, overlap=4):
    ink = paper(160, 300)
    left = 50
    for sign in text:
        drawn = one(sign)
        place = ink[50:110, left : left + drawn.shape[1]]
        np.maximum(place, drawn, out=place)
        left += drawn.shape[1] - overlap
    return ink / np.float32(255)


def test_cuts_go_from_top_to_bottom_through_little_ink():
    ink = np.zeros((60, 90), np.float32)
    ink[:, 10:40] = ink[:, 50:80] = 1
    ink[30:34, 40:50] = 1  # a bridge
    cuts = seams(ink)
    assert cuts.shape[1] == 60
    assert any((cut >= 40).all() and (cut <= 50).all() for cut in cuts)


def test_halves_share_no_ink():
    ink = touching("38")[45:115, 40:160]
    for left, right in halves(ink):
        assert not ((left > 0) & (right > 0)).any()
        assert (left + right <= ink).all()


def test_the_network_of_the_pairs_knows_one_digit_two_and_none():
    model = pairs_model()
    assert model.classes is not None
    assert model.network.output_shape == (111,)
    frame = np.zeros((60, 90), np.float32)
    frame[[0, -1]] = frame[:, [0, -1]] = 1
    told = ask_pairs([touching("3")[45:115, 40:110], touching("38")[45:115, 40:160], frame])
    assert told.shape == (3, 111)
    assert [model.classes[k] for k in told.argmax(1)] == ["3", "38", "none"]
    np.testing.assert_allclose(told.sum(1), 1)


def test_two_digits_that_touch_are_read_as_two():
    made = attempt(reader(), touching("38"), Look())
    assert len(made.signs) == 1
    divided = split_touching(reader(), made)
    left, right = sorted(divided.signs, key=lambda sign: sign.box.left)
    assert left.label + right.label == "38"
    assert left.touching
    assert right.touching
    assert left.seen.shape == (28, 28, 1)
    assert not np.array_equal(left.seen, right.seen)


def test_a_network_that_knows_other_classes_divides_nothing():
    letters = replace(reader(), classes=tuple("ABCDEFGHIJ"))
    made = attempt(letters, touching("38"), Look())
    assert split_touching(letters, made) is made
