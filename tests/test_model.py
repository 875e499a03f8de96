from __future__ import annotations

import json
import struct
from hashlib import sha256

import numpy as np
import pytest

from glassnet.engines.reference import no_words
from glassnet.functions import Normal, Uniform
from glassnet.layers import (
    Activation,
    BatchNormalization,
    Context,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
)
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential, Vectors, head_and_loss

XOR = [Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")]
PICTURES = [
    Conv2D(4),
    BatchNormalization(),
    Activation("relu"),
    MaxPooling2D(),
    Conv2D(8, kernel_initializer=Normal(0.1)),
    Flatten(),
    Dropout(0.5),
    Dense(10, bias_initializer=Uniform(-1.0, 1.0)),
    Activation("softmax"),
]


def test_the_summary_of_the_xor_network():
    assert Sequential(XOR, (2,)).summary().splitlines() == [
        "Layer                  Output shape   Parameters",
        "────────────────────────────────────────────────",
        "input                  (2,)                     ",
        "dense_1                (2,)                    6",  # 2·2 + 2
        "activation_1 relu      (2,)                    0",
        "dense_2                (1,)                    3",  # 2·1 + 1
        "activation_2 sigmoid   (1,)                    0",
        "────────────────────────────────────────────────",
        "9 parameters",
    ]


def test_the_summary_counts_parameters_and_state():
    # 3·3·1·4 + 4, 2·4, 3·3·4·8 + 8, 11·11·8·10 + 10; mean and variance of 4 channels
    network = Sequential(PICTURES, (28, 28, 1))
    lines = network.summary().splitlines()
    counts = {line.split()[0]: line.split()[-1] for line in lines}
    assert [counts[name] for name in ("conv2d_1", "conv2d_2", "dense_1")] == ["40", "296", "9,690"]
    assert lines[-1] == "10,034 parameters, 8 numbers of state"


def test_names_and_shapes():
    network = Sequential(PICTURES, (28, 28, 1))
    assert network.names == (
        "conv2d_1",
        "batch_normalization_1",
        "activation_1",
        "max_pooling2d_1",
        "conv2d_2",
        "flatten_1",
        "dropout_1",
        "dense_1",
        "activation_2",
    )
    assert network.shapes[3:6] == [(13, 13, 4), (11, 11, 8), (968,)]
    assert network.output_shape == (10,)
    weights = list(network.weights())
    assert weights[:3] == ["conv2d_1.W", "conv2d_1.b", "batch_normalization_1.gamma"]
    assert weights[-2:] == ["dense_1.W", "dense_1.b"]
    assert list(network.state()) == ["batch_normalization_1.mean", "batch_normalization_1.variance"]


def test_configuration_travels_as_json():
    network = Sequential(PICTURES, (28, 28, 1), dtype="float64", seed=4)
    again = Sequential.from_config(json.loads(json.dumps(network.to_config())), seed=4)
    assert again.layers == network.layers
    assert again.dtype == np.float64
    np.testing.assert_array_equal(again.vectors.weights, network.vectors.weights)


def test_first_weights():
    one, other = Sequential(PICTURES, (28, 28, 1)), Sequential(PICTURES, (28, 28, 1), seed=1)
    np.testing.assert_array_equal(one.vectors.weights, Sequential(PICTURES, (28, 28, 1)).vectors.weights)
    weights = one.weights()
    assert not weights["conv2d_1.b"].any()
    assert (weights["batch_normalization_1.gamma"] == 1).all()
    assert not weights["batch_normalization_1.beta"].any()
    assert (one.state()["batch_normalization_1.variance"] == 1).all()
    for name in ("conv2d_1.W", "conv2d_2.W", "dense_1.W", "dense_1.b"):
        assert (weights[name] != other.weights()[name]).all()
    assert not Sequential(XOR, (2,), seed=None).vectors.weights.any()


def test_every_parameter_has_words_of_its_own():
    uniform = Uniform(0.0, 1.0)
    layers = [Dense(4, kernel_initializer=uniform, bias_initializer=uniform)] * 2
    network = Sequential(layers, (4,))
    first, second = network.weight_layout.views(network.vectors.weights)
    drawn = [first["W"].ravel()[:4], first["b"], second["W"].ravel()[:4], second["b"]]
    assert len({tuple(numbers) for numbers in drawn}) == 4


def test_float32_rounds_the_numbers_of_float64():
    one, other = Sequential(XOR, (2,)), Sequential(XOR, (2,), dtype="float64")
    np.testing.assert_array_equal(one.vectors.weights, other.vectors.weights.astype(np.float32))


def test_vectors_are_flat_and_aligned():
    vectors = Sequential(PICTURES, (28, 28, 1)).vectors
    copy = vectors.copy()
    for vector in (vectors.weights, vectors.state, copy.weights, copy.state):
        assert vector.dtype == np.float32
        assert vector.ctypes.data % 64 == 0
    assert not np.shares_memory(copy.weights, vectors.weights)
    np.testing.assert_array_equal(copy.weights, vectors.weights)


def test_decay_applies_to_kernels_alone():
    network = Sequential(PICTURES, (28, 28, 1))
    decays = network.weight_layout.named(network.decays())
    assert {name for name, part in decays.items() if (part == 1).all()} == {"conv2d_1.W", "conv2d_2.W", "dense_1.W"}
    assert all((part == 0).all() for name, part in decays.items() if not name.endswith(".W"))


def test_weights_by_hand():
    network = Sequential([Dense(1)], (2,))
    before = network.vectors
    network.set_weights({"dense_1.W": [[1], [2]]})
    assert network.weights()["dense_1.W"].tolist() == [[1], [2]]
    assert network.weights()["dense_1.b"].tolist() == [0]
    assert network.vectors is not before  # whoever predicts meanwhile keeps the numbers of one moment
    assert network.vectors.weights.dtype == np.float32


@pytest.mark.parametrize(
    ("last", "loss", "walked"),
    [
        ("softmax", CategoricalCrossentropy(), CategoricalCrossentropy(from_sums=True)),
        ("sigmoid", BinaryCrossentropy(), BinaryCrossentropy(from_sums=True)),
        ("relu", Perceptron(), Perceptron()),
    ],
)
def test_a_loss_takes_over_its_own_last_activation(last, loss, walked):
    assert head_and_loss(Sequential([Dense(3), Activation(last)], (2,)), loss) == (1, walked)


@pytest.mark.parametrize(
    ("last", "loss"),
    [
        ("sigmoid", CategoricalCrossentropy()),
        ("softmax", BinaryCrossentropy()),
        ("softmax", MeanSquaredError()),
        ("sigmoid", Perceptron()),
    ],
)
def test_other_pairs_are_walked_whole(last, loss):
    assert head_and_loss(Sequential([Dense(3), Activation(last)], (2,)), loss) == (2, loss)


@pytest.mark.parametrize(
    ("last", "loss", "t"),
    [
        ("softmax", CategoricalCrossentropy(), np.array([2, 0])),
        ("sigmoid", BinaryCrossentropy(), np.array([[1.0, 0, 1], [0, 0, 1]])),
    ],
)
def test_the_gradient_of_sums_is_that_through_probabilities(last, loss, t):
    activation = Activation(last)
    sums = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]])
    y, saved = activation.forward({}, {}, sums, Context(training=True, words=no_words))
    value, dy = loss(y, t)
    dz, _ = activation.backward({}, saved, dy, True)
    _, walked = head_and_loss(Sequential([Dense(3), activation], (2,)), loss)
    value_of_sums, dz_of_sums = walked(sums, t)
    assert value_of_sums == pytest.approx(value, rel=1e-14)
    assert dz is not None
    np.testing.assert_allclose(dz_of_sums, dz, rtol=1e-12)


def test_the_fingerprint_is_of_every_bit():
    vectors = Vectors(np.array([1.0, 0.0]), np.array([2.0]))
    assert vectors.fingerprint == vectors.copy().fingerprint
    assert vectors.fingerprint == f"sha256:{sha256(struct.pack('<3d', 1, 0, 2)).hexdigest()}"
    for other in (Vectors(np.array([1.0, -0.0]), vectors.state), Vectors(vectors.weights, np.array([3.0]))):
        assert other.fingerprint != vectors.fingerprint
