"""glassnet show DATA"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glassnet.cli.tables import TABLES
from glassnet.data.sources import BUILT_IN

if TYPE_CHECKING:
    from glassnet.augmentation import Augmentation
    from glassnet.data import Choice, Dataset, Parts
    from glassnet.pictures import Tile

ROWS, WIDEST_ROW = 5, 8  # of a table of numbers, rows and columns that are shown
SHOWN = 10  # pictures in a terminal
ORIGINALS, VERSIONS = 10, 7  # pictures that are shown changed, and how often


def is_data(source: str) -> bool:
    """Whether a name means data, and no model."""
    return source in BUILT_IN or os.path.isdir(source) or source.lower().endswith(TABLES)


def show_data(
    source: str, out: Path | None, choice: Choice, *, augmented: bool, force: bool, quiet: bool, json: bool
) -> None:
    """Show samples of data: of pictures a sheet, in the terminal or a PNG; of anything else the first rows."""
    from glassnet.cli.check_report import class_rows, opening_line
    from glassnet.cli.output import check_output, console, print_json, tell
    from glassnet.cli.pictures import counted_pictures
    from glassnet.cli.tables import open_data
    from glassnet.pictures import save_contact_sheet

    if out is not None:
        check_output(out, force)
    with counted_pictures(quiet or json):
        parts = open_data(source, 0, None, choice, quiet=quiet or json)
    changes = _changes(parts.train) if augmented else None
    if out is not None:
        heading, tiles, each_row = _sheet(parts.train, changes)
        save_contact_sheet(heading, tiles, out, each_row)
    if json:
        print_json(_document(parts))
    elif not quiet:
        tell("\n".join([opening_line(parts), *parts.train.notes, *class_rows(parts)]))
        if out is not None:
            tell(f"The samples are in {out}.")
        elif len(parts.train.sample_shape) == 3:
            console().print(_drawing(parts.train, changes), soft_wrap=True)
        elif parts.train.preparation.columns:
            tell("\n".join(_cells(source)))
        else:
            tell(_rows(parts.train))


def _changes(data: Dataset) -> Augmentation:
    """How `train` would change these pictures, or would with --augment."""
    from glassnet import presets
    from glassnet.augmentation import AUGMENTATIONS
    from glassnet.pictures.samples import check_pictures

    check_pictures(data)
    chosen = presets.preset(presets.default_name(data), data).recipe.augmentation
    return chosen or AUGMENTATIONS["digits" if data.preparation.steps else "pictures"]


def _sheet(data: Dataset, changes: Augmentation | None) -> tuple[str, list[Tile], int]:
    """Heading, tiles, and how many stand in a row."""
    from glassnet.pictures import Tile, sample_tiles, typical_rows
    from glassnet.pictures.contact_sheet import EACH_ROW
    from glassnet.pictures.samples import target_words

    if changes is None:
        tiles = sample_tiles(data)
        return f"{len(tiles)} of {len(data):,} samples of {data.name}", tiles, EACH_ROW
    tiles = []
    for row in typical_rows(data, ORIGINALS):
        tiles.append(Tile(data.x[row], target_words(data, row)))
        tiles += [Tile(one, "changed") for one in _versions(data, row, changes, VERSIONS)]
    return f"Samples of {data.name}, each as it is and as training may change it", tiles, 1 + VERSIONS


def _versions(data: Dataset, row: int, changes: Augmentation, count: int) -> list[Any]:
    """One sample as the first epochs would see it."""
    import numpy as np

    return [changes(data.x[[row]], np.array([row]), epoch, 0)[0] for epoch in range(count)]


def _drawing(data: Dataset, changes: Augmentation | None) -> Any:
    """The same for the terminal, with fewer of them."""
    from dataclasses import replace

    import numpy as np

    from glassnet.cli.output import console, printable
    from glassnet.pictures import draw_samples, typical_rows
    from glassnet.pictures.samples import target_words

    rows = typical_rows(data, SHOWN)
    words = [printable(target_words(data, row)) for row in rows]
    if changes is not None:
        pictures, words = [], []
        for row in rows[: SHOWN // 2]:
            pictures += [data.x[row], *_versions(data, row, changes, 2)]
            words += [printable(target_words(data, row)), "changed", "changed"]
        data = replace(data, x=np.stack(pictures), y=np.repeat(data.y[rows[: SHOWN // 2]], 3, axis=0), names=None)
        rows = np.arange(len(pictures))
    return draw_samples(data, rows, words, console().width)


def _cells(source: str) -> list[str]:
    """The first rows of a table, as they stand in its file."""
    from glassnet.cli.tables import listing
    from glassnet.data.csv_table import read_table

    table, _ = read_table(source)
    return listing(list(table.columns), list(zip(*(cells[:ROWS] for cells in table.columns.values()), strict=True)))


def _rows(data: Dataset) -> str:
    """The first rows, with as many numbers as fit."""
    from glassnet.cli.output import table
    from glassnet.pictures.samples import target_words

    flat = data.x[:ROWS].reshape(min(ROWS, len(data)), -1)
    shown = flat[:, :WIDEST_ROW]
    more = ["…"] if flat.shape[1] > WIDEST_ROW else []
    head = ["sample", *(f"x{k}" for k in range(shown.shape[1])), *more, "target"]
    rows = [
        [str(row), *(f"{number:.4g}" for number in numbers), *more, target_words(data, row)]
        for row, numbers in enumerate(shown.tolist())
    ]
    return table(head, rows)


def _document(parts: Parts) -> dict[str, Any]:
    from glassnet.pictures import typical_rows
    from glassnet.pictures.samples import target_words

    train = parts.train
    return {
        "data": train.name,
        "train": len(train),
        "test": len(parts.test) if parts.test is not train else 0,
        "sample_shape": list(train.sample_shape),
        "classes": None if train.classes is None else list(train.classes),
        "notes": list(train.notes),
        "samples": [{"number": int(row), "target": target_words(train, row)} for row in typical_rows(train, SHOWN)],
    }
