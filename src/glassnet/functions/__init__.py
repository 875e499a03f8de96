"""Pure functions that layers are made of: activations with their slopes, initializers, windows."""

from glassnet.functions.activations import ACTIVATIONS, ActivationFunction
from glassnet.functions.initializers import (
    INITIALIZERS,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Normal,
    Ones,
    Uniform,
    Zeros,
    check_initializer,
)

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "ActivationFunction",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Normal",
    "Ones",
    "Uniform",
    "Zeros",
    "check_initializer",
]
