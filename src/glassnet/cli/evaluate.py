"""glassnet evaluate"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from glassnet.cli.options import DATA_HELP, Json, ModelPath, Quiet

SHOWN_MISTAKES = 10
WIDEST_TABLE = 20  # classes; a larger table does not fit a terminal


def evaluate(
    model: ModelPath,
    data: Annotated[str, typer.Argument(metavar="DATA", help=DATA_HELP)],
    seed: Annotated[
        int | None, typer.Option(help="What DATA is drawn from; the model's own seed unless given.")
    ] = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Say how good a network is on the test samples of DATA.

    Shows the share of right answers with its 95% interval, what always giving the commonest answer would reach, which
    classes are taken for which, and the mistakes the network was surest of. Where something stands in the network's
    way (dead units, overfitting, inputs on another scale, ...), it says so, with the evidence and what to try.

    \b
    Examples:
      glassnet evaluate model.safetensors digits
      glassnet evaluate mnist.safetensors mnist --json
    """
    from glassnet.cli.findings import finding_lines
    from glassnet.cli.models import load_healthy
    from glassnet.cli.output import percent, print_json, tell
    from glassnet.cli.pictures import counted_pictures, picture_fit
    from glassnet.cli.report import confusion_table, verdict_figures, verdict_lines
    from glassnet.data import load_data
    from glassnet.evaluation import Verdict, examine
    from glassnet.explain.diagnosis import diagnose

    trained = load_healthy(model)
    used_seed = trained.receipt.get("seed", 0) if seed is None else seed
    with counted_pictures(quiet):
        parts = load_data(data, used_seed, picture_fit(trained))
    verdict = examine(trained, parts.test)
    if quiet and not json:
        return
    findings = diagnose(trained, parts.test)
    if json:
        mistakes = verdict.mistakes if isinstance(verdict, Verdict) else []
        found = {
            "mistakes": [asdict(mistake) for mistake in mistakes],
            "findings": [one.to_document() for one in findings],
        }
        print_json({**verdict_figures(verdict), **found})
        return
    lines = verdict_lines(verdict, learnt=parts.test is parts.train)
    if isinstance(verdict, Verdict) and verdict.mistakes and trained.classes is not None:
        if len(trained.classes) <= WIDEST_TABLE:
            lines += ["", confusion_table(verdict, trained.classes), ""]
        lines += ["The mistakes it was surest of:"]
        lines += [
            f"  sample {one.index}: {one.true} taken for {one.predicted}, {percent(one.confidence)} sure"
            for one in verdict.mistakes[:SHOWN_MISTAKES]
        ]
    tell("\n".join([*lines, *finding_lines(findings)]))
