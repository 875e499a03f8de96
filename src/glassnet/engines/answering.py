"""Answers: the classes that a network's outputs stand for, and how sure it is of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.certainty import NONE, Certainty, learn_certainty
from glassnet.checks import check_kind
from glassnet.data import Dataset
from glassnet.engines.engine import Engine
from glassnet.engines.prediction import predict
from glassnet.errors import DataError, ModelFileError
from glassnet.files.trained import TrainedModel, tells_probabilities
from glassnet.functions import ACTIVATIONS
from glassnet.layers import Activation
from glassnet.model import Sequential
from glassnet.preparation import Scale


@dataclass(frozen=True)
class Answers:
    """What a network answers.

    classes : by name, the likeliest of the known ones; `indices` (N,) are their numbers.
    confidences : (N,) how sure the network is of each, calibrated where it has a certainty.
    shares : (N, K) how sure it is of each class, calibrated likewise.
    outputs : (N, O), what the network itself gives.
    refused : (N,) whether a sample is none of the known classes; its likeliest one stands there all the same.
    """

    classes: list[str | int | float]
    confidences: Array
    shares: Array
    outputs: Array
    indices: Array
    refused: Array


def answer(trained: TrainedModel, x: Any, engine: Engine | None = None) -> Answers:
    """The class of each sample x (N, *input_shape), as recorded, and how sure the network is.

    The confidence is the probability that the network gives to its answer, at the temperature of its certainty. Of
    outputs that are no probabilities (a perceptron's, say) it is the answer's share of all that is above 0. A tie gives
    the first class. The class of strangers, where the network learnt from some, is no answer: those are refused.
    Without an engine the reference computes.

    Raises
    ------
    DataError where the network answers with numbers, not classes; as `predict` otherwise.
    """
    check_kind("answer", "trained", trained, TrainedModel, "load('model.safetensors')")
    if trained.classes is None:
        raise DataError("This network answers with numbers, not with classes.", "Use predict() for its outputs.")
    if not trained.healthy:
        raise ModelFileError(
            "This network holds weights that are not numbers, so its answers would mean nothing.", "Train it again."
        )
    if trained.certainty is None:
        outputs = predict(trained, x, engine=engine)
        shares, refused = _shares(trained.network, outputs), np.zeros(len(outputs), bool)
    else:
        sums = predict_sums(trained.network, x, trained.preparation.scale, engine)
        outputs = ACTIVATIONS[_function(trained.network)].value(sums)
        shares = trained.certainty.confidences(class_sums(sums))
        refused = trained.certainty.refuses(class_sums(sums), trained.stranger)
    others = [k for k in range(len(trained.classes)) if k != trained.stranger]
    indices = np.array(others)[shares[:, others].argmax(1)]
    confidences = shares[np.arange(len(shares)), indices]
    return Answers([trained.classes[k] for k in indices], confidences, shares, outputs, indices, refused)


def certainty_of(network: Sequential, held: Dataset, engine: Engine | None = None) -> Certainty | None:
    """The certainty learnt from samples that were held out; None where outputs are no probabilities of classes.

    Among pictures, what is none of the classes is refused. A class "none" holds strangers, which show what that may be.
    """
    if held.classes is None or not tells_probabilities(network):
        return None
    sums = class_sums(predict_sums(network, held.x, held.preparation.scale, engine))
    pictures = len(held.sample_shape) == 3
    stranger = held.classes.index(NONE) if pictures and NONE in held.classes else None
    return learn_certainty(sums, held.y, stranger=stranger, refusing=pictures)


def predict_sums(network: Sequential, x: Any, scale: Scale, engine: Engine | None = None) -> Array:
    """What the last activation is given, (N, O); as `predict` otherwise."""
    return predict(network, x, scale, depth=len(network.layers) - 1, engine=engine)


def class_sums(sums: Array) -> Array:
    """One sum for each class, (N, K): a sigmoid's sum z is a softmax's of 0 and z."""
    return np.concatenate([np.zeros_like(sums), sums], 1) if sums.shape[1] == 1 else sums


def _function(network: Sequential) -> str:
    last = network.layers[-1]
    return last.function if isinstance(last, Activation) else "linear"


def _shares(network: Sequential, outputs: Array) -> Array:
    """(N, K): how much of each row's answer is each class. Where no output is above 0, all have the same."""
    if outputs.shape[1] == 1:
        return np.concatenate([1 - outputs, outputs], 1).clip(0, 1)
    if _function(network) in ("softmax", "sigmoid"):
        return outputs
    above = np.maximum(outputs, 0)
    total = above.sum(1, keepdims=True)
    return np.where(total > 0, above / np.where(total > 0, total, 1), 1 / outputs.shape[1])
