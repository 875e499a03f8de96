"""The optimizers, by the names and arguments that Keras has, or once had, for them."""

from __future__ import annotations

from typing import Any

from glassnet import optimizers as own
from glassnet.checks import check_kind, nearest
from glassnet.descriptions import from_config as described_by
from glassnet.errors import ParameterError
from glassnet.keras.names import alias, refusing
from glassnet.keras.optimizers import schedules
from glassnet.keras.optimizers.optimizer import Optimizer
from glassnet.keras.optimizers.rules import SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop

__all__ = ["SGD", "Adadelta", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "get", "schedules"]

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
        return NAMES[identifier.lower()]()
    if identifier in NAMES.values():
        identifier = identifier()
    check_kind("compile", "optimizer", identifier, Optimizer, "'adam' or Adam(0.001)")
    return identifier


def from_config(config: Any) -> Optimizer:
    """The optimizer that `to_config` wrote down, before its first step."""
    described = described_by(config["settings"], {**own.OPTIMIZERS, **own.SCHEDULES})
    optimizer = NAMES[type(described).__name__.lower()](learning_rate=described.learning_rate)
    optimizer._schedule = described.schedule
    optimizer._settings = {name: getattr(described, name) for name in optimizer._settings}
    return optimizer


alias(__name__, "legacy", "optimizer_v2")
__getattr__ = refusing(__name__, __all__)
