"""The ratios as bars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glassnet.atomic import atomic_write
from glassnet.benchmarks.results import figure as as_figure
from glassnet.benchmarks.rounds import Row


def save_chart(rows: Sequence[Row], path: Path) -> None:
    """Draw peer ÷ ours of each row as a bar along a logarithmic axis, with its range, into a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    figure = Figure(figsize=(7, 1.2 + 0.26 * len(rows)), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    places = range(len(rows))
    ratios = [row.ratio for row in rows]
    reach = [[row.ratio - row.low for row in rows], [row.high - row.ratio for row in rows]]
    colors = ["tab:blue" if ratio >= 1 else "tab:orange" for ratio in ratios]
    axis.barh(places, [ratio - 1 for ratio in ratios], 0.7, left=1, color=colors, alpha=0.7)
    axis.errorbar(ratios, places, xerr=reach, fmt="none", ecolor="black", elinewidth=0.8, capsize=2)
    for place, row in enumerate(rows):
        beyond = row.high if row.ratio >= 1 else max(1.0, row.high)
        axis.annotate(
            f"{as_figure(row.ratio)}×", (beyond, place), (4, 0), textcoords="offset points", va="center", fontsize=8
        )
    axis.set_yticks(places, [_label(row) for row in rows], fontsize=8)
    axis.set_xscale("log")
    axis.xaxis.set_major_formatter(FuncFormatter(lambda ratio, _: f"{ratio:,g}"))
    axis.axvline(1, color="black", linewidth=0.8)
    low, high = min([0.5, *(row.low for row in rows)]), max([2.0, *(row.high for row in rows)])
    axis.set(xlim=(low / 1.5, high * 4), ylim=(len(rows) - 0.4, -0.6))
    axis.set_xlabel("the peer's seconds, or bytes, ÷ ours: right of 1 ours needs less")
    axis.grid(axis="x", alpha=0.25)
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)
    with atomic_write(path) as file:
        figure.savefig(file, format="png")


def _label(row: Row) -> str:
    precision = "" if row.precision == "float32" else f" ({row.precision})"
    return f"{row.workload}{precision} · {row.peer}"
