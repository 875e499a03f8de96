"""Penalties on weights: regularizers.l2(0.01) and the like, as pairs (λ₁, λ₂)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glassnet.checks import check_number
from glassnet.errors import ParameterError
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.names import refusing


@dataclass(frozen=True, init=False)
class L1L2:
    """Adds l1·Σ|w| + l2·Σw² to the loss."""

    l1: float
    l2: float

    @keras_arguments()
    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        check_number(type(self).__name__, "l1", l1, "[0, inf)")
        check_number(type(self).__name__, "l2", l2, "[0, inf)")
        object.__setattr__(self, "l1", float(l1))  # the one way to set a frozen field
        object.__setattr__(self, "l2", float(l2))


class L1(L1L2):
    """Adds l1·Σ|w| to the loss."""

    @keras_arguments(l="l1")
    def __init__(self, l1: float = 0.01) -> None:
        super().__init__(l1=l1)


class L2(L1L2):
    """Adds l2·Σw² to the loss."""

    @keras_arguments(l="l2")
    def __init__(self, l2: float = 0.01) -> None:
        super().__init__(l2=l2)


@keras_arguments()
def l1_l2(l1: float = 0.01, l2: float = 0.01) -> L1L2:
    """Both penalties."""
    return L1L2(l1, l2)


l1, l2 = L1, L2
l1l2, WeightRegularizer = l1_l2, L1L2

NAMES = {"l1": L1(), "l2": L2(), "l1_l2": l1_l2()}


def get(identifier: Any) -> L1L2:
    """The penalty that a layer's regularizer argument means; (0, 0) for None."""
    if identifier is None:
        return L1L2()
    if isinstance(identifier, L1L2):
        return identifier
    if isinstance(identifier, str) and identifier.lower() in NAMES:
        return NAMES[identifier.lower()]
    raise ParameterError(f"A regularizer is such as l2(0.01) or 'l2'. Got {identifier!r:.60}.")


__getattr__ = refusing(__name__, ["L1", "L1L2", "L2", "get", "l1", "l1_l2", "l2"])
