"""For rows of numbers, and for anything laid out as one."""

from __future__ import annotations

from dataclasses import replace

from glassnet.data import Dataset
from glassnet.functions import HeNormal, Uniform
from glassnet.layers import Activation, Dense, Dropout, Flatten, Layer
from glassnet.losses import CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.optimizers import SGD, Adam, AdamW, Cosine
from glassnet.presets.preset import Preset, flat, outputs, with_loss
from glassnet.recipe import Recipe

MANY_ROWS = 3000  # of a table, from which on a wider network pays
SAMPLES_SEEN = 3_000_000  # by a network for a large table, at most: its epochs are fewer
DECAY_OF_CLASSES, DECAY_OF_NUMBERS = 30.0, 100.0  # times features / rows; numbers have more noise than classes have
STRONGEST_DECAY = 3.0


def perceptron(data: Dataset) -> Preset:
    """One layer that learns sample by sample from its mistakes, in one pass, as the digits article does."""
    weights = Uniform(-0.1, 0.1)
    dense = Dense(outputs(data), kernel_initializer=weights, bias_initializer=weights)
    recipe = Recipe(Perceptron(), SGD(1.0), epochs=1, batch_size=1, shuffle=False)
    return Preset([*flat(data), dense, Activation("relu")], recipe)


def mlp(data: Dataset) -> Preset:
    """Two hidden layers; wide ones with dropout for pictures, narrow ones for tables."""
    if len(data.sample_shape) == 1:
        layers = [Dense(32), Activation("relu"), Dense(32), Activation("relu"), Dense(outputs(data))]
        return Preset(*with_loss(layers, data, Recipe(MeanSquaredError(), Adam(0.01, schedule=Cosine()), 100, 32)))
    hidden: list[Layer] = []
    for units in (512, 256):
        hidden += [Dense(units, kernel_initializer=HeNormal()), Activation("relu"), Dropout(0.3)]
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.001, schedule=Cosine()), 15, 128, validation=0.1)
    return Preset(*with_loss([Flatten(), *hidden, Dense(outputs(data))], data, recipe))


def table(data: Dataset) -> Preset:
    """Two hidden layers, with the more pull of the weights to zero the fewer rows there are for each feature.

    Chosen by cross-validation on drawn sets of 40 to 64 000 rows; on others `make tables` holds it against
    scikit-learn's.
    """
    rows, features = data.x.shape
    large = rows >= MANY_ROWS
    hidden = [Dense(64 if large else 32), Activation("relu")] * 2
    pull = (DECAY_OF_CLASSES if data.classes else DECAY_OF_NUMBERS) * features / rows
    optimizer = AdamW(0.01, schedule=Cosine(), weight_decay=min(pull, STRONGEST_DECAY))
    recipe = Recipe(MeanSquaredError(), optimizer, 100, 32)
    if large:
        recipe = replace(recipe, epochs=max(3, min(100, SAMPLES_SEEN // rows)), batch_size=128)
    return Preset(*with_loss([*hidden, Dense(outputs(data))], data, recipe))
