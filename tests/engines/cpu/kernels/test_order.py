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


def test_a_part_of_the_steps_leaves_the_others_alone():
    keys, orders = np.zeros((5, 4), np.int64), np.full((4, 5), 9)
    call("order.orders", keys, orders, np.arange(4), 4, 5, 3, 2, np.zeros((4, 4), np.int64), lo=1, hi=3)
    assert (orders[[0, 3]] == 9).all()
    np.testing.assert_array_equal(orders[1:3], randomness.permutations(3, Purpose.ORDER, np.arange(1, 3), 5))
