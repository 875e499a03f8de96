"""How a network is to be trained: every setting that its weights depend on, but for the data."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.augmentation import CHANGES, Augmentation
from glassnet.checks import check_choice, check_flag, check_integer, check_kind, check_number
from glassnet.descriptions import Config, from_config, to_config
from glassnet.engines import PRECISIONS
from glassnet.errors import ParameterError
from glassnet.losses import LOSSES, Loss
from glassnet.optimizers import OPTIMIZERS, SCHEDULES, Adam, Optimizer


@dataclass(frozen=True)
class Recipe:
    """The settings of a training.

    Parameters
    ----------
    loss : what is made small.   optimizer : how, with its rate and schedule.
    epochs : how often each sample is seen.   batch_size : samples a step.   shuffle : a new order every epoch.
    validation : the share of the training samples that is held out and measured after every epoch, in [0, 1).
    patience : stop after so many epochs without a smaller validation loss, and keep the weights of the best one.
        None: make every epoch and keep the last weights.
    seed : where orders, masks, changes and the held-out share are drawn from.
    augmentation : how pictures are changed, anew in every epoch; those held out never are. None: they stay as they are.
    precision : of the products of dense layers and convolutions: "float32", or "bf16" where the processor has
        AVX512-BF16. Then factors are rounded to eight binary digits where that is faster; sums, weights, the
        optimizer's state and every prediction stay in float32.
    """

    loss: Loss
    optimizer: Optimizer = Adam()
    epochs: int = 10
    batch_size: int = 32
    shuffle: bool = True
    validation: float = 0.0
    patience: int | None = None
    seed: int = 0
    augmentation: Augmentation | None = None
    precision: str = "float32"

    def __post_init__(self) -> None:
        check_kind("Recipe", "loss", self.loss, Loss, "MeanSquaredError()")
        check_kind("Recipe", "optimizer", self.optimizer, Optimizer, "Adam(0.001)")
        check_flag("Recipe", "shuffle", self.shuffle)
        check_integer("Recipe", "epochs", self.epochs, maximum=1_000_000_000)
        check_integer("Recipe", "batch_size", self.batch_size)
        check_number("Recipe", "validation", self.validation, "[0, 1)")
        check_integer("Recipe", "seed", self.seed, 0, 2**64 - 1)
        check_choice("Recipe", "precision", self.precision, PRECISIONS)
        if self.patience is not None:
            check_integer("Recipe", "patience", self.patience)
        if self.augmentation is not None:
            check_kind("Recipe", "augmentation", self.augmentation, Augmentation, "Augmentation((Shift(0.1),))")

    def to_config(self) -> Config:
        """The settings for JSON."""
        return to_config(self)

    @classmethod
    def from_config(cls, config: Config) -> Recipe:
        """The settings that `config` tells of; ParameterError for what is not on the lists."""
        known = {**LOSSES, **OPTIMIZERS, **SCHEDULES, **CHANGES}
        recipe = from_config(config, {"Recipe": cls, "Augmentation": Augmentation, **known})
        if not isinstance(recipe, cls):
            raise ParameterError(f"Expected a Recipe, got a {type(recipe).__name__}.")
        return recipe
