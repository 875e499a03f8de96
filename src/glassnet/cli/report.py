"""A training, in words and as figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        f"{type(recipe.optimizer).__name__}, rate {recipe.optimizer.learning_rate:g}, batches of {recipe.batch_size}"
        f"{', products in bf16' * (recipe.precision == 'bf16')}.",
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


def another_start(seed: int) -> str:
    """For sets such as XOR, whose few samples a network of a few neurons learns from some first weights only."""
    return f'Not every start succeeds: try --seed {seed + 1}, or more neurons: --net "dense8 relu dense1".'
