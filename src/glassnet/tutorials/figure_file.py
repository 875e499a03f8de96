"""A back end for Matplotlib: a figure that is shown is written beside the working folder's files, and never over one.

The figures of xor.py are xor-figure-1.png, xor-figure-2.png and so on. A figure that is shown again, as in an animation
with plt.pause(), keeps its file.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

from glassnet.atomic import atomic_write


class FigureManager(FigureManagerBase):
    """What pyplot holds of one figure."""

    path: Path | None = None

    def show(self) -> None:
        """Write the figure, and say where at the first time."""
        if self.path is None:
            self.path = _free_path()
            print(f"Figure {self.num} is in {self.path}", file=sys.stderr)
        with atomic_write(self.path) as file:
            self.canvas.figure.savefig(file, format="png")

    @classmethod
    def start_main_loop(cls) -> None:
        """Where a window would wait until it is closed: it is closed."""
        Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    """Draws as Agg does."""

    manager_class = FigureManager


def _free_path() -> Path:
    stem = Path(sys.argv[0]).stem
    return next(path for number in count(1) if not (path := Path(f"{stem}-figure-{number}.png")).exists())
