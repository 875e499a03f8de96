"""glassnet read"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Force, Json, Quiet

if TYPE_CHECKING:
    from glassnet.arrays import Array
    from glassnet.pictures import Reading

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".ppm", ".pgm")
STDIN = "standard input"


def read(
    pictures: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PICTURE", help="Pictures with digits, or folders of them."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            help="A network that was trained on digits or mnist, in place of the one in the box.", metavar="MODEL"
        ),
    ] = None,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read a picture from standard input.")] = False,
    annotate: Annotated[Path | None, typer.Option(help="Draw what was found into this PNG (one picture).")] = None,
    stages: Annotated[
        Path | None, typer.Option(help="Draw every stage, and what is read after it, into this PNG (one picture).")
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Read the digits in pictures: photos of handwriting or print, dark on light or light on dark.

    Shows every digit as the network saw it; doubtful ones have a question mark. Where nothing looks like a digit, that
    is said. Of a folder all pictures are read, in the order of their names.

    \b
    Examples:
      glassnet read photo.jpg
      glassnet read photo.jpg --annotate seen.png --stages stages.png
      glassnet read photo.jpg --model mnist.safetensors
    """
    import numpy as np

    from glassnet.cli.findings import say_strange
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import check_output, console, print_json, printable, tell
    from glassnet.errors import ParameterError
    from glassnet.explain.diagnosis import strange_inputs
    from glassnet.files import boxed_digits
    from glassnet.pictures import draw_digits, read_picture, save_annotated

    named = [] if pictures is None else pictures
    if bool(named) == stdin:
        raise ParameterError("read needs pictures, or --stdin, and not both.", "Name a photo: glassnet read photo.jpg")
    paths = [Path(STDIN)] if stdin else list(_files(named))
    for option, out in (("--annotate", annotate), ("--stages", stages)):
        if out is not None:
            if len(paths) != 1:
                raise ParameterError(f"{option} draws into one file.", "Give one picture at a time.")
            check_output(out, force, model, stages if out is annotate else None, *paths)
    trained = boxed_digits() if model is None else load_healthy(model)
    terminal = console()
    found, seen = [], []
    for path in paths:
        grey, factor = _load(path, stdin=stdin)
        reading = read_picture(trained, grey)
        found.append(_document(path, reading, factor))
        seen.append(reading.seen)
        if annotate is not None:
            save_annotated(grey, reading, annotate)
        if stages is not None:
            from glassnet.pictures import picture_stages, save_stages

            save_stages(f"{path.name}: {' / '.join(reading.lines)}", picture_stages(trained, grey), reading, stages)
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


def _files(named: list[Path]) -> Iterator[Path]:
    """The pictures themselves, and those in the folders; DataError where a folder has none."""
    from glassnet.cli.output import say
    from glassnet.errors import DataError

    for path in named:
        if not path.is_dir():
            yield path
            continue
        files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        pictures = [file for file in files if file.suffix.lower() in SUFFIXES]
        if not pictures:
            raise DataError(f"The folder {str(path)!r} holds no pictures.", f"Pictures end in {', '.join(SUFFIXES)}.")
        if len(pictures) < len(files):
            say(f"{path}: {len(files) - len(pictures)} of {len(files)} files are no pictures, and left out.")
        yield from pictures


def _load(path: Path, *, stdin: bool) -> tuple[Array, float]:
    """The picture in a file, or from standard input, as `load_reduced` has it."""
    import sys

    from glassnet.pictures import load_reduced, reduced_from_bytes

    return reduced_from_bytes(sys.stdin.buffer.read(), STDIN) if stdin else load_reduced(path)


def _document(path: Path, reading: Reading, factor: float) -> dict[str, Any]:
    """What `--json` tells of a picture, whose sides are so many times as long as those of what was read."""
    digits = [
        {
            "digit": digit.digit,
            "confidence": digit.confidence,
            "alternatives": [{"digit": other, "confidence": share} for other, share in digit.alternatives],
            "doubtful": digit.doubtful,
            "box": [round(factor * side) for side in digit.box],
            "line": digit.line,
        }
        for digit in reading.digits
    ]
    return {"file": str(path), "lines": reading.lines, "digits": digits}
