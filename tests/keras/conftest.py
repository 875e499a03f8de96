"""What every test of the Keras face may rely on: no test sees the seeds, notes and names of another."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.keras import notes, seeds
from glassnet.keras.layers.layer import forget_names


@pytest.fixture(autouse=True)
def afresh():
    """Seeded, nothing noted yet, layers numbered from the beginning; NumPy's generator afterwards as before."""
    state, given, said = np.random.get_state(), list(seeds._given), dict(notes._notes)  # noqa: NPY002
    seeds.set_random_seed(1)
    notes._notes.clear()
    forget_names()
    yield
    np.random.set_state(state)  # noqa: NPY002
    seeds._given[:] = given
    notes._notes.clear()
    notes._notes.update(said)
