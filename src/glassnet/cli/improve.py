"""glassnet improve"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import EngineName, Force, Json, LearntData, ModelPath, Quiet, Threads

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.evaluation import Mistake, Verdict
    from glassnet.improvement import Correction, Improvement, Improving

SHOWN = 10
CHANCE = 0.05  # a difference that is less likely than that is more than chance


def improve(
    model: ModelPath,
    out: Annotated[
        Path | None, typer.Option(help="The model file to write. [default: model-improved.safetensors]")
    ] = None,
    data: LearntData = None,
    engine: EngineName = "auto",
    threads: Threads = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Train a model on with its corrections, and say what it now gets right and which old answers broke.

    Learns gently, and rehearses what it learnt before: the data are found by their name and known by their fingerprint;
    others are refused. Writes a new model and keeps the corrections beside that, too. The same model, corrections and
    data give the same bits.

    \b
    Examples:
      glassnet correct mnist.safetensors seven.png --label 7
      glassnet improve mnist.safetensors
    """
    from glassnet.cli.compilation import open_engine
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import check_output, print_json, say, tell
    from glassnet.cli.verdict import verdict_figures
    from glassnet.errors import DataError
    from glassnet.files import claim, save
    from glassnet.improvement import Corrections, Improving
    from glassnet.reproduction import find_parts

    target = out or model.with_name(f"{model.stem}-improved{model.suffix}")
    check_output(target, force)
    trained = load_healthy(model)
    if trained.classes is None:
        raise DataError("This network answers with numbers, so it has no corrections.")
    kept = Corrections(model, trained.classes, trained.network.input_shape)
    if not kept.items:
        raise DataError(
            f"There are no corrections beside {str(model)!r}.",
            f"Begin with: glassnet correct {model} PICTURE --label WHAT-IT-IS.",
        )
    computes = open_engine(engine, threads, quiet)
    with claim(target):
        improving = Improving(trained, kept.items, find_parts(trained, data, model.parent), computes)
        if not quiet:
            old = len(improving.data) - improving.copies * len(kept.items)
            say(
                f"Learning from {_counted(kept.items)}, {improving.copies} times each, among {old:,} samples "
                f"of {improving.parts.train.name}."
            )
        _run(improving, quiet)
        found = improving.outcome()
        save(improving.model(verdict_figures(found.after), model.name), target)
        kept.copy_to(target)
    if json:
        print_json(_document(model, target, kept.items, found))
    elif not quiet:
        tell(
            "\n".join(
                [
                    *_lines(kept.items, found, improving.parts.test),
                    f"The improved network is in {target}.",
                ]
            )
        )


def _run(improving: Improving, quiet: bool) -> None:
    """Train to the end, unless somebody wishes to stop; then nothing is written."""
    from contextlib import closing

    from glassnet.cli.output import say
    from glassnet.cli.progress import display
    from glassnet.cli.stopping import stop_wish

    with stop_wish() as wish, closing(improving.events()) as events, display(improving.recipe, quiet) as shown:
        for event in events:
            shown.show(event, improving.run.history)
            if wish.signal:
                break
    if wish.signal and not improving.run.ended:
        say("Stopped. Nothing was written.")
        raise typer.Exit(wish.exit_code)


def _lines(corrections: list[Correction], found: Improvement, test: Dataset) -> list[str]:
    """What has changed, for people; `test` are all old test samples."""
    lines = [f"{found.right:,} of {_counted(corrections)} answered rightly now, {found.right_before:,} before."]
    lines += [
        f"  {one.source} is {one.label}, and is still taken for {given}"
        for one, given in zip(corrections, found.answers, strict=True)
        if given != one.label
    ][:SHOWN]
    lines.append(
        f"Of {found.after.samples:,} old test samples {_right(found.after)} are right; {_right(found.before)} were "
        f"before: {len(found.mended):,} mended, {len(found.broken):,} broken."
    )
    left_out = len(test) - found.after.samples
    if left_out:
        lines.append(f"Left out: {left_out:,} more, from which the corrections were made: it knows their answers now.")
    if (found.broken or found.mended) and found.chance > CHANCE:
        lines.append("That difference is no more than chance.")
    lines += [
        f"  broken: {test.called(one.index)} is {one.true}, now taken for {one.predicted}"
        for one in found.broken[:SHOWN]
    ]
    if len(found.broken) > SHOWN:
        lines.append(f"  and {len(found.broken) - SHOWN:,} more")
    return lines


def _counted(corrections: list[Correction]) -> str:
    return f"{len(corrections):,} correction{'' if len(corrections) == 1 else 's'}"


def _right(verdict: Verdict) -> str:
    return f"{verdict.samples - len(verdict.mistakes):,}"


def _document(model: Path, out: Path, corrections: list[Correction], found: Improvement) -> dict[str, Any]:
    """What has changed, for JSON."""

    def listed(mistakes: list[Mistake]) -> list[dict[str, Any]]:
        return [{"index": one.index, "true": one.true, "wrong": one.predicted} for one in mistakes]

    return {
        "model": str(out),
        "from": str(model),
        "corrections": [
            {"source": one.source, "label": one.label, "before": one.answered, "after": given}
            for one, given in zip(corrections, found.answers, strict=True)
        ],
        "right_before": found.right_before,
        "right": found.right,
        "accuracy_before": found.before.accuracy,
        "accuracy": found.after.accuracy,
        "samples": found.after.samples,
        "broken": listed(found.broken),
        "mended": listed(found.mended),
        "chance": found.chance,
    }
