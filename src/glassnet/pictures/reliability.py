"""How often answers are right against how sure the network was, as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from glassnet.evaluation import Calibration, wilson_interval
from glassnet.pictures.figure import new_figure, save_figure


def save_reliability(found: Calibration, path: Path) -> None:
    """Draw each bin with the 95% interval of its share of right answers into a PNG; on the line they are calibrated."""
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    figure = new_figure(4.6, 4.4)
    axis = figure.add_subplot()
    hits = found.accuracies * found.counts
    ends = [wilson_interval(hit, count) for hit, count in zip(hits, found.counts.tolist(), strict=True)]
    low, high = np.array(ends).T
    least = max(0.0, min(float(found.confidences.min()), float(low.min())) - 0.02)
    axis.plot([least, 1], [least, 1], color="0.6", linewidth=1)
    reach = np.abs([found.accuracies - low, high - found.accuracies])
    axis.errorbar(found.confidences, found.accuracies, reach, fmt="o", markersize=4, color="#005ab5", elinewidth=1)
    axis.set(xlim=(least, 1.01), ylim=(least, 1.01), xlabel="how sure the network was", ylabel="how often it was right")
    axis.set_title(f"calibration error {found.error:.3f}; chance alone {found.chance:.3f}", fontsize=10)
    for side in (axis.xaxis, axis.yaxis):
        side.set_major_locator(MaxNLocator(5))
        side.set_major_formatter(PercentFormatter(1.0))
    axis.grid(alpha=0.25)
    axis.spines[["top", "right"]].set_visible(False)
    save_figure(figure, path)
