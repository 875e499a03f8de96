"""The optimizers one by one: glassnet's formulas under Keras's arguments."""

from __future__ import annotations

from typing import Any

from glassnet import optimizers as own
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.notes import note
from glassnet.keras.optimizers.optimizer import COMMON, Optimizer


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


def first_rate(owner: str, given: Any, first: float) -> Any:
    """The rate where a script gives none: that of Keras's first years, when such scripts were written."""
    if given is None:
        note(owner, f"{owner}() takes the rate {first}, as Keras did before TensorFlow 2 made it 0.001")
        return first
    return given


def small(epsilon: float | None) -> float:
    """Keras once took None for its usual epsilon."""
    return 1e-7 if epsilon is None else epsilon
