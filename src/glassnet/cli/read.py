"""glassnet read"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Force, Json, Quiet

if TYPE_CHECKING:
    from glassnet.pictures import Reading


def read(
    pictures: Annotated[list[Path], typer.Argument(metavar="PICTURE...", help="Pictures with digits in them.")],
    model: Annotated[
        Path | None, typer.Option(help="A network that was trained on digits or mnist.", metavar="MODEL")
    ] = None,
    annotate: Annotated[Path | None, typer.Option(help="Draw what was found into this PNG (one picture).")] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Read the digits in pictures: one or several that stand apart, dark on light or light on dark.

    Shows every digit as the network saw it. Where nothing looks like a digit, that is said.

    \b
    Examples:
      glassnet train mnist --net cnn --out mnist.safetensors
      glassnet read photo.jpg --model mnist.safetensors --annotate seen.png
    """
    import numpy as np

    from glassnet.cli.findings import say_strange
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import check_output, console, print_json, printable, tell
    from glassnet.errors import ParameterError
    from glassnet.explain.diagnosis import strange_inputs
    from glassnet.pictures import draw_digits, load_picture, read_picture, save_annotated

    if model is None:
        raise ParameterError(
            "read needs a network that knows digits.",
            "Train one with 'glassnet train mnist --net cnn', then name it with --model.",
        )
    if annotate is not None:
        if len(pictures) != 1:
            raise ParameterError("--annotate draws into one file.", "Give one picture at a time.")
        check_output(annotate, force, model, *pictures)
    trained = load_healthy(model)
    terminal = console()
    found, seen = [], []
    for path in pictures:
        grey = load_picture(path)
        reading = read_picture(trained, grey)
        found.append(_document(path, reading))
        seen.append(reading.seen)
        if annotate is not None:
            save_annotated(grey, reading, annotate)
        if quiet or json:
            continue
        if not reading.digits:
            tell(f"{path}: no digit found.")
            continue
        shown = [replace(digit, digit=printable(digit.digit)) for digit in reading.digits]
        terminal.print(draw_digits(replace(reading, digits=shown), terminal.width), soft_wrap=True)
        tell(f"{path}: {' / '.join(reading.lines)}")
    strange = strange_inputs(trained, np.concatenate(seen))
    if json:
        print_json({"pictures": found, "findings": [strange.to_document()] if strange else []})
    elif not quiet:
        say_strange(strange)


def _document(path: Path, reading: Reading) -> dict[str, Any]:
    digits = [
        {"digit": digit.digit, "confidence": digit.confidence, "box": list(digit.box), "line": digit.line}
        for digit in reading.digits
    ]
    return {"file": str(path), "lines": reading.lines, "digits": digits}
