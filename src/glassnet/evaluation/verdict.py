"""How good a network is on samples that it has not learnt from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.labels import Label
from glassnet.engines import answer, choose_engine, predict
from glassnet.errors import DataError
from glassnet.evaluation.interval import wilson_interval
from glassnet.files import TrainedModel


@dataclass(frozen=True)
class Mistake:
    """A sample that was answered wrongly: its number in the data set, both classes, how sure the network was."""

    index: int
    predicted: Label
    true: Label
    confidence: float


@dataclass(frozen=True)
class Verdict:
    """What a test said of a classifier.

    accuracy : share of right answers; [low, high] is its 95% interval.   samples : how many there were.
    majority : the commonest class, and `baseline` the share of right answers of who always says it.
    mistakes : the surest first.   confusion : (K, K) counts, a row for each true class, a column for each answer.
    """

    accuracy: float
    low: float
    high: float
    samples: int
    majority: Label
    baseline: float
    mistakes: list[Mistake]
    confusion: Array


@dataclass(frozen=True)
class Fit:
    """What a test said of a network that answers with numbers.

    mean_squared_error : over samples and outputs.   r2 : the share of the targets' variance that is explained; 0 is
    as good as always answering the mean.   samples : how many there were.
    """

    mean_squared_error: float
    r2: float
    samples: int


def examine(trained: TrainedModel, data: Dataset) -> Verdict | Fit:
    """`judge` for a network that answers with classes, `judge_numbers` for one that answers with numbers."""
    return judge_numbers(trained, data) if trained.classes is None else judge(trained, data)


def judge(trained: TrainedModel, data: Dataset) -> Verdict:
    """The verdict on a classifier, from all samples of `data`.

    Raises
    ------
    DataError where the classes are not those that the network knows, or one of both has numbers for classes;
    ShapeError where the samples do not fit.
    """
    if trained.classes is None:
        raise DataError("The network answers with numbers, not with classes.", "Use judge_numbers().")
    if data.classes is None:
        raise DataError(f"The network answers with classes, but the targets of {data.name} are numbers.")
    true = true_outputs(trained.classes, data.classes, data)
    answers = answer(trained, data.x, choose_engine())
    count = len(trained.classes)
    confusion = np.bincount(true * count + answers.indices, minlength=count**2).reshape(count, count)
    wrong = np.flatnonzero(answers.indices != true)
    wrong = wrong[np.argsort(-answers.confidences[wrong], kind="stable")]
    frequencies = confusion.sum(1)
    hits = len(data) - len(wrong)
    low, high = wilson_interval(hits, len(data))
    return Verdict(
        accuracy=hits / len(data),
        low=low,
        high=high,
        samples=len(data),
        majority=trained.classes[int(frequencies.argmax())],
        baseline=float(frequencies.max() / len(data)),
        mistakes=[
            Mistake(int(k), answers.classes[k], trained.classes[true[k]], float(answers.confidences[k])) for k in wrong
        ],
        confusion=confusion,
    )


def true_outputs(known: tuple[Label, ...], classes: tuple[Label, ...], data: Dataset) -> Array:
    """(N,): for each sample of `data`, with these classes, which output of a network that knows others stands for it.

    Raises
    ------
    DataError where the network does not know a class.
    """
    strangers = [label for label in classes if label not in known]
    if strangers:
        raise DataError(
            f"{data.name} has the class {strangers[0]!r}; the network knows {', '.join(map(str, known))}.",
            "Give data with the classes that it was trained on.",
        )
    return np.array([known.index(label) for label in classes])[data.y]


def judge_numbers(trained: TrainedModel, data: Dataset) -> Fit:
    """How near the numbers that a network answers with come to the targets of `data`.

    Raises
    ------
    DataError where the network or the data have classes; ShapeError where the samples do not fit.
    """
    if trained.classes is not None:
        raise DataError("The network answers with classes, not with numbers.", "Use judge().")
    if data.classes is not None:
        raise DataError(f"The network answers with numbers, but the targets of {data.name} are classes.")
    outputs = predict(trained, data.x).astype(np.float64)
    error = float(((outputs - data.y) ** 2).mean())
    variance = float(data.y.var(0).mean())
    return Fit(error, 1 - error / variance if variance else 0.0, len(data))
