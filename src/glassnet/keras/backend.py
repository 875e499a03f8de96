"""What scripts ask keras.backend for: the order of axes, the type of numbers, small settings."""

from __future__ import annotations

from typing import Any

from glassnet.checks import check_choice
from glassnet.errors import ParameterError
from glassnet.keras.formats import (
    image_data_format,
    image_dim_ordering,
    set_image_data_format,
    set_image_dim_ordering,
)
from glassnet.keras.layers.layer import forget_names
from glassnet.keras.names import refusing

__all__ = [
    "backend",
    "clear_session",
    "epsilon",
    "floatx",
    "get_value",
    "image_data_format",
    "image_dim_ordering",
    "set_floatx",
    "set_image_data_format",
    "set_image_dim_ordering",
    "set_value",
]

_TYPES = ["float32"]  # of the numbers of networks that are built from now on


def clear_session() -> None:
    """Number layers from the beginning again."""
    forget_names()


def epsilon() -> float:
    """What keeps a division from 0."""
    return 1e-7


def floatx() -> str:
    """The type of the numbers of networks that are built from now on."""
    return _TYPES[0]


def set_floatx(dtype: str) -> None:
    """ "float32" or "float64"."""
    check_choice("set_floatx", "dtype", dtype, ("float32", "float64"))
    _TYPES[0] = dtype


def get_value(variable: Any) -> Any:
    """The number that a variable holds: of optimizer.lr, say."""
    return variable.numpy() if hasattr(variable, "numpy") else variable


def set_value(variable: Any, value: Any) -> None:
    """Give a learning rate another value: set_value(model.optimizer.lr, 0.01)."""
    if not hasattr(variable, "assign"):
        raise ParameterError(f"set_value sets a learning rate, such as model.optimizer.lr. Got {variable!r:.60}.")
    variable.assign(value)


def backend() -> str:
    """What computes."""
    return "glassnet"


__getattr__ = refusing(__name__, __all__)
