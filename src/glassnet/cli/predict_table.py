"""glassnet predict MODEL TABLE: answers for every row of a table, on the screen or beside its cells in a new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from glassnet.cli.output import percent, print_json, tell
from glassnet.cli.tables import TABLES

if TYPE_CHECKING:
    from glassnet.arrays import Array
    from glassnet.data.csv_table import Written
    from glassnet.files import TrainedModel
    from glassnet.preparation import Table

SHOWN = 20  # rows on the screen
BLOCK = 20_000  # rows that are turned into text at a time


class Given(NamedTuple):
    """What is asked about: samples, and the table that they are rows of, None for an archive."""

    samples: Array
    table: Table | None
    written: Written | None


def is_table(trained: TrainedModel, text: str) -> bool:
    """Whether this INPUT of a network for rows is a file with many of them."""
    rows = trained.preparation.columns is not None or text.lower().endswith(TABLES)
    return rows and len(trained.network.input_shape) == 1 and os.path.isfile(text)


def predict_table(trained: TrainedModel, path: str, out: Path | None, *, quiet: bool, json: bool) -> None:
    """Answer every row of the table, or of the array x of the archive, at `path`.

    Raises
    ------
    DataError where a column is missing, or a cell is not of its kind, with its line; OutputError where `out` cannot be
    written.
    """
    from glassnet.cli.findings import say_strange
    from glassnet.explain.diagnosis import strange_inputs

    given = _read(trained, path, quiet)
    strange = strange_inputs(trained, given.samples)
    names, answers = _answers(trained, given.samples)
    if out is not None:
        _write(given, names, answers, out)
    if json:
        rows = [
            dict(zip(names, row, strict=True)) for row in zip(*(answer.tolist() for answer in answers), strict=True)
        ]
        print_json({"answers": rows, "findings": [strange.to_document()] if strange else []})
    elif not quiet:
        say_strange(strange)
        if out is None:
            tell("\n".join(_lines(given, names, answers)))
        else:
            tell(f"{len(given.samples):,} rows with their answers are in {out}.")


def _read(trained: TrainedModel, path: str, quiet: bool) -> Given:
    from glassnet.cli.tables import say_cells
    from glassnet.data import is_archive, read_npz
    from glassnet.data.csv_table import read_table
    from glassnet.errors import DataError

    if is_archive(path):
        arrays = read_npz(path)
        if "x" not in arrays:
            raise DataError(f"{path!r} holds no array x.", "Write np.savez('new.npz', x=x).")
        return Given(arrays["x"], None, None)
    columns = trained.preparation.columns
    if columns is None:
        raise DataError(
            "This network did not learn from a table, so it knows no columns by their names.", "Give rows of numbers."
        )
    table, written = read_table(path)
    samples = trained.preparation.rows(table)
    if not quiet:
        say_cells(columns, table)
    return Given(samples, table, written)


def _answers(trained: TrainedModel, samples: Array) -> tuple[list[str], list[Array]]:
    """The names of what is answered, and for each its values (N,): a class and how sure it is, or numbers."""
    import numpy as np

    from glassnet.engines import answer, choose_engine, predict

    columns = trained.preparation.columns
    target = columns.target if columns else "answer"
    if trained.classes is not None:
        found = answer(trained, samples, choose_engine())
        labels = np.where(found.refused, "none of these", np.array(found.classes, object))
        return [target, "sure"], [labels, found.confidences]
    outputs = predict(trained, samples, engine=choose_engine())
    names = [target] if outputs.shape[1] == 1 else [f"{target} {k}" for k in range(1, outputs.shape[1] + 1)]
    return names, list(outputs.T)


def _lines(given: Given, names: list[str], answers: list[Array]) -> list[str]:
    """The first answers, one a line."""
    lines = []
    for row in range(min(len(given.samples), SHOWN)):
        where = f"row {row + 1}" if given.table is None else f"line {given.table.lines[row]}"
        label, *more = (answer[row] for answer in answers)
        if names[-1] == "sure":
            lines.append(f"{where}: {label}, {percent(more[0])} sure")
        else:
            lines.append(f"{where}: {', '.join(f'{value:.6g}' for value in (label, *more))}")
    left = len(given.samples) - len(lines)
    return [*lines, f"… and {left:,} more; -o answers.csv writes all of them."] if left else lines


def _write(given: Given, names: list[str], answers: list[Array], out: Path) -> None:
    """The cells as they were given with the answers behind them, written as the table was, in UTF-8."""
    from glassnet.atomic import atomic_write
    from glassnet.data.write_table import write_rows

    table, written = given.table, given.written
    held = [] if table is None else list(table.columns)
    free = [name if name not in held else f"{name} (answer)" for name in names]
    mark = "." if table is None else table.mark

    def rows() -> Iterator[list[str]]:
        yield [*held, *free]
        for start in range(0, len(given.samples), BLOCK):
            part = slice(start, start + BLOCK)
            cells = [] if table is None else [table.columns[name][part].tolist() for name in held]
            texts = [[_cell(value, mark) for value in answer[part].tolist()] for answer in answers]
            yield from map(list, zip(*cells, *texts, strict=True))

    plain = written is None or written.encoding == "utf-8"
    with atomic_write(out) as file:
        write_rows(
            file,
            rows(),
            separator="," if written is None else written.separator,
            mark=mark,
            encoding="utf-8" if plain else "utf-8-sig",  # with a byte order mark, by which spreadsheets know it
        )


def _cell(value: Any, mark: str) -> str:
    return f"{value:.6g}".replace(".", mark) if isinstance(value, float) else str(value)
