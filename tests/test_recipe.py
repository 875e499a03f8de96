from __future__ import annotations

import json
from typing import Any

import pytest

from glassnet.augmentation import AUGMENTATIONS
from glassnet.errors import ParameterError
from glassnet.losses import LOSSES, CategoricalCrossentropy, MeanSquaredError
from glassnet.optimizers import OPTIMIZERS, SCHEDULES, SGD, Adam, Cosine, OneCycle
from glassnet.recipe import Recipe

FULL = Recipe(
    CategoricalCrossentropy(from_sums=True),
    SGD(0.5, momentum=0.9, nesterov=True, schedule=OneCycle(end=10.0), clip_norm=1.0),
    epochs=3,
    batch_size=7,
    shuffle=False,
    validation=0.25,
    patience=2,
    seed=2**64 - 1,
    augmentation=AUGMENTATIONS["pictures"],
    precision="bf16",
)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(MeanSquaredError("sum")),
        FULL,
        *(Recipe(loss()) for loss in LOSSES.values()),
        *(Recipe(MeanSquaredError(), optimizer()) for optimizer in OPTIMIZERS.values()),
        *(Recipe(MeanSquaredError(), Adam(schedule=schedule())) for schedule in SCHEDULES.values()),
    ],
)
def test_settings_travel_as_json(recipe):
    assert Recipe.from_config(json.loads(json.dumps(recipe.to_config()))) == recipe


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"loss": "mse"}, "Recipe: loss must be such as MeanSquaredError(). Got 'mse'."),
        ({"loss": MeanSquaredError}, "Recipe: loss must be such as MeanSquaredError(). Got <class"),
        ({"optimizer": "adam"}, "Recipe: optimizer must be such as Adam(0.001). Got 'adam'."),
        ({"augmentation": "digits"}, "Recipe: augmentation must be such as Augmentation((Shift(0.1),)). Got 'digits'."),
        ({"epochs": 0}, "Recipe: epochs must be a whole number, 1 or more. Got 0."),
        ({"epochs": -1}, "Recipe: epochs must be a whole number, 1 or more. Got -1."),
        ({"epochs": 1e18}, "Recipe: epochs must be a whole number"),
        ({"epochs": 10**18}, "Recipe: epochs must be a whole number, 1 to 1000000000. Got 1000000000000000000."),
        ({"batch_size": 0}, "Recipe: batch_size must be a whole number, 1 or more. Got 0."),
        ({"batch_size": 2.5}, "Recipe: batch_size must be a whole number, 1 or more. Got 2.5."),
        ({"validation": 1}, "Recipe: validation must be a number in [0, 1). Got 1."),
        ({"precision": "float16"}, "Recipe: precision must be one of float32, bf16. Got 'float16'."),
        ({"patience": 0}, "Recipe: patience must be a whole number, 1 or more. Got 0."),
        ({"seed": -1}, "Recipe: seed must be a whole number, 0 or more. Got -1."),
        ({"seed": 2**64}, "Recipe: seed must be a whole number, 0 to 18446744073709551615."),
    ],
)
def test_settings_out_of_range_are_told(settings, message):
    with pytest.raises(ParameterError) as caught:
        Recipe(**{"loss": MeanSquaredError(), **settings})
    assert message in str(caught.value)


def test_an_older_receipt_tells_of_float32():
    config = {name: value for name, value in FULL.to_config().items() if name != "precision"}
    assert Recipe.from_config(config).precision == "float32"


def test_a_schedule_is_checked_too():
    word: Any = "cosine"
    with pytest.raises(ParameterError, match=r"^Adam: schedule must be such as Cosine\(\)\. Got 'cosine'\."):
        Adam(schedule=word)
    assert Adam(schedule=Cosine()).rate(5, 10) == pytest.approx(0.0005)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"loss": {"class": "MeanSquareError"}}, "Unknown class 'MeanSquareError'. Did you mean 'MeanSquaredError'?"),
        ({"loss": {"class": "SGD"}}, "Recipe: loss must be such as MeanSquaredError(). Got SGD("),
        ({"optimizer": {"class": "Cosine"}}, "Recipe: optimizer must be such as Adam(0.001). Got Cosine()."),
        ({"hook": 1}, "Recipe has no parameter 'hook'."),
    ],
)
def test_row_02_configurations_that_are_none(change, message):
    with pytest.raises(ParameterError) as caught:
        Recipe.from_config({**FULL.to_config(), **change})
    assert message in str(caught.value)
