from __future__ import annotations

import pytest

from tests.parity.random_networks import drawn
from tests.parity.steps import assert_parity


@pytest.mark.parametrize("number", range(50))
def test_every_gradient_of_a_random_network_is_the_references(number):
    task, batches = drawn(number)
    assert_parity(task, batches, steps=50)
