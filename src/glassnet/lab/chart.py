"""The settings of a lab as charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.atomic import atomic_write
from glassnet.lab.course import Course
from glassnet.lab.summary import Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LONGEST_LABEL = 28  # signs below a box; nets in words are longer


def save_success(settings: Sequence[Setting], over: str, path: Path, article: Mapping[Any, float]) -> None:
    """Draw the share of runs that succeeded as a bar for each setting, with its 95% interval, into a PNG.

    article : by value, the shares that somebody else reported, drawn as diamonds.
    """
    figure, axis = _prepare(settings, over)
    places, shares = np.arange(len(settings)), np.array([one.success for one in settings])
    reach = [shares - [one.low for one in settings], [one.high for one in settings] - shares]
    axis.bar(places, shares, 0.6, color="tab:blue", alpha=0.6)
    axis.errorbar(places, shares, reach, fmt="none", ecolor="black", capsize=4, label="95% interval")
    told = [(place, article[one.value]) for place, one in zip(places, settings, strict=True) if one.value in article]
    if told:
        axis.plot(*zip(*told, strict=True), "D", color="tab:orange", label="the article")
    axis.set(ylim=(0, 1.02), title=f"runs that succeed, of {settings[0].runs}")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    _save(figure, path)


def save_spread(settings: Sequence[Setting], over: str, path: Path) -> None:
    """Draw the test accuracy of every run as a dot, over a box of the quartiles for each setting, into a PNG."""
    figure, axis = _prepare(settings, over)
    places = list(range(len(settings)))
    boxes = [one.accuracies for one in settings]
    axis.boxplot(boxes, positions=places, widths=0.5, whis=(0, 100), manage_ticks=False)  # whiskers to least and most
    for place, one in zip(places, settings, strict=True):
        spread = np.linspace(-0.18, 0.18, one.runs) if one.runs > 1 else np.zeros(1)
        beside = spread[np.argsort(np.arange(one.runs) * 0.618034 % 1)]  # neighbours in accuracy stand apart
        axis.plot(place + beside, one.accuracies, "o", color="tab:blue", alpha=0.5, markersize=4)
    axis.set(title=f"test accuracy of {settings[0].runs} runs")
    _save(figure, path)


def save_courses(courses: Sequence[Course], runs: int, path: Path) -> None:
    """Draw the test accuracy on each task, epoch after epoch, into a PNG, and a line wherever the task changes.

    Bands reach from the least to the most of all runs; diamonds are what learning all tasks at once ends with.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7.2, 4.0), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    total = len(courses[0].median) - 1
    epochs = total // len(courses)
    names = [_shorten(course.task, LONGEST_LABEL * 2 // len(courses)) for course in courses]
    for k, course in enumerate(courses):
        (line,) = axis.plot(course.median, linewidth=2, label=f"on {names[k]}")
        axis.fill_between(range(total + 1), course.least, course.most, color=line.get_color(), alpha=0.2, linewidth=0)
        median, least, most = course.together
        reach = [[median - least], [most - median]]
        place = total * (1.03 + 0.03 * k)
        axis.errorbar(place, median, reach, fmt="D", color=line.get_color(), capsize=3, clip_on=False)
        axis.text(epochs * (k + 0.5), 1.04, f"learns {names[k]}", ha="center", fontsize=9, parse_math=False)
        if k:
            axis.axvline(epochs * k, color="0.5", linewidth=1, linestyle="--")
    axis.errorbar([], [], [], fmt="D", color="0.4", label="all tasks at once, at the end")
    axis.set(xlabel="epoch", xlim=(0, total), ylim=(0, 1.1), yticks=[0, 0.25, 0.5, 0.75, 1])
    many = f"test accuracy, median of {runs} runs; bands from the least to the most"
    axis.set_title(many if runs > 1 else "test accuracy of one run", fontsize=11)
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    _dress(axis)
    for text in figure.legend(loc="outside lower center", ncols=3, frameon=False).get_texts():
        text.set_parse_math(False)
    _save(figure, path)


def _shorten(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: max(1, most - 1)]}…"


def _prepare(settings: Sequence[Setting], over: str) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(max(4.8, 1.2 * len(settings) + 1.2), 3.6), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    labels = ["" if one.value is None else str(one.value)[:LONGEST_LABEL] for one in settings]
    axis.set_xticks(range(len(settings)), labels)
    if max(map(len, labels)) > 10:
        axis.tick_params("x", rotation=20)
    axis.set(xlabel=over.replace("_", " "), xlim=(-0.6, len(settings) - 0.4))
    _dress(axis)
    return figure, axis


def _dress(axis: Axes) -> None:
    """Percent upwards, a faint grid, no box."""
    from matplotlib.ticker import PercentFormatter

    axis.yaxis.set_major_formatter(PercentFormatter(1.0))
    axis.grid(axis="y", alpha=0.25)
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)


def _save(figure: Figure, path: Path) -> None:
    with atomic_write(path) as file:
        figure.savefig(file, format="png")
