from __future__ import annotations

import numpy as np
import pytest

from glassnet import randomness
from glassnet.engines.cpu.engine import Cpu
from glassnet.randomness import FEW, Purpose
from tests.engines.cpu.calling import call


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, FEW - 1, FEW, FEW + 1, 1001])
@pytest.mark.parametrize("seed", [0, 2**63 + 5, 2**64 - 1])
def test_orders_are_those_of_the_generator(size, seed):
    steps = np.array([0, 1, 70_000, 2**32 - 1])
    wanted = randomness.permutations(seed, Purpose.ORDER, steps, size)
    np.testing.assert_array_equal(Cpu(1).permutations(seed, Purpose.ORDER, steps, size), wanted)


def test_orders_of_several_seeds_lie_side_by_side():
    seeds, steps = [3, 2**64 - 1, 0], np.array([5, 0, 9])
    for size in (4, FEW + 1):
        together = Cpu(1).permutations_side_by_side(seeds, Purpose.ORDER, steps, size)
        for k, seed in enumerate(seeds):
            wanted = randomness.permutations(seed, Purpose.ORDER, steps, size)
            np.testing.assert_array_equal(together[:, :, k], wanted)


def test_a_part_of_the_seeds_leaves_the_others_alone():
    keys, orders, room = np.zeros((5, 4), np.int64), np.full((4, 5, 4), 9), np.zeros((4, 4), np.int64)
    call("order.orders", keys, orders, np.array([1, 2, 3, 4]), 4, np.arange(4), 4, 5, 2, room, lo=1, hi=3)
    assert (orders[:, :, [0, 3]] == 9).all()
    for k, seed in ((1, 2), (2, 3)):
        np.testing.assert_array_equal(orders[:, :, k], randomness.permutations(seed, Purpose.ORDER, np.arange(4), 5))
