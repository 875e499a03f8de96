"""Where there is no display, plt.show() writes each figure into a PNG of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BACKEND = "module://glassnet.tutorials.figure_file"
NAME = "MPLBACKEND"  # where Matplotlib, imported later, finds the name of its back end


@contextmanager
def figures_in_files() -> Iterator[None]:
    """As long as the block runs, figures go to files if nothing can show them and nobody has chosen a back end."""
    if os.environ.get(NAME) or _has_display():
        yield
        return
    before = _backend()
    os.environ[NAME] = BACKEND
    try:
        if before is not None:
            _switch(BACKEND)
        yield
    finally:
        del os.environ[NAME]
        if _backend() is not None:
            _switch(before or "agg")
            _close_ours()


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _backend() -> str | None:
    """Matplotlib's back end; "" where it has not chosen yet, None where nobody has imported Matplotlib."""
    if "matplotlib" not in sys.modules:
        return None
    import matplotlib

    return matplotlib.get_backend(auto_select=False) or ""


def _switch(backend: str) -> None:
    import matplotlib

    matplotlib.use(backend)


def _close_ours() -> None:
    from matplotlib._pylab_helpers import Gcf

    from glassnet.tutorials.figure_file import FigureManager

    for manager in Gcf.get_all_fig_managers():
        if isinstance(manager, FigureManager):
            Gcf.destroy(manager)
