"""What a lab varies, and the jobs that come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from glassnet.checks import check_choice, check_integer
from glassnet.errors import DataError, ParameterError

if TYPE_CHECKING:
    from glassnet.data import Choice
    from glassnet.lab import Job
    from glassnet.layers import Layer


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "true": True, "no": False, "false": False}[text.lower()]


KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "hidden": ("whole numbers such as 2,4,6", int),
    "net": ('networks such as "dense4 relu dense1;dense8 relu dense1"', str),
    "optimizer": ("names such as sgd,adam", str),
    "learning_rate": ("numbers such as 0.01,0.1", float),
    "schedule": ("names such as constant,cosine", str),
    "batch_size": ("whole numbers such as 16,32", int),
    "epochs": ("whole numbers such as 5,10", int),
    "weight_decay": ("numbers such as 0,0.001", float),
    "clip_norm": ("numbers such as 0.5,1", float),
    "validation": ("numbers such as 0.1,0.2", float),
    "patience": ("whole numbers such as 3,10", int),
    "shuffle": ("yes,no", _yes_or_no),
}


@dataclass(frozen=True)
class Axis:
    """The setting that is varied, by name, and its values; "" and None where nothing is."""

    name: str
    values: tuple[Any, ...]


def parse_axis(hidden: str | None, over: str | None) -> Axis:
    """What --hidden and --over ask for; ParameterError where it is not understood."""
    if hidden is not None and over is not None:
        raise ParameterError("--hidden and --over both name what to vary.", "Give one of them.")
    if hidden is None and over is None:
        return Axis("", (None,))
    name, equals, listed = f"hidden={hidden}".partition("=") if over is None else over.partition("=")
    name = name.strip().replace("-", "_")
    if not equals:
        raise ParameterError(f"--over must be a name and values. Got {over!r}.", "Write learning_rate=0.01,0.1, say.")
    check_choice("lab", "--over", name, KINDS)
    wanted, convert = KINDS[name]
    parts = [part.strip() for part in listed.split(";" if name == "net" else ",")]
    try:
        values = tuple(dict.fromkeys(convert(part) for part in parts if part))
    except (ValueError, KeyError):
        values = ()
    if not values:
        raise ParameterError(f"The values of {name} must be {wanted}. Got {listed!r}.")
    return Axis(name, values)


def plan(
    source: str, axis: Axis, choice: Choice, *, runs: int, net: str | None, epochs: int | None, seed: int, engine: str
) -> tuple[list[Job], bool]:
    """The jobs of a lab, seed after seed, and whether its networks are asked about what they learnt from.

    Raises
    ------
    ParameterError, ShapeError, DataError for everything that would stop a run, before the first one begins.
    """
    from glassnet.cli.settings import Settings
    from glassnet.data import load_data
    from glassnet.engines import fit_task
    from glassnet.lab import Job
    from glassnet.model import Sequential

    check_integer("lab", "--seed", seed, 0, 2**64 - runs)
    names = ("optimizer", "batch_size", "learning_rate", "schedule", "weight_decay", "clip_norm", "validation")
    nothing = dict.fromkeys((*names, "patience", "shuffle", "augment", "precision"))
    base = Settings(**nothing, net=net, epochs=epochs, seed=0)
    chosen = []
    for value in axis.values:
        settings = base if axis.name in ("", "hidden") else replace(base, **{axis.name: value})
        settings.check()
        chosen.append((value, settings))
    parts = load_data(source, 0, choice=choice)
    if parts.train.classes is None:
        raise DataError(f"{source} has numbers for targets.", "A lab counts right answers: give data with classes.")
    kinds = []
    for value, settings in chosen:
        layers, recipe = settings.choose(parts.train)
        if axis.name == "hidden":
            layers = _with_hidden(layers, value)
        network = Sequential(layers, parts.train.sample_shape, seed=None)
        fit_task(network, parts.train, recipe.loss, recipe.optimizer, total_steps=1, seed=0)
        same = (source, parts.train.fingerprint, tuple(layers), recipe)
        kinds.append(Job(axis.name, value, *same, engine=engine, choice=choice))
    jobs = [replace(job, recipe=replace(job.recipe, seed=seed + k)) for k in range(runs) for job in kinds]
    return jobs, parts.test is parts.train


def _with_hidden(layers: list[Layer], units: int) -> list[Layer]:
    """The layers with so many neurons in every dense layer but the last."""
    from glassnet.layers import Dense

    places = [k for k, layer in enumerate(layers) if isinstance(layer, Dense)][:-1]
    if not places:
        raise ParameterError("This network has no hidden layer.", 'Give one that has: --net "dense8 relu dense1", say.')
    return [
        replace(layer, units=units) if k in places and isinstance(layer, Dense) else layer
        for k, layer in enumerate(layers)
    ]
