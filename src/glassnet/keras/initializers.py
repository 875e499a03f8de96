"""First values of weights, by Keras's names, present and old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from glassnet.arrays import Initializer
from glassnet.checks import check_number, nearest
from glassnet.errors import ParameterError
from glassnet.functions import (
    GlorotNormal as _GlorotNormal,
    GlorotUniform as _GlorotUniform,
    HeNormal as _HeNormal,
    HeUniform as _HeUniform,
    Normal,
    Ones as _Ones,
    Uniform,
    Zeros as _Zeros,
)
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.names import refusing
from glassnet.keras.notes import note


@keras_arguments()
def RandomUniform(minval: float = -0.05, maxval: float = 0.05, seed: Any = None) -> Initializer:  # noqa: N802
    """Spread evenly over (minval, maxval)."""
    _no_seed("RandomUniform", seed)
    return Uniform(minval, maxval)


@keras_arguments()
def RandomNormal(mean: float = 0.0, stddev: float = 0.05, seed: Any = None) -> Initializer:  # noqa: N802
    """Normal around zero."""
    only("RandomNormal", "mean", mean, (0,), "Normal numbers lie around zero here.")
    _no_seed("RandomNormal", seed)
    check_number("RandomNormal", "stddev", stddev, "(0, inf)")
    return Normal(stddev)


def _plain(kind: Callable[[], Initializer], name: str) -> Callable[..., Initializer]:
    """An initializer without settings but the seed."""

    def make(seed: Any = None) -> Initializer:
        _no_seed(name, seed)
        return kind()

    make.__name__ = make.__qualname__ = name
    return keras_arguments()(make)


def _no_seed(name: str, seed: Any) -> None:
    if seed is not None:
        note(
            "initializer seed",
            f"{name}(seed=…): one seed rules here, keras.utils.set_random_seed; this one is not used",
        )


Zeros, Ones = _plain(_Zeros, "Zeros"), _plain(_Ones, "Ones")
GlorotUniform, GlorotNormal = _plain(_GlorotUniform, "GlorotUniform"), _plain(_GlorotNormal, "GlorotNormal")
HeUniform, HeNormal = _plain(_HeUniform, "HeUniform"), _plain(_HeNormal, "HeNormal")

NAMES: dict[str, Callable[..., Initializer]] = {
    "zeros": Zeros,
    "ones": Ones,
    "random_uniform": RandomUniform,
    "random_normal": RandomNormal,
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
}
OLD = {"zero": "zeros", "one": "ones", "uniform": "random_uniform", "normal": "random_normal"}


def get(identifier: Any) -> Initializer:
    """The initializer that a name, a class of this module or an initializer means."""
    if isinstance(identifier, str):
        name = identifier if identifier in NAMES else _snake(identifier)
        if name in OLD:
            note(f"init {name}", f"The initializer {name!r} is read as {OLD[name]!r}")
            name = OLD[name]
        if name not in NAMES:
            hint = nearest(identifier, [*NAMES, *OLD]) or f"There are {', '.join(NAMES)}."
            raise ParameterError(f"There is no initializer {identifier!r} here.", hint)
        return NAMES[name]()
    if identifier in NAMES.values():
        made: Initializer = identifier()
        return made
    if callable(identifier) and not isinstance(identifier, type):
        return identifier
    raise ParameterError(f"An initializer is such as 'glorot_uniform'. Got {identifier!r:.60}.")


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and k else c.lower() for k, c in enumerate(name))


zeros, ones, uniform, normal = Zeros, Ones, RandomUniform, RandomNormal
random_uniform, random_normal = RandomUniform, RandomNormal
glorot_uniform, glorot_normal, he_uniform, he_normal = GlorotUniform, GlorotNormal, HeUniform, HeNormal

__getattr__ = refusing(__name__, [*NAMES, *(kind.__name__ for kind in NAMES.values())])
