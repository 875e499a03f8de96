"""glassnet evaluate"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import DataName, Force, Json, ModelPath, Quiet

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.evaluation import NumbersVerdict, Verdict

SHOWN_MISTAKES, DRAWN_MISTAKES = 10, 60


def evaluate(
    model: ModelPath,
    data: DataName,
    confusion: Annotated[Path | None, typer.Option(help="Draw which class was taken for which into this PNG.")] = None,
    mistakes: Annotated[Path | None, typer.Option(help="Draw the pictures it got wrong into this PNG.")] = None,
    calibration: Annotated[
        Path | None, typer.Option(help="Draw how often it is right against how sure it is into this PNG.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="What DATA is drawn from; the model's own seed unless given.")
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say how good a network is on samples of DATA that it has not learnt from.

    Those are the test samples of a built-in set, and of what the network learnt from; of other data they are all.

    Shows the share of right answers with its 95% interval, beside it what always giving the commonest answer and what
    asking the nearest training sample would reach; how sure the network is and ought to be; precision and recall of
    each class, which classes are taken for which, and the mistakes the network was surest of. Where something stands in
    the network's way (dead units, overfitting, inputs on another scale, ...), it says so, with the evidence and what to
    try.

    \b
    Examples:
      glassnet evaluate model.safetensors digits
      glassnet evaluate mnist.safetensors mnist --mistakes mistakes.png --confusion confusion.png
    """
    from glassnet.cli.findings import finding_lines
    from glassnet.cli.judging import data_to_judge
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import check_output, print_json, tell
    from glassnet.cli.pictures import counted_pictures
    from glassnet.cli.verdict import nearest_line, verdict_details, verdict_figures, verdict_lines
    from glassnet.evaluation import Verdict, examine, nearest_neighbour
    from glassnet.explain.diagnosis import diagnose

    drawings = [path for path in (confusion, mistakes, calibration) if path is not None]
    for k, path in enumerate(drawings):
        check_output(path, force, model, *drawings[:k])
    trained = load_healthy(model)
    used_seed = trained.receipt.get("seed", 0) if seed is None else seed
    with counted_pictures(quiet):
        train, test, remark = data_to_judge(trained, data, used_seed)
    verdict = examine(trained, test)
    _draw(verdict, test, confusion, mistakes, calibration)
    if quiet and not json:
        return
    findings = diagnose(trained, test)
    nearest = nearest_neighbour(train, test) if train else None
    if json:
        details = verdict_details(verdict, nearest, test)
        print_json({**verdict_figures(verdict), **details, "findings": [one.to_document() for one in findings]})
        return
    lines = verdict_lines(verdict, learnt=test is train)
    if isinstance(verdict, Verdict):
        lines += [nearest_line(nearest, verdict)] if nearest else []
        lines += _mistake_lines(verdict, test)
    tell("\n".join([*([remark] if remark else []), *lines, *finding_lines(findings)]))


def _mistake_lines(verdict: Verdict, test: Dataset) -> list[str]:
    """The classes one by one, their confusions, and the surest mistakes; nothing where there are none."""
    from glassnet.cli.output import percent
    from glassnet.cli.verdict import class_table, confusion_table

    if not verdict.mistakes:
        return []
    surest = [
        f"  {test.called(one.index)}: {one.true} taken for {one.predicted}, {percent(one.confidence)} sure"
        for one in verdict.mistakes[:SHOWN_MISTAKES]
    ]
    tables = [class_table(verdict), "", confusion_table(verdict)]
    return ["", *tables, "", "The mistakes it was surest of:", *surest]


def _draw(
    verdict: Verdict | NumbersVerdict,
    test: Dataset,
    confusion: Path | None,
    mistakes: Path | None,
    calibration: Path | None,
) -> None:
    """Write the pictures that were asked for; DataError where there is nothing to draw."""
    from glassnet.cli.output import percent, say
    from glassnet.errors import DataError
    from glassnet.evaluation import NumbersVerdict
    from glassnet.pictures import Tile, save_confusion, save_contact_sheet, save_reliability

    if confusion is mistakes is calibration is None:
        return
    if isinstance(verdict, NumbersVerdict):
        raise DataError("This network answers with numbers, so there are no classes to draw.", "Take a classifier.")
    if confusion is not None:
        save_confusion(verdict.confusion, verdict.classes, confusion)
    if calibration is not None:
        save_reliability(verdict.calibration, calibration)
    if mistakes is None:
        return
    if verdict.mistakes and len(test.sample_shape) != 3:
        raise DataError(f"The samples of {test.name} are no pictures.", "--json has all mistakes.")
    tiles = [
        Tile(test.x[one.index], f"is {one.true}\nsaid {one.predicted}, {percent(one.confidence)}")
        for one in verdict.mistakes[:DRAWN_MISTAKES]
    ]
    if not tiles:
        say(f"The network made no mistakes on {test.name}, so there is nothing to draw.")
        return
    heading = f"{len(tiles)} of {len(verdict.mistakes)} mistakes on {test.name}, the surest first"
    save_contact_sheet(heading, tiles, mistakes)
