"""From the options of `train` to layers and a recipe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glassnet.checks import check_choice, nearest
from glassnet.errors import ParameterError

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.layers import Layer
    from glassnet.model import Sequential
    from glassnet.optimizers import Optimizer
    from glassnet.recipe import Recipe


@dataclass(frozen=True)
class Settings:
    """What a person asked for; None where the preset decides."""

    net: str | None
    epochs: int | None
    batch_size: int | None
    optimizer: str | None
    learning_rate: float | None
    schedule: str | None
    weight_decay: float | None
    clip_norm: float | None
    validation: float | None
    patience: int | None
    shuffle: bool | None
    augment: str | None
    precision: str | None
    seed: int

    def check(self) -> None:
        """Raise ParameterError for what no data could make right, so that it is said before data are read."""
        from glassnet.losses import MeanSquaredError
        from glassnet.recipe import Recipe

        self._recipe(Recipe(MeanSquaredError()))
        if self.net is not None:
            self._own_layers()

    def choose(self, data: Dataset) -> tuple[list[Layer], Recipe]:
        """The layers and the recipe for these data: of the preset, with what was asked for in its place."""
        from glassnet import presets

        layers = self._own_layers()
        if layers is None:
            chosen = presets.preset(self.net or presets.default_name(data), data)
            return chosen.layers, self._recipe(chosen.recipe)
        base = presets.preset(presets.default_name(data), data).recipe
        layers, loss = presets.complete(layers, data)
        return layers, self._recipe(replace(base, loss=loss))

    def _own_layers(self) -> list[Layer] | None:
        """The layers that --net names itself, from a JSON file or in words; None where it names a preset."""
        from glassnet import presets
        from glassnet.notation import parse_network, read_network

        if self.net is None or self.net in presets.PRESETS:
            return None
        if self.net.endswith(".json"):
            return read_network(Path(self.net))
        try:
            return parse_network(self.net)
        except ParameterError as error:
            if len(self.net.split()) > 1:
                raise
            hint = nearest(self.net, presets.PRESETS) or error.hint
            raise ParameterError(error.message, f"{hint} Presets are {', '.join(presets.PRESETS)}.") from None

    def _recipe(self, base: Recipe) -> Recipe:
        from glassnet.augmentation import AUGMENTATIONS

        asked: dict[str, Any] = {
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "validation": self.validation,
            "patience": self.patience,
            "shuffle": self.shuffle,
            "precision": self.precision,
        }
        if self.patience is not None and self.validation is None and not base.validation:
            asked["validation"] = 0.1  # patience needs something to go by
        if self.augment is not None:
            check_choice("train", "--augment", self.augment, [*AUGMENTATIONS, "none"])
            base = replace(base, augmentation=AUGMENTATIONS.get(self.augment))
        given = {name: value for name, value in asked.items() if value is not None}
        return replace(base, **given, seed=self.seed, optimizer=self._optimizer(base.optimizer))

    def _optimizer(self, base: Optimizer) -> Optimizer:
        from glassnet.optimizers import OPTIMIZERS, SCHEDULES, Schedule

        if self.optimizer is not None:
            kinds = {name.lower(): kind for name, kind in OPTIMIZERS.items()}
            check_choice("train", "--optimizer", self.optimizer, kinds)
            base = kinds[self.optimizer](schedule=base.schedule)
        asked: dict[str, Any] = {
            "learning_rate": self.learning_rate,
            "weight_decay": self.weight_decay,
            "clip_norm": self.clip_norm,
        }
        if self.schedule is not None:
            plain = {name: kind for name, kind in SCHEDULES.items() if kind.at is Schedule.at}  # others want settings
            schedules = {name.lower(): kind for name, kind in plain.items()}
            check_choice("train", "--schedule", self.schedule, schedules)
            asked["schedule"] = schedules[self.schedule]()
        return replace(base, **{name: value for name, value in asked.items() if value is not None})


def check_batch(network: Sequential, batch: int) -> None:
    """Raise ParameterError where what the layers give for a batch, and its gradient, are more than the memory."""
    from math import prod

    from glassnet.checks import check_memory

    needed = 2 * network.dtype.itemsize * batch * sum(prod(shape) for shape in network.shapes)
    check_memory(f"A step of {batch:,} samples", needed, "Take smaller batches: --batch-size 32, say.")
