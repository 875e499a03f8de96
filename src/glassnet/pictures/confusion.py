"""Which class was taken for which, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.figure import new_figure, save_figure, shorten

MOST_COUNTS = 30  # classes; the counts of more would not be legible
LONGEST = 16  # signs of a name


def save_confusion(confusion: Array, classes: Sequence[object], path: Path) -> None:
    """Draw the counts (K, K) into a PNG: right answers grey, wrong ones the redder the larger their part of a class."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    count = len(classes)
    cell = 0.45 if count <= MOST_COUNTS else 0.16  # inches
    side = min(max(cell * count, 2.5), 20.0)
    figure = new_figure(side + 2.4, side + 1.2)
    axis = figure.add_subplot()
    shares = confusion / np.maximum(confusion.sum(1, keepdims=True), 1)
    wrong = shares - np.diag(shares.diagonal())
    reds = LinearSegmentedColormap.from_list("reds", ["white", "#d55000"])
    image = axis.imshow(wrong, cmap=reds, vmin=0, vmax=wrong.max() or 1.0)
    axis.imshow(np.ma.masked_array(shares, ~np.eye(count, dtype=bool)), cmap="Greys", vmin=0, vmax=2.5)
    if count <= MOST_COUNTS:
        for true, answer in zip(*np.nonzero(confusion), strict=True):
            axis.text(answer, true, f"{confusion[true, answer]}", ha="center", va="center", fontsize=8)
    names = [shorten(str(label), LONGEST) for label in classes]
    small = 9 if count <= MOST_COUNTS else 5
    upright = max(map(len, names)) > 3
    axis.set_xticks(range(count), names, fontsize=small, rotation=90 if upright else 0, parse_math=False)
    axis.set_yticks(range(count), names, fontsize=small, parse_math=False)
    axis.set(xlabel="answer", ylabel="true class")
    axis.spines[:].set_visible(False)
    axis.tick_params(length=0)
    if wrong.any():
        bar = figure.colorbar(image, ax=axis, shrink=0.6, label="wrong answers, part of the true class")
        bar.ax.yaxis.set_major_locator(MaxNLocator(5))
        bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0))
        bar.outline.set_visible(False)
    save_figure(figure, path)
