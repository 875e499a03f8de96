"""What commands say of tables: what was made of each column, and which cells of a new table were strange."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glassnet.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glassnet.data.dataset import Parts
    from glassnet.data.table import Choice, Loaded
    from glassnet.preparation import Columns, Preparation, Scale, Table

TABLES = (".csv", ".tsv", ".txt", ".npz")  # files of these names are data
MOST_COLUMNS = 30  # that are listed; of a wider table the first
MOST_REMARKS = 3


def open_data(source: str, seed: int, size: tuple[int, int] | None, choice: Choice, *, quiet: bool) -> Parts:
    """As load_data; of a table it is said what was made of it. `size` is for pictures."""
    from glassnet.data import load_data, load_table
    from glassnet.data.sources import is_table

    if not is_table(source):
        return load_data(source, seed, size, choice)
    loaded = load_table(source, seed, choice)
    if not quiet:
        say("\n".join(opening(loaded)))
    return loaded.parts


def opening(loaded: Loaded) -> list[str]:
    """What was made of a table, for people."""
    classes, y = loaded.parts.train.classes, loaded.parts.train.y
    rows = [(one.name, one.kind, f"{one.missing:,}" if one.missing else "·", one.becomes) for one in loaded.found]
    lines = [f"{loaded.table}: {loaded.rows:,} rows, {loaded.written}."]
    lines += listing(("column", "kind", "empty", "what becomes of it"), rows)
    if classes is None:
        unit, _ = target_unit(loaded.parts.train.preparation.target)
        what = f"numbers, {y.min():g} to {y.max():g}; losses count them in units of {unit:.4g}"
    else:
        what = f"{len(classes)} classes: {', '.join(map(str, classes[:10]))}{', …' if len(classes) > 10 else ''}"
    lines.append(f"To be learnt: {loaded.target}, {what}.")
    if loaded.dropped:
        lines.append(f"Rows without a {loaded.target} are left out: {loaded.dropped:,}.")
    held = len(loaded.parts.test)
    lines.append(f"Held out for the test: {held:,} row{'s' * (held != 1)}.")
    return lines


def listing(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table with aligned columns, each line as wide as the terminal at most, where there is one."""
    from glassnet.cli.output import console, fitting

    shown = [tuple(head), *(tuple(row) for row in rows[:MOST_COLUMNS])]
    wide = [min(max(len(row[k]) for row in shown), 24) for k in range(len(head) - 1)]
    lines = [
        "  "
        + "  ".join([*(fitting(cell, width).ljust(width) for cell, width in zip(row, wide, strict=False)), row[-1]])
        for row in shown
    ]
    more = [f"  … and {len(rows) - MOST_COLUMNS:,} more"] if len(rows) > MOST_COLUMNS else []
    return [fitting(line, console().width) for line in lines] + more if sys.stderr.isatty() else lines + more


def column_lines(columns: Columns) -> list[str]:
    """The columns that a network expects, and what it makes of their cells."""
    from glassnet.preparation import Category, Date, Number

    rows = []
    for column in columns.columns:
        match column:
            case Number():
                rows.append((column.name, "number", f"{column.fill:g} where it is empty"))
            case Category():
                listed = ", ".join(column.values[:8]) + (", …" if len(column.values) > 8 else "")
                rows.append((column.name, "category", f"{listed}; none of these where it is empty"))
            case Date():
                order = {"y": "year", "m": "month", "d": "day"}
                rows.append((column.name, "date", ", ".join(order[part] for part in column.order)))
    return [*listing(("column", "kind", "cells"), rows), f"answers with: {columns.target}"]


def say_cells(columns: Columns, table: Table) -> None:
    """Remark on cells of a new table that are empty, or hold categories that were not learnt."""
    from glassnet.preparation.cells import missing

    remarks = [
        f"{name}: not learnt, so none of its categories: {', '.join(values[:5])}{', …' if len(values) > 5 else ''}."
        for name, values in columns.unknown(table).items()
    ]
    empty = {name: int(missing(table.cells(name)).sum()) for name in columns.names}
    filled = [f"{name} {count:,}" for name, count in empty.items() if count]
    if filled:
        listed = ", ".join(filled[:10]) + (", …" if len(filled) > 10 else "")
        remarks.append(f"Empty cells are filled as in training: {listed}.")
    for remark in remarks[:MOST_REMARKS]:
        say(remark)
    if len(remarks) > MOST_REMARKS:
        say(f"The like is to be said of {len(remarks) - MOST_REMARKS:,} more columns.")


def say_meaning(preparation: Preparation) -> None:
    """Remark on what the inputs and outputs of the first and the last layer mean, where a table has been scaled."""
    if preparation.columns is not None:
        features = preparation.columns.features
        named = ", ".join(f"x{k} {name}" for k, name in enumerate(features[:MOST_COLUMNS], 1))
        say(f"Inputs, scaled: {named}{', …' if len(features) > MOST_COLUMNS else ''}.")
    unit, middle = target_unit(preparation.target)
    if (unit, middle) != (1, 0):
        say(f"Outputs and targets are scaled: y means {unit:.6g}·y + {middle:.6g}.")


def target_unit(scale: Scale) -> tuple[float, float]:
    """u and m, where a number y of the last layer means u·y + m; of several outputs those of the first."""
    factor, offset = (each[0] if isinstance(each, tuple) else each for each in (scale.factor, scale.offset))
    return 1 / factor, -offset
