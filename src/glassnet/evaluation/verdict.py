"""How good a network is on samples that it has not learnt from."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.data.labels import Label
from glassnet.engines import answer, choose_engine
from glassnet.errors import DataError
from glassnet.evaluation.calibration import Calibration, calibration
from glassnet.evaluation.interval import wilson_interval
from glassnet.evaluation.numbers import NumbersVerdict, judge_numbers
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

    classes : those that the network knows.
    accuracy : share of right answers; [low, high] is its 95% interval.   samples : how many there were.
    majority : the commonest class, and `baseline` the share of right answers of who always says it.
    mistakes : the surest first.   confusion : (K, K) counts, a row for each true class, a column for each answer.
    calibration : whether it is right as often as it is sure.
    refused : the share of samples of known classes that the network refuses, as none of these.
    refused_strangers : the share of strangers that it refuses; NaN where there are none.

    The answer to a sample is its likeliest known class, refused or not; a stranger is answered rightly by refusing it.
    """

    classes: tuple[Label, ...]
    accuracy: float
    low: float
    high: float
    samples: int
    majority: Label
    baseline: float
    mistakes: list[Mistake]
    confusion: Array
    calibration: Calibration
    refused: float = 0.0
    refused_strangers: float = nan

    @property
    def better_than_baseline(self) -> bool:
        """Whether the network is better than who always says the commonest class, chance set aside."""
        return self.low > self.baseline


def examine(trained: TrainedModel, data: Dataset) -> Verdict | NumbersVerdict:
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
    strange = np.isin(true, [] if trained.stranger is None else trained.stranger)
    known = ~strange | strange.all()  # of strangers alone there is nothing else to tell
    decided = np.where(answers.refused & strange, true, answers.indices)
    count = len(trained.classes)
    confusion = np.bincount(true * count + decided, minlength=count**2).reshape(count, count)
    wrong = np.flatnonzero(decided != true)
    wrong = wrong[np.argsort(-answers.confidences[wrong], kind="stable")]
    frequencies = confusion.sum(1)
    hits = len(data) - len(wrong)
    low, high = wilson_interval(hits, len(data))
    return Verdict(
        classes=trained.classes,
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
        calibration=calibration(answers.confidences[known], decided[known] == true[known]),
        refused=float(answers.refused[known].mean()),
        refused_strangers=float(answers.refused[strange].mean()) if strange.any() else nan,
    )


def true_outputs(known: tuple[Label, ...], classes: tuple[Label, ...], data: Dataset) -> Array:
    """(N,): for each sample of `data`, with these classes, which output of a network that knows others stands for it.

    Raises
    ------
    DataError where the network does not know a class.
    """
    strangers = [label for label in classes if label not in known]
    if strangers:
        first = int((data.y == classes.index(strangers[0])).argmax())
        where = "" if data.names is None else f" ({data.called(first)})"
        raise DataError(
            f"{data.name} has the class {strangers[0]!r}{where}; the network knows {', '.join(map(str, known))}.",
            "Give data with the classes that it was trained on.",
        )
    return np.array([known.index(label) for label in classes])[data.y]
