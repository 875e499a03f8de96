"""Activation functions by Keras's names; each can be called with numbers, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.checks import nearest
from glassnet.errors import ParameterError
from glassnet.functions import ACTIVATIONS
from glassnet.keras.names import refusing
from glassnet.keras.tensors import Tensor, as_tensor

NAMES = ("linear", "relu", "sigmoid", "tanh", "softmax", "elu", "gelu")


def _function(name: str) -> Callable[[Any], Tensor]:
    def apply(x: Any) -> Tensor:
        x = np.asarray(x)
        return as_tensor(ACTIVATIONS[name].value(x if x.dtype.kind == "f" else x.astype(np.float32)))

    apply.__name__, apply.__qualname__ = name, name
    apply.__doc__ = f"{name} of each number of x, an array of any shape."
    return apply


FUNCTIONS = {name: _function(name) for name in NAMES}
linear, relu, sigmoid, tanh = FUNCTIONS["linear"], FUNCTIONS["relu"], FUNCTIONS["sigmoid"], FUNCTIONS["tanh"]
softmax, elu, gelu = FUNCTIONS["softmax"], FUNCTIONS["elu"], FUNCTIONS["gelu"]


def get(identifier: Any) -> str:
    """The name of the activation that a name, or a function of this module, means; "linear" for None."""
    if identifier is None:
        return "linear"
    name = identifier if isinstance(identifier, str) else next((n for n in NAMES if FUNCTIONS[n] is identifier), None)
    if name in NAMES:
        return str(name)
    hint = nearest(identifier, NAMES) if isinstance(identifier, str) else ""
    raise ParameterError(f"There is no activation {identifier!r:.60} here.", hint or f"There are {', '.join(NAMES)}.")


__getattr__ = refusing(__name__, [*NAMES, "get"])
