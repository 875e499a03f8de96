"""What every optimizer of this face is: settings by Keras's names, a rate that may change, the steps made so far."""

from __future__ import annotations

from typing import Any

from glassnet import optimizers as own
from glassnet.checks import check_number
from glassnet.descriptions import to_config
from glassnet.keras.arguments import only, refuse_change
from glassnet.keras.notes import note
from glassnet.keras.optimizers.schedules import LearningRateSchedule

COMMON = ("weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "name", "decay", "use_ema", "jit_compile")


SETTINGS = ("beta_1", "beta_2", "clipnorm", "decay", "epsilon", "momentum", "nesterov", "rho", "weight_decay")


class Rate(float):
    """A learning rate that knows its optimizer, so that keras.backend.set_value(optimizer.lr, 0.01) can change it."""

    def __new__(cls, value: float, owner: Optimizer) -> Rate:
        rate = super().__new__(cls, value)
        rate._owner = owner
        return rate

    _owner: Optimizer

    def assign(self, value: Any) -> None:
        """Give the optimizer another rate."""
        self._owner.learning_rate = value

    def numpy(self) -> float:
        """A plain number."""
        return float(self)


class Optimizer:
    """How weights follow their gradient; the rate may be changed at any time.

    Attributes
    ----------
    learning_rate : the rate now, before any schedule.   iterations : the steps made so far.
    """

    kind: type[own.Optimizer]

    def __init__(self, learning_rate: Any, settings: dict[str, Any], **given: Any) -> None:
        owner = type(self).__name__
        for argument in ("clipnorm", "clipvalue"):
            hint = "global_clipnorm clips the gradient of all weights together."
            only(owner, argument, given.pop(argument, None), (None,), hint)
        only(owner, "use_ema", given.pop("use_ema", False), (False,))
        given.pop("jit_compile", None)  # changes speed alone
        self.name = given.pop("name", None) or owner
        self.iterations = 0
        self._settings = settings | {"clip_norm": given.pop("global_clipnorm", None)}
        self._settings["weight_decay"] = given.pop("weight_decay", None) or 0.0
        decay = given.pop("decay", 0.0)
        self._schedule: own.Schedule = own.Constant()
        if decay:
            check_number(owner, "decay", decay, "[0, inf)")
            note("decay", f"{owner}(decay={decay}): the rate is divided by 1 + {decay}·step")
            self._schedule = own.InverseTime(decay)
        if isinstance(learning_rate, LearningRateSchedule):
            self._schedule, learning_rate = learning_rate.schedule, learning_rate.initial_learning_rate
        elif isinstance(learning_rate, int) and not isinstance(learning_rate, bool):
            note("integer rate", f"{owner}: the rate {learning_rate} is read as {float(learning_rate)}")
        self.learning_rate = learning_rate
        self.describe()  # settings that cannot be are told of here

    def __setattr__(self, name: str, value: Any) -> None:
        refuse_change(self, name, value, SETTINGS)
        super().__setattr__(name, value)

    @property
    def learning_rate(self) -> Rate:
        """The rate now, before any schedule."""
        return Rate(self._rate, self)

    @learning_rate.setter
    def learning_rate(self, rate: Any) -> None:
        check_number(type(self).__name__, "learning_rate", rate, "(0, inf)")
        self._rate = float(rate)

    @property
    def lr(self) -> Rate:
        """learning_rate, by its old name."""
        return self.learning_rate

    @lr.setter
    def lr(self, rate: Any) -> None:
        note("lr", "optimizer.lr is read as optimizer.learning_rate")
        self.learning_rate = rate

    def describe(self) -> own.Optimizer:
        """The same optimizer as glassnet knows it."""
        return self.kind(self._rate, schedule=self._schedule, **self._settings)

    def to_config(self) -> Any:
        """The settings for JSON, as a file keeps them."""
        return {"settings": to_config(self.describe())}

    def get_config(self) -> dict[str, Any]:
        """The settings by Keras's names."""
        return {"name": self.name, "learning_rate": self._rate, **self._settings}
