"""A drawing by Matplotlib, from an empty sheet to the file."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from glassnet.atomic import atomic_write

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def new_figure(width: float, height: float) -> Figure:
    """An empty sheet of this size in inches, which needs no display; what is put on it makes room for itself."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save_figure(figure: Figure, path: Path) -> None:
    """Write a drawing as a PNG; signs that its font lacks are drawn as boxes."""
    with warnings.catch_warnings(), atomic_write(path) as file:
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        figure.savefig(file, format="png")


def shorten(text: str, most: int) -> str:
    """At most so many signs of a text, the last one … where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
