from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from glassnet import randomness
from glassnet.layers import Context, Dropout
from glassnet.randomness import Purpose
from tests.engines.cpu.bare import NAME
from tests.engines.cpu.calling import call

UNITS = 64


@pytest.mark.parametrize("block", [0, 1, 2**31, 2**32 - 1])
def test_words_are_those_of_the_generator(block):
    counter = (block, int(Purpose.DROPOUT), 12345, 7)
    key = 0xDEADBEEF, 0xFFFFFFFF
    got = np.zeros(4, np.int64)
    call(f"{NAME}.words", *counter[1:], *key, got, lo=block, hi=block + 1)
    c0, c1, c2, c3 = (np.array([word], np.uint64) for word in counter)
    wanted = randomness.philox((c0, c1, c2, c3), key)
    assert got.tolist() == [int(word[0]) for word in wanted]


@pytest.mark.parametrize("rate", [0.0, 1e-6, 0.25, 0.3, 0.5, 0.9, 0.99999])
@pytest.mark.parametrize(("samples", "size"), [(1, 1), (1, 7), (3, 5), (9, 64), (17, 33)])
@pytest.mark.parametrize("seed", [0, 3, 2**63 + 5, 2**64 - 1])
def test_masks_are_the_references_bit_for_bit(rate, samples, size, seed):
    step, layer = 70_000, 4
    x = np.random.default_rng(1).normal(size=(samples, size)).astype(np.float32)
    words = partial(randomness.words, seed, Purpose.DROPOUT, step, layer)
    wanted, _ = Dropout(rate).forward({}, {}, x, Context(training=True, words=words))
    keep, y = np.full(samples * size + 8, 9, np.uint8), np.zeros_like(x)
    signed = int(np.uint64(seed).astype(np.int64))
    call("dropout.mask", keep, size, signed, layer, round(rate * 65536), hi=UNITS, samples=samples, step=step)
    call("dropout.apply", x, y, keep, size, 1 / (1 - rate), hi=samples, samples=samples)
    np.testing.assert_array_equal(y, wanted)
    assert (keep[samples * size :] == 9).all()


def test_parts_of_a_mask_make_the_whole():
    whole, parts = np.zeros(1008, np.uint8), np.zeros(1008, np.uint8)
    fields = (100, 3, 1, 30000)
    call("dropout.mask", whole, *fields, hi=UNITS, samples=10, step=5)
    for lo, hi in ((0, 21), (21, 42), (42, 64)):
        call("dropout.mask", parts, *fields, lo=lo, hi=hi, samples=10, step=5)
    np.testing.assert_array_equal(parts, whole)
