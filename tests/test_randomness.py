from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from glassnet.randomness import FEW, Purpose, ascending, permutations, philox, uniform, words

# The philox4x32-10 lines of Random123's file of known answers: counter, key, words.
PUBLISHED = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), PUBLISHED)
def test_published_vectors(counter, key, expected):
    c0, c1, c2, c3 = (np.array([word], np.uint64) for word in counter)
    assert tuple(int(word[0]) for word in philox((c0, c1, c2, c3), key)) == expected


def test_an_address_is_the_counter_and_the_key():
    """The words of one block at (seed, purpose, step, layer) are Philox at counter (0, purpose, step, layer)."""
    seed = 0x0123456789ABCDEF
    counter = [np.array([word], np.uint64) for word in (0, Purpose.DROPOUT, 17, 3)]
    expected = philox((counter[0], counter[1], counter[2], counter[3]), (0x89ABCDEF, 0x01234567))
    assert words(seed, Purpose.DROPOUT, 17, 3, 4).tolist() == [int(word[0]) for word in expected]


def test_layout_is_word_major():
    """Ten words need three blocks: block b fills b, b + 3, b + 6, b + 9."""
    drawn = words(5, Purpose.DATA, 2, 1, 10)
    for block in range(3):
        counter = [np.array([word], np.uint64) for word in (block, Purpose.DATA, 2, 1)]
        expected = [int(word[0]) for word in philox((counter[0], counter[1], counter[2], counter[3]), (5, 0))]
        own = drawn[block::3].tolist()
        assert own == expected[: len(own)]


def test_type_and_shape():
    assert words(0, Purpose.DATA, 0, 0, 5).dtype == np.uint32
    assert [words(0, Purpose.DATA, 0, 0, count).shape for count in (0, 1, 4, 5)] == [(0,), (1,), (4,), (5,)]
    assert words(0, Purpose.DATA, np.arange(3), 0, 5).shape == (3, 5)


def test_every_part_of_the_address_matters():
    addresses = [
        (1, Purpose.WEIGHTS, 1, 1),
        (2, Purpose.WEIGHTS, 1, 1),
        (1 + 2**32, Purpose.WEIGHTS, 1, 1),
        *((1, purpose, 1, 1) for purpose in Purpose if purpose != Purpose.WEIGHTS),
        (1, Purpose.WEIGHTS, 2, 1),
        (1, Purpose.WEIGHTS, 1, 2),
    ]
    drawn = [words(*address, 64) for address in addresses]
    for one, other in combinations(drawn, 2):
        assert (one != other).all()


def test_many_steps_at_once_are_the_steps_one_by_one():
    steps = np.array([0, 7, 3, 2**32 - 1])
    drawn = words(9, Purpose.ORDER, steps, 4, 11)
    for row, step in zip(drawn, steps, strict=True):
        np.testing.assert_array_equal(row, words(9, Purpose.ORDER, int(step), 4, 11))


@pytest.mark.parametrize("seed", [0, 2**32 - 1, 2**32, 2**64 - 1])
def test_any_seed_of_64_bits(seed):
    assert len(set(words(seed, Purpose.DATA, 0, 0, 100).tolist())) == 100


def test_words_are_spread_evenly():
    """Of 2¹⁶ words each bit is set in half; allow five deviations, 5·√(2¹⁶)/2."""
    drawn = words(1, Purpose.DATA, 0, 0, 2**16)
    set_bits = ((drawn[:, None] >> np.arange(32, dtype=np.uint32)) & 1).sum(0, dtype=np.int64)
    assert (np.abs(set_bits - 2**15) < 5 * 128).all()


def test_uniform_is_strictly_inside():
    ends = uniform(np.array([0, 2**31, 2**32 - 1], np.uint32))
    assert ends.tolist() == [2.0**-33, 0.5 + 2.0**-33, 1 - 2.0**-33]
    assert ends.dtype == np.float64


def test_permutations_are_permutations():
    steps = np.arange(50)
    orders = permutations(3, Purpose.ORDER, steps, 20)
    assert orders.shape == (50, 20)
    np.testing.assert_array_equal(np.sort(orders, axis=1), np.tile(np.arange(20), (50, 1)))
    assert len({tuple(order) for order in orders.tolist()}) == 50
    np.testing.assert_array_equal(permutations(3, Purpose.ORDER, steps[7:8], 20)[0], orders[7])


def test_permutations_are_fair():
    """Each of the six orders of three comes in a sixth of 6000 draws; allow five deviations, 5·√(6000·⅙·⅚)."""
    orders = permutations(4, Purpose.ORDER, np.arange(6000), 3)
    _, counts = np.unique(orders, axis=0, return_counts=True)
    assert len(counts) == 6
    assert (np.abs(counts - 1000) < 5 * 28.9).all()


def test_the_numbers_of_purposes_never_change():
    assert {purpose.name: int(purpose) for purpose in Purpose} == {
        "WEIGHTS": 1,
        "ORDER": 2,
        "DROPOUT": 3,
        "SPLIT": 4,
        "DATA": 5,
        "AUGMENTATION": 6,
        "DIAGNOSIS": 7,
        "SUBSET": 8,
        "BOOTSTRAP": 9,
    }


@pytest.mark.parametrize("size", [FEW, FEW + 1, 500])
def test_equal_keys_stay_in_their_order(size):
    keys = np.random.default_rng(0).integers(0, 7, (3, size)).astype(np.uint64)
    wanted = [sorted(range(size), key=lambda k: (row[k], k)) for row in keys.tolist()]
    assert ascending(keys).tolist() == wanted
