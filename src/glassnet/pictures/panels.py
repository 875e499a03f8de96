"""One picture beside what was found out about it, and rows of small maps below."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.figure import new_figure, save_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure
    from matplotlib.image import AxesImage

WIDTH = 10.4  # inches
EACH_ROW = 12  # small maps


class Panel(NamedTuple):
    """Numbers over a picture: (H, W), blue above 0 and red below, with a title and a line of what they mean."""

    title: str
    meaning: str
    values: Array


class Strip(NamedTuple):
    """The maps (H, W, C) of one layer, with a title; `numbers` are the places of the C maps in the layer, from 0."""

    title: str
    maps: Array
    numbers: Sequence[int]


def save_panels(
    heading: str, picture: Array | None, panels: Sequence[Panel], strips: Sequence[Strip], path: Path
) -> None:
    """Draw the panels beside each other, and the strips below, into a PNG.

    Parameters
    ----------
    picture : (H, W, C), whose strokes are drawn into every panel as a thin line; None without panels.
    """
    heights = [3.5] * bool(panels) + [0.35 + ceil(strip.maps.shape[2] / EACH_ROW) * _row(strip) for strip in strips]
    figure = new_figure(WIDTH, sum(heights) + 0.5)
    figure.suptitle(heading, fontsize=13, fontweight="bold", parse_math=False)
    parts = list(figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0])
    if panels:
        assert picture is not None  # panels are about one
        _draw_panels(parts.pop(0), picture, panels)
    for part, strip in zip(parts, strips, strict=True):
        _draw_strip(part, strip)
    save_figure(figure, path)


def _draw_panels(part: SubFigure, picture: Array, panels: Sequence[Panel]) -> None:
    strokes = np.pad(picture.mean(2), 1, constant_values=picture.mean(2).min())  # a line closes at the picture's edge
    height, width, _ = picture.shape
    for axis, panel in zip(part.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        axis.set_title(f"{panel.title}\n", fontsize=10, fontweight="bold", parse_math=False)
        about = axis.text(0.5, 1.03, panel.meaning, transform=axis.transAxes, ha="center", fontsize=8, color="0.35")
        about.set_parse_math(False)
        if panel.values is picture:
            image = _show_picture(axis, picture)
        else:
            bound = float(np.abs(panel.values).max()) or 1.0
            extent = (-0.5, width - 0.5, height - 0.5, -0.5)  # coarser numbers lie over the whole picture, too
            image = axis.imshow(panel.values, cmap="RdBu", vmin=-bound, vmax=bound, extent=extent)
            if strokes.min() < strokes.max():
                half = (strokes.min() + strokes.max()) / 2
                axis.contour(range(-1, width + 1), range(-1, height + 1), strokes, [half], colors="0.3", linewidths=0.9)
            axis.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
        _frame(axis)
        bar = part.colorbar(image, ax=axis, orientation="horizontal", shrink=0.8, aspect=18, pad=0.03)
        least, most = image.get_clim()
        ticks = sorted({least, min(max(0.0, least), most), most})
        bar.set_ticks(ticks, labels=[f"{tick:.2g}".replace("-", "−") for tick in ticks])
        bar.ax.tick_params(labelsize=8, length=2)
        bar.outline.set_visible(False)


def _show_picture(axis: Axes, picture: Array) -> AxesImage:
    """Colours as they are; anything else as ink on paper, the largest numbers black."""
    if picture.shape[2] != 3:
        return axis.imshow(picture.mean(2), cmap="Greys")
    least, most = picture.min(), picture.max()
    return axis.imshow((picture - least) / ((most - least) or 1.0), cmap="Greys", vmin=least, vmax=most)


def _draw_strip(part: SubFigure, strip: Strip) -> None:
    part.suptitle(strip.title, fontsize=10, x=0.01, ha="left")
    count = strip.maps.shape[2]
    bound = float(np.abs(strip.maps).max()) or 1.0
    axes = part.subplots(ceil(count / EACH_ROW), EACH_ROW, squeeze=False).ravel()
    for axis in axes[count:]:
        axis.set_axis_off()
    for k, axis in enumerate(axes[:count]):
        axis.imshow(strip.maps[:, :, k], cmap="RdBu", vmin=-bound, vmax=bound)
        axis.set_title(str(strip.numbers[k]), fontsize=7, color="0.35", pad=2)
        _frame(axis)


def _row(strip: Strip) -> float:
    """Inches that a row of maps is high."""
    height, width, _ = strip.maps.shape
    return WIDTH / EACH_ROW * min(3.0, height / width) + 0.1


def _frame(axis: Axes) -> None:
    axis.set_xticks([])
    axis.set_yticks([])
    axis.spines[:].set(color="0.8")
