"""glassnet reproduce"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.options import Force, Json, LearntData, ModelPath, Quiet

if TYPE_CHECKING:
    from glassnet.reproduction import Outcome, Retraining

DIFFERENT = 1  # the exit code where the bits are not the same


def reproduce(
    model: ModelPath,
    data: LearntData = None,
    out: Annotated[Path | None, typer.Option(help="Keep the network that came of it in this file.")] = None,
    force: Force = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Train a model again as its receipt says, and compare the weights bit for bit.

    The data are found by their name and known by their fingerprint. The exit code is 0 where the bits are the same, and
    1 where they are not; then it says what differs from the training of then: seed, settings, versions, threads or
    processor. Data that are not those of then are refused. Nothing is written without --out.

    \b
    Examples:
      glassnet reproduce model.safetensors
      glassnet reproduce people.safetensors --data people --out again.safetensors
    """
    from glassnet.cli.output import check_output, print_json, say, tell
    from glassnet.files import load
    from glassnet.reproduction import Retraining, find_data

    if out is not None:
        check_output(out, force, model)
    trained = load(model)
    retraining = Retraining(trained, find_data(trained, data, model.parent))
    if not quiet:
        say(
            f"Training again on {retraining.data.name}: {len(retraining.data):,} samples, "
            f"seed {retraining.recipe.seed}, {retraining.told.steps:,} steps."
        )
    _run(retraining, quiet)
    outcome = retraining.outcome()
    if out is not None:
        _keep(retraining, out)
    if json:
        print_json(_document(model, retraining, outcome))
    elif not quiet:
        tell("\n".join(_lines(outcome)))
    if not outcome.same:
        raise typer.Exit(DIFFERENT)


def _run(retraining: Retraining, quiet: bool) -> None:
    """Train to the end, unless somebody wishes to stop."""
    from contextlib import closing

    from glassnet.cli.output import say
    from glassnet.cli.progress import display
    from glassnet.cli.stopping import stop_wish

    with (
        stop_wish() as wish,
        closing(retraining.events()) as events,
        display(retraining.recipe, quiet) as shown,
    ):
        for event in events:
            shown.show(event, retraining.run.history)
            if wish.signal:
                break
    if wish.signal:
        say(f"Stopped after step {retraining.run.step:,} of {retraining.told.steps:,}. Nothing was compared.")
        raise typer.Exit(wish.exit_code)


def _keep(retraining: Retraining, out: Path) -> None:
    """Write what came of it, with a receipt of its own; how good it is, nobody has measured."""
    from dataclasses import replace

    from glassnet.files import machine, save

    now = {"steps": retraining.run.step, "ended": retraining.run.ended, "seconds": round(retraining.seconds, 3)}
    receipt = {**retraining.trained.receipt, **now, "machine": machine(), "figures": {}}
    receipt["first_weights"] = retraining.first_weights
    again = replace(retraining.trained, network=retraining.network, receipt=receipt, history=retraining.run.history)
    save(again, out)


def _lines(outcome: Outcome) -> list[str]:
    """The outcome for people."""
    numbers = f"{outcome.weights:,} weights"
    changed = f"{outcome.weights_differing:,} of {numbers}"
    if outcome.state:
        numbers += f" and {outcome.state:,} numbers of state"
        changed += f" and {outcome.state_differing:,} of {outcome.state:,} numbers of state"
    causes = [f"  {cause}: {'; '.join(lines)}" for cause, lines in outcome.causes.items()]
    if outcome.same:
        return [
            f"The same bits: {numbers}.",
            *(["This was otherwise then, and did not matter:", *causes] if causes else []),
        ]
    lines = []
    if outcome.weights_differing or outcome.state_differing:
        lines.append(f"Not the same bits: {changed} differ, the largest by {outcome.largest:.2g}.")
    then, now = (
        f"{steps:,} steps ({ended or 'stopped'})" for steps, ended in zip(outcome.steps, outcome.ended, strict=True)
    )
    if then != now:
        lines.append(f"It made {then} then, and {now} now.")
    if causes:
        lines += ["What differs from the training of then:", *causes]
    if outcome.causes.keys() <= {"settings", "weights"}:
        lines.append(
            "Seed, data, versions, engine, threads and processor are the same: the file was changed by a program, or "
            "glassnet has a fault."
        )
    return lines


def _document(model: Path, retraining: Retraining, outcome: Outcome) -> dict[str, Any]:
    """The outcome for JSON."""
    return {
        "model": str(model),
        "same": outcome.same,
        "weights": outcome.weights,
        "weights_differing": outcome.weights_differing,
        "state": outcome.state,
        "state_differing": outcome.state_differing,
        "largest_difference": outcome.largest,
        "then": {"steps": outcome.steps[0], "ended": outcome.ended[0]},
        "now": {"steps": outcome.steps[1], "ended": outcome.ended[1]},
        "causes": outcome.causes,
        "data": retraining.data.name,
        "seed": retraining.recipe.seed,
        "seconds": round(retraining.seconds, 3),
    }
