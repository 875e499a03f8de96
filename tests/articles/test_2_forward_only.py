"""Article row 2: a network of neurons, forward only."""

import math

import pytest

from glassnet import Activation, Dense, Sequential, TrainedModel, predict, save

ALL_ALIKE = {
    "dense_1.W": [[0, 0], [1, 1]],  # a column for each of h1 and h2
    "dense_1.b": [0, 0],
    "dense_2.W": [[0], [1]],
    "dense_2.b": [0],
}


def network():
    layers = [Dense(2), Activation("sigmoid"), Dense(1), Activation("sigmoid")]
    two_two_one = Sequential(layers, (2,), dtype="float64")
    two_two_one.set_weights(ALL_ALIKE)
    return two_two_one


def test_hidden_neurons_and_output():
    whole = network()
    assert predict(whole, [[2, 3]], depth=2)[0].round(4).tolist() == [0.9526, 0.9526]
    assert predict(whole, [[2, 3]]).item() == pytest.approx(0.7216325609518421, rel=1e-15)


def test_on_the_command_line(command, tmp_path):
    file = tmp_path / "network.safetensors"
    save(TrainedModel(network()), file)
    (answer,) = command("predict", file, "2,3", "--json").document["answers"]
    assert answer["outputs"] == [pytest.approx(0.7216325609518421, rel=1e-15)]


def test_explained(command):
    document = command("explain", "network", "--input", "2,3", "--json").document
    assert document["outputs"] == [pytest.approx(0.7216325609518421, rel=1e-15)]
    h1, h2, o1 = document["forward"]
    assert (h1["name"], h2["name"], o1["name"]) == ("h1", "h2", "y")
    assert [round(one["value"], 4) for one in (h1, h2)] == [0.9526, 0.9526]
    assert [term["value"] for term in o1["terms"]] == [0, h2["value"], 0]  # 0·h1 + 1·h2 + 0
    assert (
        "y = sigmoid(0.9526·0 + 0.9526·1 + 0) = sigmoid(0.9526) = 0.7216\n"
        in command("explain", "network", "--input", "2,3").out
    )


@pytest.mark.parametrize("widths", [(1,), (3, 1), (2, 7, 4), (1,) * 30, (50, 2, 50)])
def test_any_number_of_layers_with_any_number_of_neurons(widths):
    layers = [layer for units in widths for layer in (Dense(units), Activation("sigmoid"))]
    deep = Sequential(layers, (2,), dtype="float64", seed=4)
    signals = [2.0, 3.0]
    for number in range(1, len(widths) + 1):  # neuron by neuron, as the article does
        columns = deep.weights()[f"dense_{number}.W"].T.tolist()
        biases = deep.weights()[f"dense_{number}.b"].tolist()
        signals = [
            1 / (1 + math.exp(-(sum(w * x for w, x in zip(weights, signals, strict=True)) + bias)))
            for weights, bias in zip(columns, biases, strict=True)
        ]
    assert predict(deep, [[2, 3]])[0].tolist() == pytest.approx(signals, rel=1e-12)
