"""How good a network is, in words and as figures."""

from __future__ import annotations

import sys
from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING, Any

from glassnet.cli.output import console, percent, table
from glassnet.evaluation import Nearest, NumbersVerdict, Verdict, most_confused, precisions, recalls

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.data.labels import Label

WIDE = 0.2  # an interval of more than that says little
NEVER_CHANCE = 0.005  # a calibration error below needs no remark
TELLS_NOTHING = 0.1  # an error that is chance, where chance alone makes so much of it
CONFUSED_SHORT, CONFUSED = 3, 10  # commonest confusions that are told of
WIDEST_TABLE, LONGEST_TABLE = 20, 40  # classes


def verdict_figures(verdict: Verdict | NumbersVerdict) -> dict[str, Any]:
    """The figures for JSON and for a receipt; None for those that have no meaning here."""
    if isinstance(verdict, NumbersVerdict):
        return {
            "accuracy": None,
            "low": None,
            "high": None,
            "samples": verdict.samples,
            "mean_squared_error": verdict.mean_squared_error,
            "root_mean_squared_error": verdict.root_mean_squared_error,
            "mean_absolute_error": verdict.mean_absolute_error,
            "r2": verdict.r2,
            "r2_low": verdict.low,
            "r2_high": verdict.high,
            "baseline_error": verdict.baseline,
        }
    return {
        "accuracy": verdict.accuracy,
        "low": verdict.low,
        "high": verdict.high,
        "samples": verdict.samples,
        "baseline": verdict.baseline,
        "calibration_error": verdict.calibration.error,
        "refused": verdict.refused,
    }


def verdict_details(verdict: Verdict | NumbersVerdict, nearest: Nearest | None, test: Dataset) -> dict[str, Any]:
    """What `evaluate` adds for JSON, about the samples `test`; None where it has no meaning."""
    if isinstance(verdict, NumbersVerdict):
        return {"nearest": None, "classes": None, "confusion": None, "calibration": None, "mistakes": []}
    found = verdict.calibration
    return {
        "nearest": None if nearest is None else asdict(nearest),
        "classes": [
            {"class": label, "samples": count, "precision": precision, "recall": recall}
            for label, count, precision, recall in _class_figures(verdict)
        ],
        "confusion": verdict.confusion.tolist(),
        "calibration": {
            "error": found.error,
            "chance": found.chance,
            "counts": found.counts.tolist(),
            "confidences": found.confidences.tolist(),
            "accuracies": found.accuracies.tolist(),
        },
        "mistakes": [{"called": test.called(one.index), **asdict(one)} for one in verdict.mistakes],
    }


def verdict_lines(verdict: Verdict | NumbersVerdict, *, learnt: bool = False) -> list[str]:
    """The verdict in short; `learnt` where the samples are those that the network learnt from."""
    if isinstance(verdict, NumbersVerdict):
        return _numbers_lines(verdict)
    right = verdict.samples - len(verdict.mistakes)
    baseline = f"Always answering {str(verdict.majority)!r} would be right in {percent(verdict.baseline)}."
    if learnt:
        return [f"{right:,} of the {verdict.samples:,} samples that it learnt from are right.", baseline]
    lines = [
        f"{right:,} of {verdict.samples:,} test samples are right: {percent(verdict.accuracy)} "
        f"(95% interval {percent(verdict.low)} to {percent(verdict.high)}).",
        baseline,
    ]
    if verdict.accuracy <= verdict.baseline:
        lines.append("The network is no better than that.")
    elif not verdict.better_than_baseline:
        lines.append("So far this may be chance: the interval reaches down to what that baseline has.")
    elif verdict.high - verdict.low > WIDE:
        lines.append(f"That is a rough figure: {verdict.samples} samples say no more than that interval.")
    pairs = [pair for pair in most_confused(verdict.confusion, CONFUSED_SHORT) if pair.times > 1]  # once is chance
    if pairs:
        named = verdict.classes
        listed = ", ".join(f"{named[true]} for {named[answer]} ({times})" for true, answer, times in pairs)
        lines.append(f"Most often taken for another: {listed}.")
    if verdict.refused:
        lines.append(f"{percent(verdict.refused)} of the samples would be refused, as none of these.")
    if not isnan(verdict.refused_strangers):
        lines.append(f"Of the strangers among them {percent(verdict.refused_strangers)} are refused.")
    return [*lines, _calibration_line(verdict)]


def _numbers_lines(found: NumbersVerdict) -> list[str]:
    lines = [
        f"On {found.samples:,} samples it is off by {found.mean_absolute_error:.4g} on average; the root mean squared "
        f"error is {found.root_mean_squared_error:.4g}.",
        f"Always answering the mean would have {found.baseline:.4g}: the network explains {percent(found.r2)} of the "
        f"variance (95% interval {percent(found.low)} to {percent(found.high)}).",
    ]
    if found.low <= 0:
        lines.append("So far this may be chance: the interval reaches down to what the mean has.")
    return lines


def _calibration_line(verdict: Verdict) -> str:
    found = verdict.calibration
    sure = float(found.counts @ found.confidences / found.counts.sum())
    told = f"Calibration error {found.error:.3f} ({found.chance:.3f} would be chance): "
    if found.error <= max(NEVER_CHANCE, 2 * found.chance):
        few = found.chance > TELLS_NOTHING
        return told + ("so few samples do not tell." if few else "it is as sure as it is right.")
    how = "surer than it is right" if sure > verdict.accuracy else "more modest than it needs to be"
    return f"{told}it is {how}, {percent(sure)} sure against {percent(verdict.accuracy)} right."


def nearest_line(nearest: Nearest, verdict: Verdict) -> str:
    """The second baseline, and whether the network is worse than that."""
    asked = "" if nearest.test == verdict.samples else f", asked for {nearest.test:,} of the test samples"
    worse = " The network has not reached that." if verdict.accuracy < nearest.accuracy else ""
    return (
        f"The class of the nearest of {nearest.training:,} training samples would be right in "
        f"{percent(nearest.accuracy)} ({percent(nearest.low)} to {percent(nearest.high)}){asked}.{worse}"
    )


def class_table(verdict: Verdict) -> str:
    """Precision and recall of each class; of many classes those with the lowest recall."""
    figures = _class_figures(verdict)
    if len(figures) > LONGEST_TABLE:
        figures = sorted(figures, key=lambda row: (row[1] == 0, row[3]))[:WIDEST_TABLE]
    rows = [(str(label), f"{count:,}", _share(right), _share(found)) for label, count, right, found in figures]
    return table(("class", "samples", "precision", "recall"), rows)


def confusion_table(verdict: Verdict) -> str:
    """Which class was taken for which: a row for each true class, a dot for nought; a list where that is too wide."""
    classes = verdict.classes
    cells = [[str(count) if count else "·" for count in counts] for counts in verdict.confusion.tolist()]
    rows = [(str(label), *row) for label, row in zip(classes, cells, strict=True)]
    whole = table(("true \\ answer", *map(str, classes)), rows)
    if len(classes) <= WIDEST_TABLE and (not sys.stdout.isatty() or whole.index("\n") <= console().width):
        return whole
    pairs = most_confused(verdict.confusion, CONFUSED)
    listed = [(str(classes[true]), str(classes[answer]), f"{times:,}") for true, answer, times in pairs]
    return table(("true", "taken for", "times"), listed)


def _class_figures(verdict: Verdict) -> list[tuple[Label, int, float, float]]:
    """Each class with its samples, precision and recall."""
    columns = verdict.confusion.sum(1), precisions(verdict.confusion), recalls(verdict.confusion)
    return list(zip(verdict.classes, *(column.tolist() for column in columns), strict=True))


def _share(share: float) -> str:
    return "·" if share != share else percent(share)
