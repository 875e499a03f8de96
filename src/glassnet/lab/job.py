"""One run of a lab: a training from one seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from glassnet.data import Choice
from glassnet.descriptions import to_config
from glassnet.layers import Layer
from glassnet.recipe import Recipe

Row = dict[str, Any]  # what came of a run, for one line of JSON


@dataclass(frozen=True)
class Job:
    """What one run does; it travels to another process.

    over, value : the setting that the lab varies, and what it is here.   source : the name of the data set or a folder.
    fingerprint : of the training samples that seed 0 gives, by which a later lab knows that the data are the same.
    layers, recipe : the network, and how it is trained; the recipe's seed is the run's.   engine : what computes.
    choice : of a table, what is to be learnt and left out.
    """

    over: str
    value: Any
    source: str
    fingerprint: str
    layers: tuple[Layer, ...]
    recipe: Recipe
    engine: str = field(default="reference", kw_only=True)
    choice: Choice = field(default=Choice(), kw_only=True)

    @property
    def key(self) -> tuple[str, Any, int]:
        """What tells a run from the others of its lab."""
        return self.over, self.value, self.recipe.seed

    @property
    def settings(self) -> dict[str, Any]:
        """Everything that the outcome depends on, for JSON."""
        return {
            "data": {"source": self.source, "fingerprint": self.fingerprint},
            "engine": self.engine,
            "layers": [to_config(layer) for layer in self.layers],
            "recipe": self.recipe.to_config(),
        }
