"""A trained network with everything that a prediction needs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from glassnet.certainty import Certainty
from glassnet.errors import ParameterError
from glassnet.layers import Activation
from glassnet.model import Sequential
from glassnet.preparation import Fit, Preparation
from glassnet.preparation.fit import COLOUR, GREY, MOST_SIDE


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
    certainty : how sure it may be of its answers, and what it refuses; None where no held-out samples told.

    Raises
    ------
    ParameterError where classes are of another kind, come twice, or are not as many as the outputs; where there is a
    certainty and the outputs are no probabilities of classes, or its class of strangers is none of them.
    """

    network: Sequential
    classes: tuple[str | int | float, ...] | None = None
    preparation: Preparation = Preparation()
    receipt: dict[str, Any] = field(default_factory=dict)
    history: dict[str, list[float]] = field(default_factory=dict)
    certainty: Certainty | None = None

    def __post_init__(self) -> None:
        if self.certainty is not None:
            self._check_certainty(self.certainty)
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
    def stranger(self) -> int | None:
        """The number of the output that stands for what is none of the classes, where the network learnt of such."""
        if self.certainty is None or self.certainty.none is None or self.classes is None:
            return None
        return self.classes.index(self.certainty.none)

    def _check_certainty(self, certainty: Certainty) -> None:
        if not isinstance(certainty, Certainty):
            raise ParameterError(f"A certainty must be such as Certainty(1.5). Got {certainty!r:.100}.")
        if self.classes is None or not tells_probabilities(self.network):
            raise ParameterError("There is a certainty, but the network's outputs are no probabilities of classes.")
        if certainty.none is not None and certainty.none not in self.classes:
            raise ParameterError(
                f"The certainty's class of strangers, {certainty.none!r:.100}, is none of the classes."
            )

    @property
    def fit(self) -> Fit | None:
        """How the network wants pictures of a folder: as those were that it learnt from, or pixel for pixel; None where
        it takes none.
        """
        shape = self.network.input_shape
        likely = Fit(*shape) if len(shape) == 3 and max(shape) <= MOST_SIDE and shape[2] in (GREY, COLOUR) else None
        return next((step for step in self.preparation.steps if isinstance(step, Fit)), likely)

    @property
    def healthy(self) -> bool:
        """Whether all weights and state are finite; a prediction from others would mean nothing."""
        vectors = self.network.vectors
        return bool(np.isfinite(vectors.weights).all() and np.isfinite(vectors.state).all())


def tells_probabilities(network: Sequential) -> bool:
    """Whether the outputs are the probabilities of classes that exclude each other."""
    last = network.layers[-1]
    function = last.function if isinstance(last, Activation) else ""
    return function == "softmax" or (function == "sigmoid" and network.output_shape == (1,))
