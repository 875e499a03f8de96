from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from glassnet.augmentation import AUGMENTATIONS, CHANGES, Augmentation, Flip, Rotate, Shift
from glassnet.descriptions import from_config, to_config
from glassnet.errors import DataError, ParameterError
from tests.augmentation.pictures import noise

DIGITS = AUGMENTATIONS["digits"]
ROWS = np.arange(6)
ALL = Augmentation(tuple(kind() for kind in CHANGES.values()))


def test_without_changes_pictures_stay_as_they_are():
    pictures = noise(channels=3)
    assert (Augmentation(())(pictures, ROWS, 0, 0) == pictures).all()


def test_the_same_seed_gives_the_same_pictures_whatever_the_company_and_the_thread():
    pictures = noise(3000, 20, 20)
    rows = np.arange(3000)
    whole = ALL(pictures, rows, 3, 7)
    order = np.random.default_rng(0).permutation(3000)
    with ThreadPoolExecutor(3) as pool:
        parts = pool.map(lambda part: ALL(pictures[part], rows[part], 3, 7), np.array_split(order, 11))
        assert (np.concatenate(list(parts)) == whole[order]).all()


def test_seeds_epochs_and_samples_differ():
    pictures = np.repeat(noise(1, 20, 20), 2, 0)
    one, other = DIGITS(pictures, np.array([0, 1]), 0, 0)
    assert (one != other).any()
    assert (DIGITS(pictures, np.array([0, 1]), 1, 0)[0] != one).any()
    assert (DIGITS(pictures, np.array([0, 1]), 0, 1)[0] != one).any()


def test_the_given_pictures_stay_as_they_are_and_may_be_read_only():
    pictures = noise()
    before = pictures.copy()
    pictures.flags.writeable = False
    changed = ALL(pictures, ROWS, 0, 0)
    assert (pictures == before).all()
    assert (changed.shape, changed.dtype) == (pictures.shape, pictures.dtype)


def test_moves_come_one_after_the_other():
    """A quarter turn, then a step to the right; the other way round it would be a step down."""
    letter = np.zeros((1, 5, 5, 1), np.uint8)
    letter[0, 1, 1:4, 0] = 9

    class Always(Shift):
        def matrices(self, u, shape):
            return super().matrices(np.tile([1, 0.5], (len(u), 1)), shape)

    class Quarter(Rotate):
        def matrices(self, u, shape):
            return super().matrices(np.ones_like(u), shape)

    augmentation = Augmentation((Quarter(90.0), Always(0.2)))
    turned = np.roll(np.rot90(letter[0, :, :, 0], -1), 1, axis=1)
    assert augmentation(letter, ROWS[:1], 0, 0)[0, :, :, 0].tolist() == turned.tolist()


def test_half_of_the_pictures_are_mirrored():
    picture = np.zeros((1000, 1, 2, 1), np.uint8)
    picture[:, 0, 0] = 1
    mirrored = Augmentation((Flip(),))(picture, np.arange(1000), 0, 0)[:, 0, 1, 0].sum()
    assert 450 < mirrored < 550


def test_digits_are_never_mirrored_and_keep_their_ink():
    assert not any(isinstance(change, Flip) for change in DIGITS.changes)
    bar = np.zeros((500, 28, 28, 1), np.uint8)
    bar[:, 5:23, 12:16] = 255
    changed = DIGITS(bar, np.arange(500), 0, 0)
    share = changed.sum((1, 2, 3)) / bar[0].sum()
    assert 0.5 < share.min() < share.max() < 1.7


@pytest.mark.parametrize("augmentation", [*AUGMENTATIONS.values(), ALL])
def test_it_travels_as_json(augmentation):
    config = json.loads(json.dumps(to_config(augmentation)))
    assert from_config(config, {"Augmentation": Augmentation, **CHANGES}) == augmentation


@pytest.mark.parametrize("changes", [[Shift()], (1,), Shift(), ("Shift",), (Augmentation(()),)])
def test_anything_but_a_tuple_of_changes(changes):
    with pytest.raises(
        ParameterError, match="Augmentation: changes must be a tuple of Shift, Rotate, Zoom, Shear, Flip"
    ):
        Augmentation(changes)


@pytest.mark.parametrize("x", [noise()[:, :, :, 0], noise().astype(float), noise(channels=5)])
def test_what_is_no_pictures(x):
    with pytest.raises(DataError, match=r"Augmentation is for pictures, .* Got \(6, 12, 10.*--augment none"):
        ALL(x, ROWS, 0, 0)


def test_a_frozen_description():
    assert replace(DIGITS) == DIGITS
    assert hash(DIGITS) == hash(replace(DIGITS))


def test_nobody_elses_opencv_is_set():
    import cv2

    threads = cv2.getNumThreads()
    DIGITS(noise(), ROWS, 0, 0)
    assert cv2.getNumThreads() == threads
    assert "cv2" in sys.modules
