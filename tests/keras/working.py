"""Small models and samples, and what was noted."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.keras.layers import Dense
from glassnet.keras.models import Sequential

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [2.0, 0.0], [0.0, 2.0]])
LABELS = np.array([0, 1, 1, 0, 1, 1])


def yes_or_no(**settings: Any) -> Sequential:
    """2-3-1 with a sigmoid, compiled."""
    model = Sequential([Dense(3, activation="tanh", input_shape=(2,)), Dense(1, activation="sigmoid")])
    model.compile(**{"optimizer": "sgd", "loss": "binary_crossentropy", "metrics": ["accuracy"]} | settings)
    return model


def two_classes(**settings: Any) -> Sequential:
    """2-3-2 with a softmax, compiled."""
    model = Sequential([Dense(3, activation="tanh", input_shape=(2,)), Dense(2, activation="softmax")])
    model.compile(**{"optimizer": "adam", "loss": "sparse_categorical_crossentropy"} | settings)
    return model
