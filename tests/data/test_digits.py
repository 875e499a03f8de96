import numpy as np

from glassnet.data import load_data
from glassnet.preparation import DigitBox, Preparation, Scale


def test_digits_are_small_scans():
    train, test = load_data("digits", 0)
    assert (train.x.shape, test.x.shape) == ((1438, 8, 8, 1), (359, 8, 8, 1))
    assert (train.x.dtype, int(train.x.min()), int(train.x.max())) == (np.uint8, 0, 16)
    assert train.classes == test.classes == tuple(range(10))
    assert train.preparation == Preparation((DigitBox(8, 8, "box", 16),), Scale(1 / 16))
    assert min(np.bincount(test.y)) >= 34


def test_the_test_is_the_same_for_every_seed_and_for_ever():
    first, other = load_data("digits", 0), load_data("digits", 12345)
    assert first.test.fingerprint == other.test.fingerprint
    assert first.train.fingerprint == other.train.fingerprint
    assert first.test.fingerprint == "sha256:81251cc71357690676aa4868fef101cd9335f9ab2c6ec84f87b2adc293e89493"


def test_no_scan_is_in_both():
    train, test = load_data("digits", 0)
    scans = {scan.tobytes() for scan in train.x}
    assert not scans & {scan.tobytes() for scan in test.x}
