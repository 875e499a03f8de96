from __future__ import annotations

import numpy as np
import pytest

from glassnet.data.batches import Batches

SIZE, BATCH, PER_EPOCH = 11, 4, 3


def batches(shuffle=True, seed=1):
    return Batches(SIZE, BATCH, shuffle=shuffle, seed=seed)


def epoch(of, number):
    return of.span(number * PER_EPOCH, PER_EPOCH)[0].tolist()


def test_without_shuffling_it_is_file_order():
    rows, cuts = batches(shuffle=False).span(0, 6)
    assert rows.tolist() == list(range(11)) * 2
    assert cuts.tolist() == [0, 4, 8, 11, 15, 19, 22]


@pytest.mark.parametrize("shuffle", [True, False])
def test_every_epoch_visits_each_sample_once(shuffle):
    for number in range(20):
        assert sorted(epoch(batches(shuffle), number)) == list(range(11))


def test_every_epoch_and_every_seed_has_an_order_of_its_own():
    assert len({tuple(epoch(batches(), number)) for number in range(20)}) == 20
    assert epoch(batches(), 0) != epoch(batches(seed=2), 0)
    assert epoch(batches(), 0) == epoch(batches(), 0)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 12])
def test_spans_of_any_length_go_through_the_same_batches(count):
    whole, cuts = batches().span(0, 12)
    expected = np.split(whole, cuts[1:-1])
    one = batches()
    for step in range(0, 12 - count + 1):
        rows, cuts = one.span(step, count)
        assert cuts[-1] == len(rows)
        for own, other in zip(np.split(rows, cuts[1:-1]), expected[step : step + count], strict=True):
            np.testing.assert_array_equal(own, other)


def test_a_batch_larger_than_the_data_is_all_of_it():
    rows, cuts = Batches(3, 100, shuffle=False, seed=0).span(0, 2)
    assert rows.tolist() == [0, 1, 2, 0, 1, 2]
    assert cuts.tolist() == [0, 3, 6]


def test_one_sample():
    assert Batches(1, 1, shuffle=True, seed=0).span(5, 2)[0].tolist() == [0, 0]
