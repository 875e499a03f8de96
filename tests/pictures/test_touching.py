from __future__ import annotations

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


def test_the_network_of_the_pairs_knows_one_digit_and_two():
    assert pairs_model().network.output_shape == (110,)
    answers = ask_pairs([touching("3")[45:115, 40:110], touching("38")[45:115, 40:160]])
    assert [text for text, _, _ in answers] == ["3", "38"]


def test_two_digits_that_touch_are_read_as_two():
    made = attempt(reader(), touching("38"), Look())
    assert len(made.signs) == 1
    divided = split_touching(reader(), made)
    assert "".join(sign.label for sign in sorted(divided.signs, key=lambda sign: sign.box.left)) == "38"
    assert all(sign.touching for sign in divided.signs)
