import numpy as np
import pytest

from glassnet.data import load_data
from glassnet.inspection import alike_pictures, equal_samples, twins


def test_each_is_paired_with_the_first_that_it_repeats():
    x = np.array([[1, 2], [3, 4], [1, 2], [5, 6], [1, 2], [3, 4]])
    assert equal_samples(x).tolist() == [[0, 2], [0, 4], [1, 5]]
    assert equal_samples(x[:2]).tolist() == []


@pytest.fixture
def photos():
    """Twelve pictures in colour, of smooth shapes that have nothing in common."""
    waves = np.random.default_rng(0).normal(size=(12, 6, 6, 3))
    return np.stack([np.kron(wave, np.ones((8, 8, 1))) * 40 + 128 for wave in waves]).clip(0, 255).astype(np.uint8)


def changed(pictures, how):
    noise = np.random.default_rng(1).normal(size=pictures.shape)
    light = {"noise": pictures + 3 * noise, "darker": 0.6 * pictures, "brighter": 0.7 * pictures + 70.0}
    return np.rint(light[how]).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("how", ["noise", "darker", "brighter"])
def test_a_picture_in_another_light_is_alike(photos, how):
    both = np.concatenate([photos, changed(photos, how)])
    assert alike_pictures(both).tolist() == [[k, k + 12] for k in range(12)]
    assert alike_pictures(photos).tolist() == []


def test_a_picture_that_was_made_smaller_and_large_again_is_alike(photos):
    import cv2

    smaller = [cv2.resize(cv2.resize(photo, (40, 40), interpolation=cv2.INTER_AREA), (48, 48)) for photo in photos]
    assert len(alike_pictures(np.concatenate([photos, smaller]), least=0.9)) == 12


def test_the_very_same_pictures_are_not_alike_and_neither_are_empty_ones(photos):
    assert alike_pictures(np.concatenate([photos, photos])).tolist() == []
    assert alike_pictures(np.stack([np.full((9, 9, 1), grey, np.uint8) for grey in range(5)])).tolist() == []
    assert alike_pictures(photos[:1]).tolist() == []


@pytest.mark.parametrize("block", [50, 512])
def test_none_is_missed(monkeypatch, block):
    """Beside comparing each scan with each: who has one like it is paired, and only with such."""
    monkeypatch.setattr(twins, "BLOCK", block)
    x = load_data("digits").train.x
    likeness = np.triu(np.corrcoef(x.reshape(len(x), -1)), 1)
    paired = alike_pictures(x, least=0.96)
    assert (likeness[paired[:, 0], paired[:, 1]] >= 0.96).all()
    linked = np.unique(np.argwhere(likeness >= 0.96))
    assert len(linked) > 100
    found = np.unique(paired)
    assert set(found) <= set(linked)
    # one that is like several is paired with the likest one that comes later along the line: no heap is left out
    assert ((likeness + likeness.T)[np.ix_(linked, found)].max(1) >= 0.96).all()
