"""A training and its verdict, in words and as figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from glassnet.cli.output import percent, table
from glassnet.evaluation import Fit, Verdict

if TYPE_CHECKING:
    from glassnet.data.labels import Label
    from glassnet.explain.diagnosis import Finding
    from glassnet.files import TrainedModel
    from glassnet.session import Session


def opening_lines(session: Session) -> str:
    """What is trained, on what."""
    network, recipe = session.network, session.recipe
    held = f", {len(session.validation):,} held out" if session.validation else ""
    lines = [
        *session.data.notes,
        f"Training on {session.data.name}: {len(session.train):,} samples{held}, seed {recipe.seed}.",
        f"The network has {len(network.layers)} layers, {network.weight_layout.size:,} parameters. "
        f"{type(recipe.optimizer).__name__}, rate {recipe.optimizer.learning_rate:g}, batches of {recipe.batch_size}.",
    ]
    if session.why_reference:
        lines.append(f"The engine reference computes: the engine cpu would not do, because {session.why_reference}.")
    return "\n".join([*lines, session.note] if session.note else lines)


def training_document(
    session: Session, trained: TrainedModel, figures: dict[str, Any], findings: Sequence[Finding]
) -> dict[str, Any]:
    """What came of a training, for JSON; `figures` are its verdict, `findings` its diagnosis."""
    receipt = trained.receipt
    return {
        "model": str(session.out),
        "epochs": len(trained.history["loss"]),
        "seconds": receipt["seconds"],
        "steps": receipt["steps"],
        "ended": receipt["ended"],
        "seed": receipt["seed"],
        "engine": session.engine.name,
        **figures,
        "findings": [one.to_document() for one in findings],
    }


def verdict_figures(verdict: Verdict | Fit) -> dict[str, Any]:
    """The figures for JSON and for a receipt; None for those that have no meaning here."""
    if isinstance(verdict, Fit):
        return {
            "accuracy": None,
            "low": None,
            "high": None,
            "samples": verdict.samples,
            "mean_squared_error": verdict.mean_squared_error,
            "r2": verdict.r2,
        }
    return {
        "accuracy": verdict.accuracy,
        "low": verdict.low,
        "high": verdict.high,
        "samples": verdict.samples,
        "baseline": verdict.baseline,
    }


def verdict_lines(verdict: Verdict | Fit, *, learnt: bool = False) -> list[str]:
    """The verdict in two or three sentences; `learnt` where the samples are those that the network learnt from."""
    if isinstance(verdict, Fit):
        return [
            f"On {verdict.samples:,} samples the mean squared error is {verdict.mean_squared_error:.4g}; "
            f"that explains {percent(verdict.r2)} of the variance."
        ]
    right = verdict.samples - len(verdict.mistakes)
    if learnt:
        answered = f"{right:,} of the {verdict.samples:,} samples that it learnt from are right."
    else:
        answered = (
            f"{right:,} of {verdict.samples:,} test samples are right: {percent(verdict.accuracy)} "
            f"(95% interval {percent(verdict.low)} to {percent(verdict.high)})."
        )
    return [
        answered,
        f"Always answering {str(verdict.majority)!r} would be right in {percent(verdict.baseline)}.",
    ]


def confusion_table(verdict: Verdict, classes: tuple[Label, ...]) -> str:
    """Which class was taken for which: a row for each true class, a dot for nought."""
    rows = [
        (str(label), *(str(count) if count else "·" for count in counts))
        for label, counts in zip(classes, verdict.confusion, strict=True)
    ]
    return table(("true \\ answer", *map(str, classes)), rows)


def another_start(seed: int) -> str:
    """For sets such as XOR, whose few samples a network of a few neurons learns from some first weights only."""
    return f'Not every start succeeds: try --seed {seed + 1}, or more neurons: --net "dense8 relu dense1".'
