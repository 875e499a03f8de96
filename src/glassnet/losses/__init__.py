"""The losses, one a file, and the list of those that a file may name."""

from glassnet.losses.binary_crossentropy import BinaryCrossentropy
from glassnet.losses.categorical_crossentropy import CategoricalCrossentropy
from glassnet.losses.loss import Loss
from glassnet.losses.mean_squared_error import MeanSquaredError
from glassnet.losses.perceptron import Perceptron

__all__ = ["LOSSES", "BinaryCrossentropy", "CategoricalCrossentropy", "Loss", "MeanSquaredError", "Perceptron"]

LOSSES: dict[str, type[Loss]] = {
    kind.__name__: kind for kind in (MeanSquaredError, BinaryCrossentropy, CategoricalCrossentropy, Perceptron)
}
