"""Options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DATA_HELP = (
    "digits, mnist, xor, people, first-input, moons, circles, spirals, blobs, a folder with a folder of pictures "
    "for each class, or one of IDX files (as MNIST has), a table (CSV) or an archive (NPZ)."
)
DataName = Annotated[str, typer.Argument(metavar="DATA", help=DATA_HELP)]
LearntData = Annotated[
    str | None, typer.Option(help=f"What it learnt from, where it is not found by its name: {DATA_HELP}")
]

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, and nothing else, on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no report.")]
ModelPath = Annotated[Path, typer.Argument(metavar="MODEL", help="A model file, such as model.safetensors.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the output where it exists.")]

EngineName = Annotated[
    str, typer.Option("--engine", help="What computes: auto, cpu (compiled) or reference (NumPy).", metavar="NAME")
]
Threads = Annotated[int | None, typer.Option(help="The most threads of the engine cpu. [default: all cores]")]

PictureSize = Annotated[
    str | None, typer.Option(help="Height and width that pictures of a folder are fitted into.", metavar="HxW")
]

PictureMemory = Annotated[
    str, typer.Option("--memory", help="The most memory that pictures of a folder take at a time.", metavar="SIZE")
]

# Of tables.
Target = Annotated[str | None, typer.Option(help="The column to be learnt; else the last.", metavar="COLUMN")]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", help="A column to leave out; may be given again.", metavar="COLUMN")
]
Task = Annotated[
    str | None, typer.Option(help="What is to be learnt: classes or numbers; else as it looks.", metavar="KIND")
]

# Of the labs.
OwnNet = Annotated[str | None, typer.Option(help="A network other than the data's own.", metavar="NET")]
FirstSeed = Annotated[int, typer.Option(help="The seed of the first run; the next has the next one.")]
Chart = Annotated[Path | None, typer.Option(help="Draw the results into this PNG.")]
Workers = Annotated[int | None, typer.Option(help="How many runs at once; as many as there are processors.")]
ClusterAddress = Annotated[
    str | None, typer.Option(help="Do the runs on the workers of this Dask scheduler.", metavar="tcp://HOST:PORT")
]
ForceLab = Annotated[
    bool, typer.Option("--force", help="Replace the chart where it exists, and the results of another lab.")
]

MENDABLE = 2  # the exit code for what a person can mend


def show_help_alone(context: typer.Context) -> None:
    """Print the help, and leave, where no command follows."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(MENDABLE)
