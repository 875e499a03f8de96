"""Article row 1: one neuron with weights [0, 1] and bias 4."""

import math

import numpy as np
import pytest

from glassnet import Activation, Dense, Sequential, TrainedModel, load, predict, save

BY_THE_ARTICLE = 0.9990889488055994


def neuron(*, activation):
    network = Sequential([Dense(1), Activation(activation)], (2,), dtype="float64")
    network.set_weights({"dense_1.W": [[0], [1]], "dense_1.b": [4]})
    return network


def test_the_articles_neuron():
    assert predict(neuron(activation="sigmoid"), [[2, 3]]).item() == pytest.approx(BY_THE_ARTICLE, rel=1e-15)


def test_the_sum_by_hand():
    before_the_activation = Sequential([Dense(1)], (2,), dtype="float64")
    before_the_activation.set_weights(neuron(activation="sigmoid").weights())
    assert predict(before_the_activation, [[2, 3]]).item() == 0 * 2 + 1 * 3 + 4


@pytest.mark.parametrize(
    ("activation", "of_7", "of_minus_5"),
    [("step", 1, 0), ("linear", 7, -5), ("sigmoid", 1 / (1 + math.exp(-7)), 1 / (1 + math.exp(5))), ("relu", 7, 0)],
)
def test_the_named_activations(activation, of_7, of_minus_5):
    outputs = predict(neuron(activation=activation), [[2, 3], [2, -9]])
    np.testing.assert_allclose(outputs[:, 0], [of_7, of_minus_5], rtol=1e-15)


def test_on_the_command_line(command, tmp_path):
    file = tmp_path / "neuron.safetensors"
    save(TrainedModel(neuron(activation="sigmoid")), file)
    assert command("predict", file, "2,3").out == "2,3: 0.999089\n"
    (answer,) = command("predict", file, "2,3", "--json").document["answers"]
    assert answer["outputs"] == [pytest.approx(BY_THE_ARTICLE, rel=1e-15)]
    assert predict(load(file).network, [[2, 3]]).item() == answer["outputs"][0]


def test_explained(command):
    printed = command("explain", "neuron", "--input", "2,3")
    assert "y = sigmoid(2·0 + 3·1 + 4) = sigmoid(7) = 0.9991\n" in printed.out
    document = command("explain", "neuron", "--input", "2,3", "--json").document
    assert document["outputs"] == [pytest.approx(BY_THE_ARTICLE, rel=1e-15)]
    (equation,) = document["forward"]
    assert (equation["function"], equation["total"], equation["value"]) == ("sigmoid", 7, document["outputs"][0])
    assert [term["value"] for term in equation["terms"]] == [2 * 0, 3 * 1, 4]


@pytest.mark.parametrize("activation", ["step", "linear", "sigmoid", "relu"])
def test_each_activation_explained(command, tmp_path, activation):
    file = tmp_path / "neuron.safetensors"
    save(TrainedModel(neuron(activation=activation)), file)
    (equation,) = command("explain", file, "--input", "2,-9", "--json").document["forward"]
    (wanted,) = predict(neuron(activation=activation), [[2, -9]])[0]
    assert (equation["total"], equation["value"]) == (-5, wanted)
