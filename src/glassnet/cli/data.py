"""glassnet data: a look at data, and pictures into IDX files and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.data_check import check
from glassnet.cli.options import Json, Quiet, show_help_alone

data_app = typer.Typer(
    name="data",
    help="Look at data before a training; pack pictures into IDX files, and unpack them.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

data_app.command()(check)

SIZE = "28x28"  # as MNIST has it
Out = Annotated[Path, typer.Option(help="The folder to write.")]


@data_app.command()
def pack(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Holds a folder of pictures for each class.")],
    out: Out = Path("packed"),
    size: Annotated[str, typer.Option(help="Height and width of the packed pictures.", metavar="HxW")] = SIZE,
    append: Annotated[bool, typer.Option("--append", help="Add to the IDX files that OUT holds.")] = False,
    invert: Annotated[bool, typer.Option("--invert", help="Make dark light: for ink on paper, beside MNIST.")] = False,
    unpack: Annotated[bool, typer.Option("--unpack", help="The other way: IDX files into pictures.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Pack a folder of pictures, with a folder for each class, into IDX files as MNIST has them.

    \b
    Examples:
      glassnet data pack cats/ --out cats-idx --size 32x32
      glassnet data pack my-digits/ --append --out mnist/     adds your own 28×28 pictures
      glassnet data pack mnist/ --unpack --out pictures       writes every picture as a PNG
      glassnet train cats-idx
    """
    from glassnet.cli.output import print_json, tell
    from glassnet.cli.pictures import parse_size
    from glassnet.data.pack import pack_folder
    from glassnet.data.unpack import unpack_folder
    from glassnet.errors import ParameterError

    if unpack and (append or invert or size != SIZE):
        raise ParameterError("--unpack writes every picture as it is.", "Leave --append, --invert and --size out.")
    if unpack:
        packed = unpack_folder(folder, out)
    else:
        packed = pack_folder(folder, out, parse_size(size), append=append, invert=invert)
    if json:
        print_json({"folder": str(packed.folder), "counts": packed.counts, "samples": sum(packed.counts.values())})
    elif not quiet:
        counts = ", ".join(f"{name}: {count}" for name, count in packed.counts.items())
        tell(f"{sum(packed.counts.values())} pictures ({counts}) are in {packed.folder}.")


@data_app.callback()
def options(context: typer.Context) -> None:
    """Without a command, the help."""
    show_help_alone(context)
