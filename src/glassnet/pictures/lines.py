"""From boxes to lines, in the order in which one reads."""

from __future__ import annotations

from collections.abc import Sequence

from glassnet.pictures.segment import Box

OVERLAP = 0.4  # of the lower of two boxes: as much is beside each other in a line, a slanting one too


def reading_order(boxes: Sequence[Box]) -> list[list[int]]:
    """Numbers of the boxes, line by line from the top and each line from the left.

    Going from left to right, a box continues the line whose last box it stands beside, or begins a new one.
    """
    lines: list[list[int]] = []
    for number in sorted(range(len(boxes)), key=lambda number: boxes[number].left):
        beside = [beside_by(boxes[line[-1]], boxes[number]) for line in lines]
        if max(beside, default=0.0) >= OVERLAP:
            lines[beside.index(max(beside))].append(number)
        else:
            lines.append([number])
    return sorted(
        lines, key=lambda line: sum(boxes[number].top + boxes[number].height / 2 for number in line) / len(line)
    )


def beside_by(one: Box, other: Box) -> float:
    """The height that two boxes share, as a part of the lower one's height."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, shared) / min(one.height, other.height)
