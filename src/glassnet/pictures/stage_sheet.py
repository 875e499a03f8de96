"""The stages of reading side by side, and the digits as the network saw them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from glassnet.arrays import Array
from glassnet.pictures.figure import new_figure, save_figure, shorten
from glassnet.pictures.read import Digit, Reading
from glassnet.pictures.reduced import reduced
from glassnet.pictures.stages import Stage

WIDTH = 11.0  # inches
EACH_ROW = 3  # stages
DIGITS = 24  # that are shown of each row
LARGEST = 700  # pixels of the longer side of a stage
LONGEST_LINE, MOST_LINES = 34, 6  # of what is read, below a stage


def save_stages(heading: str, told: Sequence[Stage], reading: Reading, path: Path) -> None:
    """Draw the stages into a PNG, with what is read from each below it; OutputError where it cannot be written."""
    rows = ceil(len(told) / EACH_ROW)
    each = WIDTH / EACH_ROW * min(1.3, max(stage.picture.shape[0] / stage.picture.shape[1] for stage in told)) + 1.1
    digits = [(digit, seen) for digit, seen in zip(reading.digits, reading.seen, strict=True)]
    digit_rows = ceil(len(digits) / DIGITS)
    figure = new_figure(WIDTH, rows * each + digit_rows * 0.75 + 0.6)
    figure.suptitle(heading, fontsize=12, fontweight="bold", parse_math=False)
    heights = [rows * each, *[digit_rows * 0.75] * bool(digits)]
    parts = list(figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0])
    axes = parts[0].subplots(rows, EACH_ROW, squeeze=False).ravel()
    for axis in axes:
        axis.set_axis_off()
    for number, (axis, stage) in enumerate(zip(axes, told, strict=False), 1):
        axis.imshow(reduced(stage.picture, LARGEST), cmap="gray", vmin=0, vmax=255)
        axis.set_title(f"{number}. {stage.name}", fontsize=10, fontweight="bold", parse_math=False)
        axis.text(
            0.5, -0.03, _words(stage), transform=axis.transAxes, ha="center", va="top", fontsize=9, parse_math=False
        )
    if digits:
        parts[1].suptitle("as the network saw them", fontsize=10)
        axes = parts[1].subplots(digit_rows, DIGITS, squeeze=False).ravel()
        for axis in axes:
            axis.set_axis_off()
        for axis, (digit, seen) in zip(axes, digits, strict=False):
            _draw_digit(axis, digit, seen)
    save_figure(figure, path)


def _draw_digit(axis: object, digit: Digit, seen: Array) -> None:
    from matplotlib.axes import Axes

    assert isinstance(axis, Axes)
    axis.imshow(seen[:, :, 0], cmap="gray_r")
    words = f"{digit.digit}{'?' * digit.doubtful}\n{digit.confidence:.0%}"
    axis.set_title(words, fontsize=7, color="tab:orange" if digit.doubtful else "black", parse_math=False)


def _words(stage: Stage) -> str:
    if not stage.lines:
        return "no digit found"
    lines = [shorten(line, LONGEST_LINE) for line in stage.lines[:MOST_LINES]]
    more = ["…"] if len(stage.lines) > MOST_LINES else []
    return "\n".join([*lines, *more, f"confidence {stage.confidence:.0%}"])
