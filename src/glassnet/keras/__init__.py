"""Keras's Sequential world over glassnet: yesterday's tutorials, with none of TensorFlow and Keras installed.

from glassnet.keras.models import Sequential
from glassnet.keras.layers import Dense

model = Sequential([Dense(2, activation="relu", input_dim=2), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x, y, epochs=100, verbose=0)
print(model.predict(x))
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from glassnet.keras.names import refusing

_MODULES = (
    "activations",
    "backend",
    "callbacks",
    "datasets",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "preprocessing",
    "regularizers",
    "utils",
)
_NAMES = {"Input": "layers", "Model": "models", "Sequential": "models"}

__all__ = sorted([*_MODULES, *_NAMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return f"2.15.0+glassnet.{version('glassnet')}"  # the Keras that it stands in for, and what it is
    if name in _NAMES:
        return getattr(import_module(f"glassnet.keras.{_NAMES[name]}"), name)
    if name.isidentifier() and find_spec(f"glassnet.keras.{name}"):
        return import_module(f"glassnet.keras.{name}")
    return refusing(__name__, __all__)(name)


def __dir__() -> list[str]:
    return __all__
