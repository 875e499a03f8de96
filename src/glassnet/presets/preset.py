"""What a preset is, and what all of them have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace

from glassnet.data import Dataset
from glassnet.layers import Activation, Dense, Flatten, Layer
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError
from glassnet.recipe import Recipe


@dataclass(frozen=True)
class Preset:
    """Layers, from input to output, and how to train them."""

    layers: list[Layer]
    recipe: Recipe


def complete(layers: list[Layer], data: Dataset) -> tuple[list[Layer], Loss]:
    """Layers with the last activation that the targets want, where there is none, and the loss that goes with it."""
    last = layers[-1]
    if data.classes is None:
        return layers, MeanSquaredError()
    if isinstance(last, Activation) and last.function == "softmax":
        return layers, CategoricalCrossentropy()
    if isinstance(last, Activation) and last.function == "sigmoid":
        return layers, BinaryCrossentropy()
    if isinstance(last, Activation):
        return layers, MeanSquaredError()
    if isinstance(last, Dense) and last.units == 1:
        return [*layers, Activation("sigmoid")], BinaryCrossentropy()
    return [*layers, Activation("softmax")], CategoricalCrossentropy()


def with_loss(layers: list[Layer], data: Dataset, recipe: Recipe) -> tuple[list[Layer], Recipe]:
    """Layers as `complete` has them, and the recipe with the loss that goes with them."""
    layers, loss = complete(layers, data)
    return layers, replace(recipe, loss=loss)


def flat(data: Dataset) -> list[Layer]:
    """What makes rows of samples of several axes."""
    return [Flatten()] if len(data.sample_shape) > 1 else []


def outputs(data: Dataset) -> int:
    """How many numbers the network answers with."""
    return len(data.classes) if data.classes is not None else int(data.y.shape[1])
