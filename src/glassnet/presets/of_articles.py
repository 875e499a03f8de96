"""The networks that the articles work through, each for the set of its name."""

from __future__ import annotations

from glassnet.data import Dataset
from glassnet.functions import Normal, Uniform
from glassnet.layers import Activation, Dense, Layer
from glassnet.losses import BinaryCrossentropy, MeanSquaredError
from glassnet.optimizers import SGD
from glassnet.presets.preset import Preset
from glassnet.recipe import Recipe


def xor(data: Dataset) -> Preset:
    """Nine parameters, as the XOR article has them; not every start succeeds."""
    layers: list[Layer] = [Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")]
    return Preset(layers, Recipe(BinaryCrossentropy(), SGD(0.1), epochs=1000, batch_size=1))


def people(data: Dataset) -> Preset:
    """Two neurons and one, as the article on weight and height has them."""
    normal = Normal(1.0)
    layers: list[Layer] = [
        Dense(2, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
        Dense(1, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
    ]
    return Preset(layers, Recipe(MeanSquaredError(), SGD(0.1), epochs=1000, batch_size=1, shuffle=False))


def first_input(data: Dataset) -> Preset:
    """One neuron that finds out that the answer is its first input.

    The article moves a weight by error × input × slope. The slope of a squared error is twice that, hence the rate ½.
    """
    layers: list[Layer] = [Dense(1, use_bias=False, kernel_initializer=Uniform(-1.0, 1.0)), Activation("sigmoid")]
    return Preset(layers, Recipe(MeanSquaredError("sum"), SGD(0.5), epochs=10_000, batch_size=4, shuffle=False))
