"""The history of a training as curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import ParameterError
from glassnet.pictures.figure import new_figure, save_figure

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

History = Mapping[str, Sequence[float]]
HEIGHT = 8  # lines of the curve in a terminal
MARGIN = 10  # columns before the bars
EIGHTHS, LETTERS = " ▁▂▃▄▅▆▇█", " ....::##"


def save_history(history: History, path: Path) -> None:
    """Draw loss, and accuracy where there is one, of every epoch into a PNG; dashed on the held-out samples.

    Raises
    ------
    ParameterError where the history is empty.
    """
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    panels = [name for name in ("loss", "accuracy") if history.get(name)]
    if not panels:
        raise ParameterError("This model has no history to draw.")
    figure = new_figure(4.8 * len(panels) + 0.4, 3.4)
    for axis, name in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        for key, label, style in ((name, "training", "-"), (f"validation_{name}", "held out", "--")):
            if values := history.get(key):
                epochs = np.arange(1, len(values) + 1)
                axis.plot(epochs, values, style, label=label, marker="o" if len(values) <= 30 else "", markersize=3)
        axis.set(title=name, xlabel="epoch")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.grid(alpha=0.25)
        axis.spines[["top", "right"]].set_visible(False)
        if name == "accuracy":
            axis.yaxis.set_major_formatter(PercentFormatter(1.0))
        if len(axis.lines) > 1:
            axis.legend(frameon=False)
    save_figure(figure, path)


@dataclass(frozen=True)
class CurveDrawing:
    """For Rich: bars in eighths of a line, in letters where there is only ASCII."""

    losses: Array
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        top = float(self.losses.max(where=np.isfinite(self.losses), initial=0.0)) or 1.0
        shown = np.nan_to_num(self.losses, nan=top, posinf=top)
        room = max(1, self.width - MARGIN - 2)
        columns = min(len(shown), room)
        bars = np.array([part.mean() for part in np.array_split(shown, columns)])
        heights = np.rint(bars / top * HEIGHT * 8).astype(int).repeat(min(4, room // columns))
        signs = LETTERS if options.ascii_only else EIGHTHS
        for level in reversed(range(HEIGHT)):
            label = f"{top:.4f} " if level == HEIGHT - 1 else "0 " if level == 0 else ""
            row = "".join(signs[min(8, max(0, height - 8 * level))] for height in heights)
            yield Text(f"{label:>{MARGIN}}{row}".rstrip())
        told = f"loss of epochs 1 to {len(self.losses)}; the last is {self.losses[-1]:.4f}"
        yield Text(f"{'':{MARGIN}}{told}")


def draw_curve(history: History, width: int) -> CurveDrawing:
    """The loss of every epoch as bars for a terminal of `width` columns, its largest and last value beside them."""
    return CurveDrawing(np.asarray(history["loss"], float), width)
