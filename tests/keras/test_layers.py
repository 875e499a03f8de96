"""Layers by Keras's arguments, present and old: each has its effect."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet import layers as own
from glassnet.errors import ParameterError, ShapeError
from glassnet.functions import GlorotUniform, HeNormal, Normal, Uniform
from glassnet.keras import activations, layers
from glassnet.keras.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Convolution2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    LeakyReLU,
    MaxPooling2D,
    ReLU,
    Reshape,
    Softmax,
)
from glassnet.keras.models import Sequential
from glassnet.keras.notes import translated
from glassnet.keras.regularizers import l1, l1_l2, l2

RELU = own.Activation("relu")
SIZES = {"filters": 4, "kernel_size": (3, 3)}


@pytest.mark.parametrize(
    ("layer", "described"),
    [
        (lambda: Dense(3), [own.Dense(3)]),
        (lambda: Dense(3, "relu"), [own.Dense(3), RELU]),
        (lambda: Dense(3, activation="linear", use_bias=False), [own.Dense(3, use_bias=False)]),
        (lambda: Dense(3, activation=activations.relu), [own.Dense(3), RELU]),
        (lambda: Dense(3, activation=ReLU()), [own.Dense(3), RELU]),
        (lambda: Dense(output_dim=3, init="uniform"), [own.Dense(3, kernel_initializer=Uniform())]),
        (lambda: Dense(3, init="he_normal", bias=False), [own.Dense(3, False, HeNormal())]),
        (lambda: Dense(3, init="normal"), [own.Dense(3, kernel_initializer=Normal(0.05))]),
        (lambda: Dense(3, init="glorot_uniform"), [own.Dense(3, kernel_initializer=GlorotUniform())]),
        (lambda: Dense(3, W_regularizer=l2(0.1)), [own.Dense(3, kernel_penalty=(0.0, 0.1))]),
        (lambda: Dense(3, kernel_regularizer="l2"), [own.Dense(3, kernel_penalty=(0.0, 0.01))]),
        (
            lambda: Dense(3, kernel_regularizer=l1_l2(0.1, 0.2), bias_regularizer=l1(0.3)),
            [own.Dense(3, kernel_penalty=(0.1, 0.2), bias_penalty=(0.3, 0.0))],
        ),
        (lambda: Activation("softmax"), [own.Activation("softmax")]),
        (lambda: Softmax(), [own.Activation("softmax")]),
        (lambda: LeakyReLU(alpha=0.01), [own.Activation("leaky_relu")]),
        (lambda: Dropout(0.25), [own.Dropout(0.25)]),
        (lambda: Dropout(p=0.25), [own.Dropout(0.25)]),
        (lambda: Flatten(), [own.Flatten()]),
        (lambda: Reshape([4, -1]), [own.Reshape((4, -1))]),
        (lambda: BatchNormalization(), [own.BatchNormalization(0.99, 1e-3)]),
        (lambda: BatchNormalization(momentum=0.9, epsilon=1e-5), [own.BatchNormalization(0.9, 1e-5)]),
        (lambda: Conv2D(4, 3), [own.Conv2D(4, 3)]),
        (lambda: Conv2D(**SIZES, strides=2, padding="SAME"), [own.Conv2D(4, (3, 3), 2, "same")]),
        (lambda: Conv2D(4, [3, 2], activation="relu"), [own.Conv2D(4, (3, 2)), RELU]),
        (lambda: Convolution2D(4, 3, 2), [own.Conv2D(4, (3, 2))]),
        (lambda: Convolution2D(4, (3, 2)), [own.Conv2D(4, (3, 2))]),
        (lambda: Convolution2D(nb_filter=4, nb_row=3, nb_col=2), [own.Conv2D(4, (3, 2))]),
        (
            lambda: Convolution2D(4, 3, 3, border_mode="same", subsample=(2, 2), dim_ordering="tf"),
            [own.Conv2D(4, (3, 3), (2, 2), "same")],
        ),
        (lambda: MaxPooling2D(), [own.MaxPooling2D((2, 2))]),
        (lambda: MaxPooling2D(3, 2, "same"), [own.MaxPooling2D(3, 2, "same")]),
        (lambda: MaxPooling2D(pool_size=(2, 2), border_mode="same"), [own.MaxPooling2D((2, 2), None, "same")]),
        (lambda: AveragePooling2D(2, strides=1), [own.AveragePooling2D(2, 1)]),
    ],
)
def test_what_a_layer_is_made_of(layer, described):
    assert list(layer().described) == described


def test_every_old_argument_is_noted():
    Dense(output_dim=3, init="uniform", W_regularizer=l2(0.1), b_regularizer=l2(0.1), bias=True, input_dim=4)
    Convolution2D(nb_filter=4, nb_row=3, nb_col=2, border_mode="same", subsample=(2, 2), dim_ordering="tf")
    Dropout(p=0.5)
    said = "\n".join(translated())
    for old in (
        "output_dim",
        "init=",
        "'uniform'",
        "W_regularizer",
        "b_regularizer",
        "bias=",
        "input_dim",
        "nb_filter",
        "nb_row",
        "border_mode",
        "subsample",
        "dim_ordering",
        "Convolution2D(filters, rows, columns)",
        "Dropout(p=…)",
    ):
        assert old in said


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (
            lambda: Conv2D(4, 3, data_format="first"),
            "Conv2D: data_format must be one of channels_last, channels_first.",
        ),
        (lambda: Conv2D(4, 3, dilation_rate=2), "Conv2D: dilation_rate=2 is not offered here."),
        (lambda: Dense(3, activation="rellu"), "There is no activation 'rellu' here. Did you mean 'relu'?"),
        (lambda: Dense(3, kernel_initializer="glorot"), "There is no initializer 'glorot' here. Did you mean 'glorot"),
        (lambda: Dense(3, kernel_regularizer=0.1), "A regularizer is such as l2(0.01) or 'l2'. Got 0.1."),
        (lambda: Dense(3, kernel_constraint="max_norm"), "kernel_regularizer keeps them small"),
        (lambda: Dense(3, trainable=False), "Every layer learns here"),
        (lambda: Dense(0), "Dense: units must be a whole number, 1 or more. Got 0."),
        (lambda: Dense(3, input_shape=(None, 3)), "input_shape must be the shape of one sample"),
        (lambda: BatchNormalization(axis=1), "BatchNormalization: axis=1 is not offered here. Channels are the last"),
        (lambda: Dropout(0.5, seed=3), "keras.utils.set_random_seed"),
        (lambda: LeakyReLU(), "write LeakyReLU(0.01)"),
        (lambda: l2(-1), "L2: l2 must be a number in [0, inf). Got -1."),
        (lambda: layers.Input(), "Input needs the shape of one sample."),
    ],
)
def test_what_there_is_not_is_told(layer, said):
    with pytest.raises(ParameterError) as caught:
        layer()
    assert said in str(caught.value)


def test_global_pooling_takes_the_whole_picture():
    x = np.arange(24.0).reshape(1, 3, 4, 2)
    assert Sequential([GlobalAveragePooling2D(input_shape=(3, 4, 2))]).predict(x).tolist() == [[11, 12]]
    assert Sequential([GlobalMaxPooling2D(input_shape=(3, 4, 2))]).predict(x).tolist() == [[22, 23]]


def test_a_layer_alone_answers_numbers():
    np.testing.assert_allclose(Softmax()([[0.0, 0.0]]).numpy(), [[0.5, 0.5]])
    assert Flatten()(np.zeros((2, 3, 4))).shape == (2, 12)


def test_settings_are_read_off_a_layer():
    layer = Conv2D(4, 3, activation="relu", name="first")
    assert (layer.name, layer.filters, layer.kernel_size, layer.function) == ("first", 4, 3, "relu")
    assert repr(layer) == "<Conv2D name=first>"
    with pytest.raises(AttributeError, match="Conv2D has no attribute 'units'"):
        _ = layer.units


def test_names_are_numbered_from_the_second_on():
    assert [Dense(1).name for _ in range(3)] == ["dense", "dense_1", "dense_2"]
    assert (MaxPooling2D().name, BatchNormalization().name) == ("max_pooling2d", "batch_normalization")
    from glassnet.keras import backend

    backend.clear_session()
    assert Dense(1).name == "dense"


def test_weights_of_a_layer():
    layer = BatchNormalization(input_shape=(2,))
    with pytest.raises(ParameterError, match="has no weights before it is built"):
        layer.set_weights([])
    model = Sequential([layer])
    assert model.count_params() == 8
    arrays = [np.array([k, k + 1.0]) for k in range(4)]  # gamma, beta, moving mean, moving variance
    layer.set_weights(arrays)
    assert [array.tolist() for array in layer.get_weights()] == [[0, 1], [1, 2], [2, 3], [3, 4]]
    # (x − mean)/√(variance + 0.001)·gamma + beta: gamma 0 leaves 1; (1 − 3)/√4.001 + 2
    np.testing.assert_allclose(model.predict([[1, 1]]), [[1, 2 - 2 / np.sqrt(4.001)]], rtol=1e-6)
    layer.get_weights()[0][:] = 7  # copies
    assert layer.get_weights()[0].tolist() == [0, 1]
    with pytest.raises(ShapeError, match=r"batch_normalization.gamma has shape \(2,\), got \(3,\)"):
        layer.set_weights([np.zeros(3), *arrays[1:]])
    with pytest.raises(ShapeError, match="has 4 arrays of weights, got 1"):
        layer.set_weights(arrays[:1])
