"""What a model file says of how its network was trained, as far as it can be believed."""

from __future__ import annotations

from glassnet.errors import ParameterError
from glassnet.files import TrainedModel
from glassnet.layers import Activation
from glassnet.losses import CategoricalCrossentropy, Loss, MeanSquaredError
from glassnet.model import Sequential
from glassnet.recipe import Recipe


def recorded_recipe(trained: TrainedModel) -> Recipe | None:
    """The settings that the receipt tells of; None where it, which may hold anything, tells of none."""
    settings = trained.receipt.get("settings")
    config = settings.get("recipe") if isinstance(settings, dict) else None
    try:
        return Recipe.from_config(config) if config is not None else None
    except (ParameterError, AssertionError):
        return None


def likely_loss(network: Sequential) -> Loss:
    """The loss of a network that nothing is told of: the cross-entropy after a softmax, else the squared error."""
    last = network.layers[-1]
    shares = isinstance(last, Activation) and last.function == "softmax"
    return CategoricalCrossentropy() if shares else MeanSquaredError()
