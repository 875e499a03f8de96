"""How a training ends: the network is judged, written into its file, and both are said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.session import Session


def finish(session: Session, test: Dataset, *, quiet: bool, json: bool) -> None:
    """Judge the network on samples it has not seen, write the model, and say both."""
    from glassnet.cli.findings import finding_lines
    from glassnet.cli.output import print_json, tell
    from glassnet.cli.report import another_start, training_document
    from glassnet.cli.verdict import verdict_figures, verdict_lines
    from glassnet.errors import DivergedError
    from glassnet.evaluation import examine
    from glassnet.explain.diagnosis import diagnose

    trained = session.finished or session.model({})
    findings = [] if quiet and not json else diagnose(trained, session.train)
    if trained.receipt["ended"].startswith("diverged"):
        if session.finished is None:
            session.out = _free_name(session.out)
            session.finish({})
        if not quiet and not json:
            tell("\n".join(finding_lines(findings)))
        raise DivergedError(
            f"The training {trained.receipt['ended']}. {str(session.out)!r} holds the last good weights.",
            f"Try a smaller rate: --learning-rate {session.recipe.optimizer.learning_rate / 10:.3g}.",
        )
    verdict = examine(trained, test)
    figures = verdict_figures(verdict)
    if session.finished is None:
        trained = session.finish(figures)
    if json:
        print_json(training_document(session, trained, figures, findings))
    elif not quiet:
        lines = verdict_lines(verdict, learnt=test is session.data)
        if test is session.data and figures["accuracy"] != 1 and "plateau" not in (one.name for one in findings):
            lines.append(another_start(session.recipe.seed))
        tell("\n".join([*lines, f"The network is in {session.out}.", *finding_lines(findings)]))


def _free_name(out: Path) -> Path:
    """A name beside `out` where that holds a model, which is worth more than one that diverged."""
    return out.with_name(f"{out.stem}.diverged{out.suffix}") if out.exists() else out
