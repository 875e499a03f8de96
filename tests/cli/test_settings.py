from dataclasses import fields

import pytest

from glassnet.augmentation import AUGMENTATIONS
from glassnet.cli.settings import Settings
from glassnet.data import load_data
from glassnet.errors import ParameterError
from glassnet.layers import Activation, Dense, Dropout
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from glassnet.optimizers import SGD, Adam, AdamW, Constant, Cosine, OneCycle, RMSprop
from glassnet.presets import preset

NOTHING = {field.name: None for field in fields(Settings)}


def settings(**asked):
    return Settings(**{**NOTHING, "seed": 0, **asked})


@pytest.fixture(scope="module")
def blobs():
    return load_data("blobs", 0).train


def test_nothing_asked_is_the_preset(blobs):
    for data in (blobs, load_data("xor", 0).train, load_data("people", 0).train):
        expected = preset(data.name if data.name != "blobs" else "mlp", data)
        assert settings().choose(data) == (expected.layers, expected.recipe)


def test_each_option_changes_one_thing(blobs):
    layers, recipe = settings(
        epochs=3, batch_size=5, validation=0.25, patience=2, shuffle=False, learning_rate=0.5, precision="bf16", seed=9
    ).choose(blobs)
    assert layers == preset("mlp", blobs).layers
    assert (recipe.epochs, recipe.batch_size, recipe.validation, recipe.patience) == (3, 5, 0.25, 2)
    assert (recipe.shuffle, recipe.precision, recipe.seed) == (False, "bf16", 9)
    assert recipe.optimizer == Adam(0.5, schedule=Cosine())


def test_another_optimizer_brings_its_own_rate_and_keeps_the_schedule(blobs):
    assert settings(optimizer="sgd").choose(blobs)[1].optimizer == SGD(schedule=Cosine())
    assert settings(optimizer="adamw", weight_decay=0.1).choose(blobs)[1].optimizer == AdamW(
        weight_decay=0.1, schedule=Cosine()
    )
    assert settings(optimizer="rmsprop", schedule="constant", clip_norm=2.0).choose(blobs)[1].optimizer == RMSprop(
        clip_norm=2.0, schedule=Constant()
    )
    assert settings(schedule="onecycle").choose(blobs)[1].optimizer == Adam(0.01, schedule=OneCycle())


def test_augmentation_of_a_kind_or_none(blobs):
    assert settings(augment="digits").choose(blobs)[1].augmentation == AUGMENTATIONS["digits"]
    assert settings(augment="none").choose(blobs)[1].augmentation is None
    with pytest.raises(
        ParameterError, match=r"--augment must be one of digits, pictures, none\. Got 'digit'\. Did you mean"
    ):
        settings(augment="digit").check()


def test_patience_holds_samples_out_to_go_by(blobs):
    assert settings(patience=3).choose(blobs)[1].validation == 0.1
    assert settings(patience=3, validation=0.3).choose(blobs)[1].validation == 0.3
    digits = settings(patience=3).choose(load_data("digits", 0).train)[1]
    assert digits.validation == 0.1


def test_own_layers_get_the_end_and_the_loss_that_the_data_want(blobs):
    layers, recipe = settings(net="dense4 tanh dropout0.5 dense3").choose(blobs)
    assert layers == [Dense(4), Activation("tanh"), Dropout(0.5), Dense(3), Activation("softmax")]
    assert recipe.loss == CategoricalCrossentropy()
    assert settings(net="dense1").choose(load_data("xor", 0).train)[1].loss == BinaryCrossentropy()
    layers, recipe = settings(net="dense1 tanh").choose(load_data("people", 0).train)
    assert (layers[-1], recipe.loss) == (Activation("tanh"), MeanSquaredError())
    assert recipe.epochs == preset("people", load_data("people", 0).train).recipe.epochs


def test_a_preset_by_name(blobs):
    assert settings(net="perceptron").choose(blobs)[0] == preset("perceptron", blobs).layers


def test_one_odd_word_is_taken_for_a_preset_and_several_for_layers():
    with pytest.raises(ParameterError, match=r"the word 'mpl'.* Did you mean 'mlp'\? Presets are perceptron, mlp"):
        settings(net="mpl").check()
    with pytest.raises(ParameterError, match="'dense4x'") as failed:
        settings(net="dense4x relu").check()
    assert "Presets" not in str(failed.value)
