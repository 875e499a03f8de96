"""A trained network with everything that a prediction needs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from glassnet.errors import ParameterError
from glassnet.model import Sequential
from glassnet.preparation import Preparation


class ModelWarning(UserWarning):
    """A model can be looked at, but not be believed."""


@dataclass(frozen=True)
class TrainedModel:
    """What a model file holds.

    Parameters
    ----------
    network : the architecture, its weights and its state.
    classes : the labels in the order of the outputs, strings or numbers as they came in; two for a network with one
        output, which says how likely the second is. None for regression.
    preparation : what stands between a person's input and the first layer.
    receipt : how the model came to be: seed, data, settings, versions, figures; anything that JSON can hold.
    history : the figures of each epoch: {"loss": [0.9, 0.5], "accuracy": [0.6, 0.8]}.

    Raises
    ------
    ParameterError where classes are of another kind, come twice, or are not as many as the outputs.
    """

    network: Sequential
    classes: tuple[str | int | float, ...] | None = None
    preparation: Preparation = Preparation()
    receipt: dict[str, Any] = field(default_factory=dict)
    history: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.classes is None:
            return
        for label in self.classes:
            if type(label) not in (str, int, float, bool) or label in (math.inf, -math.inf) or label != label:
                raise ParameterError(f"A class must be a string, a finite number, True or False. Got {label!r:.100}.")
        if len(set(self.classes)) < len(self.classes):
            raise ParameterError("A class stands there twice.")
        outputs = self.network.output_shape
        if outputs != (len(self.classes),) and (outputs, len(self.classes)) != ((1,), 2):
            raise ParameterError(
                f"The network's outputs have shape {outputs}, but there are {len(self.classes)} classes."
            )

    @property
    def healthy(self) -> bool:
        """Whether all weights and state are finite; a prediction from others would mean nothing."""
        vectors = self.network.vectors
        return bool(np.isfinite(vectors.weights).all() and np.isfinite(vectors.state).all())
