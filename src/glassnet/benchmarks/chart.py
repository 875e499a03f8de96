"""The ratios as bars."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from glassnet.atomic import atomic_write
from glassnet.benchmarks.results import Results, figure as as_figure
from glassnet.benchmarks.rounds import Row

GAP = 0.5  # between two workloads, in bars


def save_chart(results: Results, path: Path) -> None:
    """Draw peer ÷ ours of each row as a bar along a logarithmic axis, with its range, into a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    rows = results.rows
    places, heads = _places(rows)
    height = places[-1] + 1
    figure = Figure(figsize=(7.5, 1.5 + 0.22 * height), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    ratios = [row.ratio for row in rows]
    reach = [[row.ratio - row.low for row in rows], [row.high - row.ratio for row in rows]]
    colors = ["tab:blue" if ratio >= 1 else "tab:orange" for ratio in ratios]
    axis.barh(places, [ratio - 1 for ratio in ratios], 0.75, left=1, color=colors, alpha=0.7)
    axis.errorbar(ratios, places, xerr=reach, fmt="none", ecolor="0.25", elinewidth=0.8, capsize=1.5)
    for place, row in zip(places, rows, strict=True):
        beyond = row.high if row.ratio >= 1 else max(1.0, row.high)
        axis.annotate(
            f"{as_figure(row.ratio)}×", (beyond, place), (4, 0), textcoords="offset points", va="center", fontsize=8
        )
    for place, name in heads:
        axis.annotate(
            name, (0, place), (-104, 0), ("axes fraction", "data"), "offset points", ha="right", va="center",
            fontsize=8.5, fontweight="bold",
        )  # fmt: skip
    axis.set_yticks(places, [row.peer for row in rows], fontsize=8)
    axis.tick_params(axis="y", length=0)
    axis.set_xscale("log")
    axis.xaxis.set_major_formatter(FuncFormatter(lambda ratio, _: f"{ratio:,g}"))
    axis.axvline(1, color="black", linewidth=0.8)
    low, high = min([0.8, *(row.low for row in rows)]), max([2.0, *(row.high for row in rows)])
    axis.set(xlim=(low / 1.3, high * 3), ylim=(height - 0.2, -0.8))
    axis.set_title("How many times as much the others need", loc="left", fontsize=11, fontweight="bold")
    axis.set_xlabel("the peer's time, or memory, ÷ ours: right of 1 ours needs less; lines show the range", fontsize=8)
    axis.grid(axis="x", alpha=0.25)
    axis.set_axisbelow(True)
    axis.spines[["top", "right", "left"]].set_visible(False)
    figure.supxlabel(results.about(), fontsize=7, color="0.35")
    with atomic_write(path) as file:
        figure.savefig(file, format="png")


def _places(rows: list[Row]) -> tuple[list[float], list[tuple[float, str]]]:
    """Where each bar lies, workload by workload, and where the name of each workload stands: at its first bar."""
    places: list[float] = []
    heads = []
    for name, group in groupby(rows, _head):
        first = places[-1] + 1 + GAP if places else 0.0
        heads.append((first, name))
        places += [first + k for k, _ in enumerate(group)]
    return places, heads


def _head(row: Row) -> str:
    return row.workload if row.precision == "float32" else f"{row.workload} ({row.precision})"
