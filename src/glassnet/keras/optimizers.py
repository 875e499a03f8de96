"""The optimizers, by the names and arguments that Keras has, or once had, for them."""

from __future__ import annotations

import sys
from typing import Any

from glassnet import optimizers as own
from glassnet.checks import check_kind, check_number, nearest
from glassnet.descriptions import from_config as from_description, to_config as to_description
from glassnet.errors import ParameterError
from glassnet.keras import schedules
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.names import alias, refusing
from glassnet.keras.notes import note

COMMON = ("weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "name", "decay", "use_ema", "jit_compile")


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
        if isinstance(learning_rate, schedules.LearningRateSchedule):
            self._schedule, learning_rate = learning_rate.schedule, learning_rate.initial_learning_rate
        elif isinstance(learning_rate, int) and not isinstance(learning_rate, bool):
            note("integer rate", f"{owner}: the rate {learning_rate} is read as {float(learning_rate)}")
        self.learning_rate = learning_rate
        self.describe()  # settings that cannot be are told of here

    @property
    def learning_rate(self) -> float:
        """The rate now, before any schedule."""
        return self._rate

    @learning_rate.setter
    def learning_rate(self, rate: Any) -> None:
        check_number(type(self).__name__, "learning_rate", rate, "(0, inf)")
        self._rate = float(rate)

    @property
    def lr(self) -> float:
        """learning_rate, by its old name."""
        return self._rate

    @lr.setter
    def lr(self, rate: Any) -> None:
        note("lr", "optimizer.lr is read as optimizer.learning_rate")
        self.learning_rate = rate

    def describe(self) -> own.Optimizer:
        """The same optimizer as glassnet knows it."""
        return self.kind(self._rate, schedule=self._schedule, **self._settings)

    def to_config(self) -> Any:
        """The settings for JSON, as a file keeps them."""
        return {"settings": to_description(self.describe())}

    def get_config(self) -> dict[str, Any]:
        """The settings by Keras's names."""
        return {"name": self.name, "learning_rate": self._rate, **self._settings}


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum where it is asked for."""

    kind = own.SGD

    @keras_arguments(*COMMON, lr="learning_rate")
    def __init__(self, learning_rate: Any = 0.01, momentum: float = 0.0, nesterov: bool = False, **given: Any) -> None:
        super().__init__(learning_rate, {"momentum": momentum, "nesterov": nesterov}, **given)


class RMSprop(Optimizer):
    """A step in units of the recent size of the gradient."""

    kind = own.RMSprop

    @keras_arguments(*COMMON, lr="learning_rate")
    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float | None = 1e-7,
        centered: bool = False,
        **given: Any,
    ) -> None:
        only("RMSprop", "momentum", momentum, (0,), "Adam has momentum and the size of the gradient.")
        only("RMSprop", "centered", centered, (False,))
        super().__init__(learning_rate, {"rho": rho, "epsilon": small(epsilon)}, **given)


class Adam(Optimizer):
    """A step along the mean gradient in units of its size, both over the recent steps."""

    kind = own.Adam

    @keras_arguments(*COMMON, lr="learning_rate")
    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        amsgrad: bool = False,
        **given: Any,
    ) -> None:
        only(type(self).__name__, "amsgrad", amsgrad, (False,))
        super().__init__(learning_rate, {"beta_1": beta_1, "beta_2": beta_2, "epsilon": small(epsilon)}, **given)


class AdamW(Adam):
    """Adam whose weight decay does not pass through the moments; biases do not decay."""

    kind = own.AdamW

    @keras_arguments(*COMMON, "beta_1", "beta_2", "epsilon", "amsgrad", lr="learning_rate")
    def __init__(self, learning_rate: Any = 0.001, weight_decay: float = 0.004, **given: Any) -> None:
        super().__init__(learning_rate, weight_decay=weight_decay, **given)


class Adagrad(Optimizer):
    """A step that grows shorter for weights whose gradient has been large."""

    kind = own.Adagrad

    @keras_arguments(*COMMON, lr="learning_rate")
    def __init__(
        self,
        learning_rate: Any = None,
        initial_accumulator_value: float = 0.1,
        epsilon: float | None = 1e-7,
        **given: Any,
    ) -> None:
        rate = first_rate("Adagrad", learning_rate, 0.01)
        super().__init__(rate, {"initial": initial_accumulator_value, "epsilon": small(epsilon)}, **given)


class Adadelta(Optimizer):
    """A step in units of the recent steps."""

    kind = own.Adadelta

    @keras_arguments(*COMMON, lr="learning_rate")
    def __init__(
        self, learning_rate: Any = None, rho: float = 0.95, epsilon: float | None = 1e-7, **given: Any
    ) -> None:
        rate = first_rate("Adadelta", learning_rate, 1.0)
        super().__init__(rate, {"rho": rho, "epsilon": small(epsilon)}, **given)


def from_config(config: Any) -> Optimizer:
    """The optimizer that `to_config` wrote down, before its first step."""
    described = from_description(config["settings"], {**own.OPTIMIZERS, **own.SCHEDULES})
    optimizer = NAMES[type(described).__name__.lower()](learning_rate=described.learning_rate)
    optimizer._schedule = described.schedule
    optimizer._settings = {name: getattr(described, name) for name in optimizer._settings}
    return optimizer  # type: ignore[no-any-return]


def first_rate(owner: str, given: Any, first: float) -> Any:
    """The rate where a script gives none: that of Keras's first years, when such scripts were written."""
    if given is None:
        note(owner, f"{owner}() takes the rate {first}, as Keras did before TensorFlow 2 made it 0.001")
        return first
    return given


def small(epsilon: float | None) -> float:
    """Keras once took None for its usual epsilon."""
    return 1e-7 if epsilon is None else epsilon


NAMES: dict[str, type[Any]] = {
    "sgd": SGD,
    "rmsprop": RMSprop,
    "adam": Adam,
    "adamw": AdamW,
    "adagrad": Adagrad,
    "adadelta": Adadelta,
}


def get(identifier: Any) -> Optimizer:
    """The optimizer that a name, a class or an optimizer means."""
    if isinstance(identifier, str):
        if identifier.lower() not in NAMES:
            hint = nearest(identifier.lower(), NAMES) or f"There are {', '.join(NAMES)}."
            raise ParameterError(f"There is no optimizer {identifier!r} here.", hint)
        return NAMES[identifier.lower()]()  # type: ignore[no-any-return]
    if isinstance(identifier, type) and issubclass(identifier, Optimizer):
        return identifier()  # type: ignore[call-arg]  # each kind has defaults for everything
    check_kind("compile", "optimizer", identifier, Optimizer, "'adam' or Adam(0.001)")
    return identifier  # type: ignore[no-any-return]


alias(__name__, "legacy", "optimizer_v2")
sys.modules[f"{__name__}.schedules"] = schedules
__getattr__ = refusing(__name__, [*(kind.__name__ for kind in NAMES.values()), "get", "schedules"])
