"""What a receipt tells of a training, checked: others may write into a receipt what they like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glassnet.engines import Engine, choose_engine
from glassnet.errors import ModelFileError
from glassnet.files import TrainedModel
from glassnet.recipe import Recipe

MOST_STEPS = 2**53


@dataclass(frozen=True)
class Told:
    """The part of a receipt that a training is made again from.

    recipe, engine : how it was trained.   name, fingerprint : of the data.
    steps, ended : how far it came, and why it ended; "" where somebody stopped it.
    threads, machine : what it ran on.   first_weights : the fingerprint of what it began with; None in older receipts.
    """

    recipe: Recipe
    engine: Engine
    name: str
    fingerprint: str
    steps: int
    ended: str
    threads: int
    machine: dict[str, Any]
    first_weights: str | None

    @property
    def diverged(self) -> bool:
        """Whether the loss ran away; the steps are then those before it did."""
        return self.ended.startswith("diverged")


def read_receipt(trained: TrainedModel) -> Told:
    """What the receipt of `trained` tells.

    Raises
    ------
    ModelFileError where it is not the receipt of a training, or contradicts itself; ParameterError for a recipe or an
    engine that is not on the lists.
    """
    match trained.receipt:
        case {
            "seed": int(seed),
            "data": {"name": str(name), "fingerprint": str(fingerprint)},
            "settings": {"data": str(trained_on), "engine": str(engine), "recipe": dict(config)},
            "steps": int(steps),
            "ended": str(ended),
            "threads": int(threads),
            "machine": dict(machine),
        }:
            recipe = Recipe.from_config(config)
        case _:
            raise ModelFileError(
                "The receipt in this model does not say how it was trained, so it cannot be trained again.",
                'Models that "glassnet train" writes have a whole receipt.',
            )
    for what, one, other in (("seed", seed, recipe.seed), ("data", fingerprint, trained_on)):
        if one != other:
            raise ModelFileError(
                f"The receipt contradicts itself: its {what} is {one!r:.100}, in its settings {other!r:.100}.",
                "It was changed after the training.",
            )
    told = Told(
        recipe, choose_engine(engine), name, fingerprint, steps, ended, threads, machine,
        trained.receipt.get("first_weights"),
    )  # fmt: skip
    if not 0 <= steps <= MOST_STEPS or (steps == 0 and not told.diverged):
        raise ModelFileError(f"The receipt tells of {steps:,} steps, so there is no training to make again.")
    return told
