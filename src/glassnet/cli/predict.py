"""glassnet predict"""

from __future__ import annotations

import os
import re
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Force, Json, ModelPath, Quiet

if TYPE_CHECKING:
    from glassnet.arrays import Array
    from glassnet.files import TrainedModel
    from glassnet.preparation import Columns, Preparation


def predict(
    model: ModelPath,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Rows such as 1,0,0, picture files, or one table or archive of rows."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the rows of a table with their answers into this file.")
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say what a network answers to rows or to pictures of one thing each.

    The columns of a table are found by their names. A row on the command line has the cells in the order that
    'glassnet show MODEL' lists, or names: rooms=3,district=east.

    \b
    Examples:
      glassnet predict moons.safetensors 0.5,0.25 -1,0.5
      glassnet predict mnist.safetensors seven.png
      glassnet predict flats.safetensors new-flats.csv -o answers.csv
    """
    import numpy as np

    from glassnet.cli.findings import say_strange
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import check_output, print_json, tell
    from glassnet.cli.predict_table import is_table, predict_table
    from glassnet.errors import ParameterError
    from glassnet.explain.diagnosis import strange_inputs

    if out is not None:
        check_output(out, force, model, *map(Path, inputs))
    trained = load_healthy(model)
    if len(inputs) == 1 and is_table(trained, inputs[0]):
        predict_table(trained, inputs[0], out, quiet=quiet, json=json)
        return
    if out is not None:
        raise ParameterError("--out writes the answers to a table.", "Give one table, or leave it out.")
    samples = np.stack([sample(trained, text) for text in inputs])
    answers, strange = _answers(trained, samples), strange_inputs(trained, samples)
    if json:
        print_json({"answers": answers, "findings": [strange.to_document()] if strange else []})
    elif not quiet:
        say_strange(strange)
        tell("\n".join(f"{text}: {_in_words(answer)}" for text, answer in zip(inputs, answers, strict=True)))


def _answers(trained: TrainedModel, samples: Array) -> list[dict[str, Any]]:
    """For each sample its class, the confidence in it, and the outputs; no class where the network gives numbers."""
    from glassnet.engines import answer, predict as outputs_of

    if trained.classes is None:
        outputs = outputs_of(trained, samples)
        return [{"class": None, "confidence": None, "refused": False, "outputs": row.tolist()} for row in outputs]
    found = answer(trained, samples)
    return [
        {"class": label, "confidence": float(confidence), "refused": bool(refused), "outputs": row.tolist()}
        for label, confidence, refused, row in zip(
            found.classes, found.confidences, found.refused, found.outputs, strict=True
        )
    ]


def _in_words(answer: dict[str, Any]) -> str:
    from glassnet.cli.output import percent

    if answer["class"] is None:
        return ", ".join(f"{value:.6g}" for value in answer["outputs"])
    bare = f"  (output {answer['outputs'][0]:.6g})" if len(answer["outputs"]) == 1 else ""
    told = f"{answer['class']}, {percent(answer['confidence'])} sure{bare}"
    return f"none of these (nearest is {told})" if answer["refused"] else told


def sample(trained: TrainedModel, text: str) -> Array:
    """One INPUT as the network's data sets store a sample."""
    from glassnet.errors import DataError, ShapeError
    from glassnet.pictures import prepare_picture

    shape, columns = trained.network.input_shape, trained.preparation.columns
    if len(shape) == 3 and os.path.exists(text):
        return prepare_picture(trained, text)
    if columns is not None:
        return _table_row(trained.preparation, columns, text)
    row = _row(text)
    if row is None and len(shape) == 3:
        raise DataError(f"There is no picture {text!r:.200}.", "Look for a typing error in its name.")
    if row is None:
        raise DataError(f"{text!r:.200} is no row of numbers.", f"Write {','.join(['0.5'] * shape[0])[:40]}, say.")
    if row.size != prod(shape):
        raise ShapeError(
            f"{text!r:.60} is a row of {row.size}, but {trained.network.names[0]} expects {prod(shape)} numbers."
        )
    return row.reshape(shape)


def _table_row(preparation: Preparation, columns: Columns, text: str) -> Array:
    """A sample from the cells of a table's row; it is remarked on what is strange in them."""
    from glassnet.cli.tables import TABLES, say_cells
    from glassnet.data.csv_table import read_row
    from glassnet.errors import DataError

    if text.lower().endswith(TABLES):
        raise DataError(f"There is no file {text!r:.200}.", "Look for a typing error in its name.")
    table = read_row(text, columns.names)
    row: Array = preparation.rows(table)[0]
    say_cells(columns, table)
    return row


def _row(text: str) -> Array | None:
    """The numbers that `text` lists; None where it is something else."""
    import numpy as np

    try:
        return np.array([float(word) for word in re.split(r"[\s,;]+", text.strip(" ,;"))])
    except ValueError:
        return None
