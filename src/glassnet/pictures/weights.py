"""Weights as pictures: what each unit of the first layer looks for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from glassnet.arrays import Array
from glassnet.data.labels import Label
from glassnet.errors import ParameterError
from glassnet.layers import Conv2D, Dense
from glassnet.model import Sequential
from glassnet.pictures.figure import new_figure, save_figure

if TYPE_CHECKING:
    from rich.text import Text

MOST = 64  # pictures; more are too small to be seen beside each other
NEAR_ZERO, STRONG = 0.15, 0.5  # of the largest weight: what a terminal without colours leaves blank, and marks twice
SMALL = 8  # rows; a picture of fewer would be lost in every second one
BLUE, RED = (33, 102, 172), (178, 24, 43)


class WeightPicture(NamedTuple):
    """The weights of one unit, (H, W), and what to write above them."""

    title: str
    weights: Array


def weight_pictures(network: Sequential, classes: Sequence[Label] | None) -> list[WeightPicture]:
    """The weights of the first layer that has any, a picture for each of its units, 64 at most.

    A Dense layer over pictures gives a picture of the input's size for each output; over vectors, its whole matrix. A
    Conv2D layer gives its kernels, one for each filter and input channel. Where the layer's outputs are the network's,
    the classes are the titles.

    Raises
    ------
    ParameterError where no layer has weights to draw.
    """
    for k, layer in enumerate(network.layers):
        if not isinstance(layer, (Dense, Conv2D)):
            continue
        name, W = network.names[k], network.weight_layout.views(network.vectors.weights)[k]["W"]
        if isinstance(layer, Conv2D):
            channels = W.shape[2]
            titles = [
                str(o + 1) if channels == 1 else f"{o + 1}·{c + 1}"
                for o in range(layer.filters)
                for c in range(channels)
            ]
            kernels = W.transpose(3, 2, 0, 1).reshape(-1, *W.shape[:2])
            return [WeightPicture(*pair) for pair in zip(titles, kernels, strict=True)][:MOST]
        if len(network.input_shape) != 3:
            return [WeightPicture(f"{name}.W", W)]
        height, width, channels = network.input_shape
        last = classes is not None and network.output_shape == (layer.units,) and len(classes) == layer.units
        titles = [str(label) for label in classes or ()] if last else [str(o + 1) for o in range(layer.units)]
        units = W.T.reshape(layer.units, height, width, channels).mean(3)
        return [WeightPicture(*pair) for pair in zip(titles, units, strict=True)][:MOST]
    raise ParameterError("No layer of this network has weights that could be drawn.")


def save_weights(pictures: Sequence[WeightPicture], path: Path) -> None:
    """Draw the pictures into a PNG, blue for positive weights, white for none, red for negative ones, on one scale."""
    columns = min(len(pictures), ceil(sqrt(2 * len(pictures))))
    rows = ceil(len(pictures) / columns)
    side = 1.3 if len(pictures) > 1 else 3.0  # inches
    figure = new_figure(1.2 + side * columns, 0.4 + (side + 0.2) * rows)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    bound = _bound(pictures)
    for axis in axes:
        axis.set_axis_off()
    for axis, picture in zip(axes, pictures, strict=False):
        image = axis.imshow(
            picture.weights,
            cmap="RdBu",
            vmin=-bound,
            vmax=bound,
            aspect="auto" if picture.weights.shape[0] > 4 * picture.weights.shape[1] else "equal",
        )
        axis.set_title(picture.title, fontsize=9, parse_math=False)
    figure.colorbar(image, ax=axes.tolist(), label="weight", shrink=0.8)
    save_figure(figure, path)


def draw_weights(pictures: Sequence[WeightPicture], width: int, *, colour: bool) -> Text:
    """The pictures side by side for a terminal of `width` columns: in colours two rows a line, else in signs.

    Without colours # and + are positive weights, = and - negative ones, the doubled strokes at half of the largest or
    more.
    """
    from rich.text import Text

    drawn = Text()
    bound = _bound(pictures)
    wide = max(max(picture.weights.shape[1], len(picture.title)) for picture in pictures) + 2
    each_line = max(1, width // wide)
    for start in range(0, len(pictures), each_line):
        group = pictures[start : start + each_line]
        drawn.append("".join(picture.title.ljust(wide) for picture in group).rstrip() + "\n")
        blocks = [
            _coloured(picture.weights / bound) if colour else _signs(picture.weights / bound) for picture in group
        ]
        for line in zip(*blocks, strict=True):
            for cell in line:
                drawn.append_text(cell)
                drawn.append(" " * (wide - len(cell)))
            drawn.append("\n")
    return drawn


def _bound(pictures: Sequence[WeightPicture]) -> float:
    """The largest weight of all, for one scale around zero."""
    return max(float(np.abs(picture.weights).max()) for picture in pictures) or 1.0


def _signs(weights: Array) -> list[Text]:
    """A line of signs for every second row, since a letter is twice as high as wide; small pictures keep all rows."""
    from rich.text import Text

    bounds = [-STRONG, -NEAR_ZERO, NEAR_ZERO, STRONG]
    rows = weights[:: 2 if len(weights) > SMALL else 1]
    return [Text("".join("=- +#"[k] for k in np.digitize(row, bounds))) for row in rows]


def _coloured(weights: Array) -> list[Text]:
    """Two rows a line: the upper one colours the half block, the lower one what is behind it."""
    from rich.text import Text

    if len(weights) % 2:
        weights = np.vstack([weights, np.zeros_like(weights[:1])])
    lines = []
    for upper, lower in zip(weights[::2], weights[1::2], strict=True):
        line = Text()
        for above, below in zip(upper, lower, strict=True):
            line.append("▀", f"{_colour(above)} on {_colour(below)}")
        lines.append(line)
    return lines


def _colour(weight: float) -> str:
    """From red over white to blue, as #rrggbb, for a weight in −1 to 1."""
    end = BLUE if weight > 0 else RED
    return "#" + "".join(f"{round(255 + (channel - 255) * abs(weight)):02x}" for channel in end)
