"""The settings of a lab as charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.atomic import atomic_write
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


def _prepare(settings: Sequence[Setting], over: str) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=(max(4.8, 1.2 * len(settings) + 1.2), 3.6), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    labels = ["" if one.value is None else str(one.value)[:LONGEST_LABEL] for one in settings]
    axis.set_xticks(range(len(settings)), labels)
    if max(map(len, labels)) > 10:
        axis.tick_params("x", rotation=20)
    axis.set(xlabel=over.replace("_", " "), xlim=(-0.6, len(settings) - 0.4))
    axis.yaxis.set_major_formatter(PercentFormatter(1.0))
    axis.grid(axis="y", alpha=0.25)
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)
    return figure, axis


def _save(figure: Figure, path: Path) -> None:
    with atomic_write(path) as file:
        figure.savefig(file, format="png")
