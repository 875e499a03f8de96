"""glassnet data check"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import DataName, Force, Ignored, Json, Quiet, Target, Task

if TYPE_CHECKING:
    from glassnet.data import Parts
    from glassnet.inspection import Inspection

DRAWN_SUSPECTS = 60
SECONDS = 5.0  # between two words on how far it is


def check(
    data: DataName,
    samples: Annotated[Path | None, typer.Option(help="Draw samples of each class into this PNG.")] = None,
    suspects: Annotated[Path | None, typer.Option(help="Draw the pictures of doubtful labels into this PNG.")] = None,
    target: Target = None,
    ignore: Ignored = None,
    task: Task = None,
    seed: Annotated[int, typer.Option(help="What DATA, and all that is random in the check, is drawn from.")] = 0,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Look at data before a network learns from them.

    Counts the classes; finds samples that are there twice, and pictures that are nearly the same: on both sides of the
    test, which makes it worthless, or under two classes; lets networks, quickly trained, doubt labels that they have
    not learnt from; and says what always giving the commonest answer and what the nearest neighbour reach, which a
    network has to beat.

    \b
    Examples:
      glassnet data check digits
      glassnet data check mnist --samples samples.png --suspects doubtful.png
      glassnet data check flats.csv --target rent --ignore address
    """
    import warnings

    from glassnet.cli.check_document import inspection_document
    from glassnet.cli.check_report import inspection_lines
    from glassnet.cli.output import check_output, print_json, tell
    from glassnet.cli.pictures import counted_pictures
    from glassnet.cli.tables import open_data
    from glassnet.data import Choice
    from glassnet.inspection import inspect_data
    from glassnet.pictures import sample_tiles, save_contact_sheet

    for path, other in ((samples, suspects), (suspects, samples)):
        if path is not None:
            check_output(path, force, other)
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        with counted_pictures(quiet or json):
            parts = open_data(data, seed, None, Choice(target, tuple(ignore or ()), task), quiet=quiet or json)
    notes = [str(remark.message) for remark in remarks]
    tiles = [] if samples is None else sample_tiles(parts.train, seed)
    found = inspect_data(parts, seed, Progress(quiet or json))
    if samples is not None:
        save_contact_sheet(f"{len(tiles)} of {len(parts.train):,} samples of {parts.train.name}", tiles, samples)
    if suspects is not None:
        _draw_suspects(parts, found, suspects)
    if json:
        print_json(inspection_document(parts, found, notes))
    elif not quiet:
        tell("\n".join(inspection_lines(parts, found, notes)))


class Progress:
    """Says now and then how far the slow part is."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.said_at = quiet, time.monotonic()

    def __call__(self, share: float) -> None:
        from glassnet.cli.output import percent, say

        if not self.quiet and time.monotonic() - self.said_at >= SECONDS:
            self.said_at = time.monotonic()
            say(f"Doubting labels: {percent(share)}")


def _draw_suspects(parts: Parts, found: Inspection, path: Path) -> None:
    from glassnet.cli.output import say
    from glassnet.pictures import Tile, save_contact_sheet
    from glassnet.pictures.samples import check_pictures

    check_pictures(parts.train)
    if not found.suspects:
        say(f"No label of {parts.train.name} is in doubt, so there is nothing to draw.")
        return
    tiles = [
        Tile(parts.train.x[one.number], f"{parts.train.called(one.number)}\nis {one.label}\nrather {one.likelier}")
        for one in found.suspects[:DRAWN_SUSPECTS]
    ]
    heading = f"{len(tiles)} of {len(found.suspects)} doubtful labels of {parts.train.name}, the most doubtful first"
    save_contact_sheet(heading, tiles, path)
