"""What forgetting looked like, in words, as lines of signs and as figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.cli.output import console, percent, printable, table, tell

if TYPE_CHECKING:
    from glassnet.arrays import Array
    from glassnet.lab import Course, Row

LINE = 48  # columns for all epochs
HEIGHTS, LETTERS = "▁▁▂▃▄▅▆▇█", "..,:;-=+#"
FIVE = "median", "least", "most"


def forget_document(
    data: str, epochs: int, rows: Sequence[Row], courses: Sequence[Course], out: Path
) -> dict[str, Any]:
    """What came of it, for JSON."""
    return {
        "data": data,
        "runs": len(rows),
        "epochs": epochs,
        "tasks": [
            {
                "task": one.task,
                "median": one.median.tolist(),
                "least": one.least.tolist(),
                "most": one.most.tolist(),
                "together": dict(zip(FIVE, one.together, strict=True)),
            }
            for one in courses
        ],
        "results": str(out),
    }


def report_forgetting(courses: Sequence[Course], rows: Sequence[Row], out: Path) -> None:
    """Print the accuracy on each task after each, its course, and what it means."""
    epochs = (len(courses[0].median) - 1) // len(courses)
    after = [epochs * (k + 1) for k in range(len(courses))]
    names = [printable(one.task) for one in courses]
    body = [
        (name, *(_spread(one.median[k], one.least[k], one.most[k]) for k in after), _spread(*one.together))
        for name, one in zip(names, courses, strict=True)
    ]
    first = courses[0]
    learnt, left = first.median[after[0]], first.median[after[-1]]
    wide = max(map(len, names))
    lines = [
        f"Test accuracy on each task, median of {len(rows)} run{'s' * (len(rows) != 1)} (least to most):",
        table(("task", *(f"after {name}" for name in names), "all at once"), body),
        "",
        *(f"{name.rjust(wide)}  {_course(one.median, epochs)}" for name, one in zip(names, courses, strict=True)),
        "",
        f"Of {names[0]}, {percent(learnt)} is right once it is learnt, {percent(left)} after the rest; "
        f"{percent(first.together[0])} where all is learnt at once.",
    ]
    diverged = sum(row["ended"].startswith("diverged") for row in rows)
    lines += [f"{diverged} of {len(rows)} runs diverged."] if diverged else []
    tell("\n".join([*lines, f"Every run is in {out}."]))


def _spread(median: float, least: float, most: float) -> str:
    return f"{percent(median)} ({100 * least:.0f} to {100 * most:.0f})"


def _course(accuracies: Array, epochs: int) -> str:
    """The course of an accuracy as columns of eighths, with a stroke wherever the task changes."""
    ascii_only = console().options.ascii_only
    signs, stroke = (LETTERS, "|") if ascii_only else (HEIGHTS, "│")
    tasks = (len(accuracies) - 1) // epochs
    columns = min(epochs, LINE // tasks)
    ends = np.linspace(epochs / columns, epochs, columns).round().astype(int)  # of a column's epochs
    drawn = ["".join(signs[round(8 * float(accuracies[k * epochs + end]))] for end in ends) for k in range(tasks)]
    return stroke.join(drawn)
