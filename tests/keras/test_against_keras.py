"""What Keras answered to the same scenes; keras_answers.json says which Keras, make.py how."""

from __future__ import annotations

import json

import numpy as np
import pytest

from glassnet import keras
from tests.keras.make import ANSWERS
from tests.keras.scenes import SCENES

KERAS = json.loads(ANSWERS.read_text(encoding="utf-8"))


def assert_same(ours, theirs, place):
    """Numbers to float32's digits, everything else exactly; of a history the names may come in another order."""
    if isinstance(theirs, dict):
        assert set(ours) == set(theirs), place
        for name in theirs:
            assert_same(ours[name], theirs[name], f"{place} {name}")
    elif isinstance(theirs, list) and theirs and isinstance(theirs[0], list):
        for k, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_same(one, other, f"{place}[{k}]")
    elif isinstance(theirs, float) or (isinstance(theirs, list) and isinstance(theirs[0], float)):
        np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-6, err_msg=place)
    else:
        assert ours == theirs, place


@pytest.mark.parametrize("name", SCENES)
def test_the_same_figures(name):
    assert KERAS["source"].startswith("Keras 3.15.1")
    assert_same(SCENES[name](keras), KERAS[name], name)


def test_decay_of_the_first_years_is_the_same_formula():
    from tests.keras.scenes import LABELS, X, lists, small

    model = small(keras)
    model.compile(keras.optimizers.SGD(lr=0.5, decay=0.3), "sparse_categorical_crossentropy")
    model.fit(X, LABELS, batch_size=8, nb_epoch=5, shuffle=False, verbose=0)
    assert_same(lists(model.get_weights()), KERAS["five_steps"]["InverseTimeDecay"]["weights"], "decay")
