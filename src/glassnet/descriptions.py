"""Descriptions: frozen dataclasses that travel as JSON and come back through a fixed list of names.

Layers, initializers, losses, optimizers, schedules and preparations are descriptions. What stands in a file is
data: a name that is not on the list is an error, and nothing is ever imported or called by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import numpy as np

from glassnet.checks import nearest
from glassnet.errors import ParameterError

Config = dict[str, Any]


def to_config(description: Any) -> Config:
    """The description as a dict for JSON: its class name under "class", then its fields."""
    values = {field.name: getattr(description, field.name) for field in fields(description)}
    return {"class": type(description).__name__, **{name: _encode(value) for name, value in values.items()}}


def from_config(config: Any, known: Mapping[str, type]) -> Any:
    """The description that `config` tells of, made from the classes in `known` alone.

    Raises
    ------
    ParameterError where the class or a field is unknown, or a field has no value.
    """
    if not isinstance(config, dict) or not isinstance(config.get("class"), str):
        raise ParameterError(f'Expected an object with a "class", got {config!r:.100}.')
    name = config["class"]
    if name not in known:
        raise ParameterError(f"Unknown class {name!r:.100}.", nearest(name, known))
    kind = known[name]
    own = {field.name: field for field in fields(kind)}
    for key in config:
        if key != "class" and key not in own:
            raise ParameterError(f"{name} has no parameter {key!r:.100}.", nearest(key, own))
    for key, field in own.items():
        if key not in config and field.default is MISSING and field.default_factory is MISSING:
            raise ParameterError(f"{name} needs the parameter {key!r}.")
    return kind(**{key: _decode(value, known) for key, value in config.items() if key != "class"})


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return to_config(value)
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    return value


def _decode(value: Any, known: Mapping[str, type]) -> Any:
    if isinstance(value, dict):
        return from_config(value, known)
    if isinstance(value, list):
        return tuple(_decode(item, known) for item in value)
    return value
