"""What a lab found, in words, as a chart of signs and as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glassnet.cli.output import console, percent, printable, table, tell

if TYPE_CHECKING:
    from glassnet.cli.axis import Axis
    from glassnet.lab import Failure, Setting

BAR = 30  # columns of 100%
MOST_KINDS = 4  # of failure that are shown for a setting
FIVE = "least", "first_quartile", "median", "third_quartile", "most"
SIGNS, LETTERS = "█▓░", "#+-"  # up to the interval's low end, to the share itself, to the high end


def lab_document(data: str, axis: Axis, settings: Sequence[Setting], out: Path) -> dict[str, Any]:
    """What a lab found, for JSON."""
    return {
        "data": data,
        "over": axis.name or None,
        "settings": [
            {
                **({axis.name: one.value} if axis.name else {}),
                "runs": one.runs,
                "success": one.success,
                "low": one.low,
                "high": one.high,
                "accuracy": dict(
                    zip(("least", "first_quartile", "median", "third_quartile", "most"), one.quartiles, strict=True)
                ),
                "diverged": one.diverged,
                "failures": [
                    {"right": kind.right, "runs": kind.count, "seed": kind.seed, "outputs": kind.outputs}
                    for kind in one.failures
                ],
            }
            for one in settings
        ],
        "results": str(out),
    }


def report(axis: Axis, settings: Sequence[Setting], succeeds: bool, article: Mapping[Any, float], out: Path) -> None:
    """Print it: how often runs succeed, or how accuracies spread."""
    lines = [_successes(axis, settings)] if succeeds else [_spread(axis, settings)]
    if succeeds:
        lines += ["", "The darkest part of a bar ends, and the lightest, where the 95% interval does.", ""]
        lines += [line for one in settings for line in _failures(axis, one)]
    if article:
        places = (
            f"{article[one.value]:.0%} for {one.value} ({_place(article[one.value], one)})"
            for one in settings
            if one.value in article
        )
        lines.append(f"The article on XOR reports, by hidden neurons, about {', '.join(places)}.")
    lines += [f"{_name(axis, one)}: {one.diverged} of {one.runs} runs diverged." for one in settings if one.diverged]
    text = "\n".join([*lines, f"Every run is in {out}."])
    tell("\n".join(line.rstrip() for line in text.split("\n")))


def _place(share: float, one: Setting) -> str:
    """Where a share lies that somebody else reported."""
    return (
        "below our interval" if share < one.low else "above our interval" if share > one.high else "inside our interval"
    )


def _successes(axis: Axis, settings: Sequence[Setting]) -> str:
    signs = LETTERS if console().options.ascii_only else SIGNS
    rows = [
        (
            _label(one),
            str(one.runs),
            percent(one.success),
            f"{percent(one.low)} to {percent(one.high)}",
            _bar(one, signs),
        )
        for one in settings
    ]
    return table((axis.name, "runs", "success", "95% interval", " " * BAR), rows)


def _bar(one: Setting, signs: str) -> str:
    low, share, high = (round(BAR * part) for part in (one.low, one.success, one.high))
    return (signs[0] * low + signs[1] * (share - low) + signs[2] * (high - share)).ljust(BAR)


def _spread(axis: Axis, settings: Sequence[Setting]) -> str:
    rows = [(_label(one), str(one.runs), *(f"{figure:.4f}" for figure in one.quartiles)) for one in settings]
    head = (axis.name, "runs", "least", "quartile", "median", "quartile", "most")
    return f"Test accuracy over seeds:\n{table(head, rows)}"


def _failures(axis: Axis, one: Setting) -> list[str]:
    failed = sum(kind.count for kind in one.failures)
    if not failed:
        return []
    rest = sum(kind.count for kind in one.failures[MOST_KINDS:])
    more = [f"  other kinds in {_runs(rest)}"] if rest else []
    return [f"{_name(axis, one)}: {failed} of {one.runs} failed", *map(_failure, one.failures[:MOST_KINDS]), *more]


def _failure(kind: Failure) -> str:
    shown = ""
    if kind.outputs is not None:
        samples = (" ".join(f"{number:.3f}" for number in sample) for sample in kind.outputs)
        shown = f", such as {('  ' if len(kind.outputs[0]) == 1 else ' | ').join(samples)}"
    return f"  {kind.right} right in {_runs(kind.count)}{shown} (seed {kind.seed})"


def _runs(count: int) -> str:
    return f"{count} run{'s' * (count != 1)}"


def _label(one: Setting) -> str:
    return "" if one.value is None else printable(str(one.value))


def _name(axis: Axis, one: Setting) -> str:
    return f"{axis.name} {_label(one)}" if axis.name else "Of all"
