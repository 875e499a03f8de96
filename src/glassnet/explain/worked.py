"""The networks that the articles work through by hand, with the weights that they write down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense, Layer
from glassnet.losses import BinaryCrossentropy, Loss, MeanSquaredError
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.recipe import Recipe


def neuron() -> TrainedModel:
    """One neuron with the weights 0 and 1, the bias 4 and a sigmoid."""
    return _model([Dense(1)], {"dense_1.W": [[0], [1]], "dense_1.b": [4]})


def network() -> TrainedModel:
    """h1, h2 and o1, each with the weights 0 and 1, the bias 0 and a sigmoid."""
    return _model([Dense(2), Dense(1)], {"dense_1.W": [[0, 0], [1, 1]], "dense_2.W": [[0], [1]]})


def people() -> TrainedModel:
    """Who it is from weight and height, less 135 pounds and 66 inches: all weights 1, all biases 0."""
    return _model([Dense(2), Dense(1)], {"dense_1.W": [[1, 1], [1, 1]], "dense_2.W": [[1], [1]]})


def first_input() -> TrainedModel:
    """The neuron that finds out that the answer is its first input, as the often printed run begins.

    The article moves a weight by error × input × slope. The slope of a squared error is twice that, hence the rate ½.
    """
    weights = [[-0.16595599], [0.44064899], [-0.99977125]]
    return _model([Dense(1, use_bias=False)], {"dense_1.W": weights}, loss=MeanSquaredError("sum"), rate=0.5)


def xor() -> TrainedModel:
    """The trained example of the article on XOR."""
    weights = {
        "dense_1.W": [[2.8668058, -2.904025], [-2.871452, 2.9036295]],
        "dense_1.b": [-0.00128211, -0.00191825],
        "dense_2.W": [[3.9633768], [3.9168582]],
        "dense_2.b": [-4.897212],
    }
    return _model([Dense(2), Dense(1)], weights, hidden="relu", loss=BinaryCrossentropy())


WORKED: dict[str, Callable[[], TrainedModel]] = {
    "neuron": neuron,
    "network": network,
    "people": people,
    "first-input": first_input,
    "xor": xor,
}


def _model(
    layers: list[Layer],
    weights: dict[str, Any],
    *,
    hidden: str = "sigmoid",
    loss: Loss = MeanSquaredError(),
    rate: float = 0.1,
) -> TrainedModel:
    """The layers with their activations, a sigmoid at the end; weights that are not named are 0."""
    active = [one for layer in layers for one in (layer, Activation(hidden))]
    inputs = len(weights["dense_1.W"])
    made = Sequential([*active[:-1], Activation("sigmoid")], (inputs,), dtype="float64", seed=None)
    made.set_weights(weights)
    return TrainedModel(made, receipt={"settings": {"recipe": Recipe(loss, SGD(rate)).to_config()}})
