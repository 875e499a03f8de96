"""The tasks that `lab forget` gives one after another, and the jobs that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from glassnet.errors import DataError, ParameterError

if TYPE_CHECKING:
    from glassnet.lab import ForgettingJob

Tasks = tuple[tuple[int, ...], ...]
EXAMPLE = "Write 0-4,5-9 or cat+dog,bird, say."


def parse_tasks(text: str | None, classes: Sequence[Any]) -> tuple[list[str], Tasks]:
    """What --tasks asks for: a name for each task, and its classes as indices; None is two halves of the classes.

    Tasks are parted by commas, the classes of one by +; 0-4 is all from 0 to 4. ParameterError for anything else.
    """
    labels = [str(label) for label in classes]
    if text is None:
        half = (len(labels) + 1) // 2
        parts = range(half), range(half, len(labels))
        return [_name(labels, part) for part in parts], tuple(tuple(part) for part in parts)
    names = [name.strip() for name in text.split(",")]
    tasks = tuple(
        tuple(index for part in name.split("+") for index in _classes(part.strip(), labels)) for name in names
    )
    flat = [index for task in tasks for index in task]
    if len(tasks) < 2 or len(set(flat)) < len(flat):
        raise ParameterError(f"--tasks must name two tasks or more, each class once. Got {text!r:.100}.", EXAMPLE)
    return names, tasks


def _name(labels: list[str], part: range) -> str:
    return labels[part[0]] if len(part) == 1 else f"{labels[part[0]]}-{labels[part[-1]]}"


def _classes(part: str, labels: list[str]) -> range:
    """The indices of one class, or of all from one to another."""
    first, _, last = (part, "", part) if part in labels else part.partition("-")
    if first not in labels or last not in labels or labels.index(first) > labels.index(last):
        raise ParameterError(f"--tasks: {part!r:.60} names no classes. They are {', '.join(labels):.200}.", EXAMPLE)
    return range(labels.index(first), labels.index(last) + 1)


def plan_tasks(
    source: str, text: str | None, *, runs: int, net: str | None, epochs: int | None, seed: int, engine: str
) -> tuple[list[str], list[ForgettingJob]]:
    """The names of the tasks, and a job for each run, seed after seed.

    Raises
    ------
    ParameterError, ShapeError, DataError for everything that would stop a run, before the first one begins.
    """
    from glassnet.checks import check_integer
    from glassnet.cli.settings import Settings
    from glassnet.data import load_data
    from glassnet.engines import fit_task
    from glassnet.lab import RULES, ForgettingJob, tasks_of, together
    from glassnet.model import Sequential

    check_integer("lab forget", "--seed", seed, 0, 2**64 - runs)
    settings = Settings(net, epochs, *(None,) * 11, seed=0)
    settings.check()
    whole = load_data(source, 0).train
    if whole.classes is None:
        raise DataError(f"{source} has numbers for targets.", "A lab counts right answers: give data with classes.")
    names, tasks = ["first input", "second input"], Tasks()
    if source != RULES or text is not None:
        names, tasks = parse_tasks(text, whole.classes)
    data = together([part.train for part in tasks_of(source, 0, tasks)])
    layers, recipe = settings.choose(data)
    recipe = replace(recipe, shuffle=True, validation=0.0, patience=None)  # all at once must not be one after another
    network = Sequential(layers, data.sample_shape, seed=None)
    fit_task(network, data, recipe.loss, recipe.optimizer, total_steps=1, seed=0)
    job = ForgettingJob("", None, source, whole.fingerprint, tuple(layers), recipe, tasks, engine=engine)
    return names, [replace(job, recipe=replace(recipe, seed=seed + k)) for k in range(runs)]
