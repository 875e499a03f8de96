"""What every layer of this face is: a name, glassnet's own descriptions, and the numbers, which it carries along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import cast, check_numeric
from glassnet.descriptions import to_config
from glassnet.errors import MissingAttributeError, ParameterError, ShapeError
from glassnet.keras.arguments import only, refuse_change
from glassnet.keras.tensors import Tensor, as_tensor
from glassnet.layers import Layer as Description

COMMON = ("name", "input_shape", "batch_input_shape", "dtype", "trainable")
OLD: dict[str, Any] = {"input_dim": lambda count: {"input_shape": (count,)}, "batch_shape": "batch_input_shape"}

SHORT = {"kernel": "W", "bias": "b"}  # weights by Keras's name, and by glassnet's

_counts: dict[str, int] = {}


@dataclass(frozen=True)
class Symbol:
    """What stands for a batch in `Dense(2)(Input((4,)))`: the layers that it has come through, one after the other."""

    input_shape: Shape
    layers: tuple[Any, ...] = ()


SETTINGS = (  # of layers, which are told once, when the layer is made
    "activation", "epsilon", "filters", "kernel_initializer", "kernel_regularizer", "kernel_size", "momentum",
    "padding", "pool_size", "rate", "strides", "units", "use_bias",
)  # fmt: skip


class Learning:
    """What learns always: `trainable = False` is refused, and never passed over in silence."""

    @property
    def trainable(self) -> bool:
        """True, and it stays so: setting False raises ParameterError."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        only(
            type(self).__name__,
            "trainable",
            value,
            (True,),
            "Every layer learns here; a network without it can be predicted with.",
        )


class Layer(Learning):
    """A layer as Keras's users know it.

    Parameters
    ----------
    described : glassnet's descriptions that it is made of, at most one of them with weights.
    name : None takes the class with a running number.   input_shape : of one sample, where it is the first layer.

    Attributes
    ----------
    values : weights, then moving averages, by glassnet's short names; None before the layer is built. Whoever trains
        binds this name to new arrays, and never writes into old ones; so networks that share a layer share its weights.
    """

    channels_first = False  # of layers over pictures, where the script says so

    def __init__(
        self,
        *described: Description,
        name: str | None = None,
        input_shape: Sequence[int | None] | None = None,
        batch_input_shape: Sequence[int | None] | None = None,
        dtype: str | None = None,
        trainable: bool = True,
    ) -> None:
        owner = type(self).__name__
        only(owner, "dtype", dtype, (None, "float32", "float64"), "Use keras.backend.set_floatx('float64').")
        self.trainable = trainable
        self.described = described
        self.name = fresh_name(owner) if name is None else str(name)
        self.input_shape = None if input_shape is None else as_shape(owner, input_shape)
        if batch_input_shape is not None:
            self.input_shape = as_shape(owner, batch_input_shape[1:])
        self.values: dict[str, Array] | None = None
        self.output_shape: tuple[int | None, ...] | None = None  # of a batch, where the layer was built last

    def __setattr__(self, name: str, value: Any) -> None:
        refuse_change(self, name, value, SETTINGS)
        super().__setattr__(name, value)

    def describe(self, in_shape: Shape) -> tuple[Description, ...]:
        """The descriptions for samples of this shape."""
        return self.described

    def leaves(self) -> Iterator[Layer]:
        """The layers that it consists of; a network in a network has several."""
        yield self

    def get_weights(self) -> list[Array]:
        """Copies of the weights, then of the moving averages, in Keras's order."""
        return [value.copy() for value in (self.values or {}).values()]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Take these numbers; ShapeError where they are not as many, or not of the same shapes."""
        if self.values is None:
            raise ParameterError(f"Layer {self.name!r} has no weights before it is built.", "Give it an input_shape.")
        if len(weights) != len(self.values):
            raise ShapeError(f"Layer {self.name!r} has {len(self.values)} arrays of weights, got {len(weights)}.")
        taken = {}
        for (key, old), given in zip(self.values.items(), weights, strict=True):
            array = cast(self.name, check_numeric(f"{self.name}.{key}", given), old.dtype)
            if array.shape != old.shape:
                raise ShapeError(f"{self.name}.{key} has shape {old.shape}, got {array.shape}.")
            taken[key] = array.copy()
        self.values = taken

    @property
    def weights(self) -> list[Tensor]:
        """As get_weights(), each with .numpy()."""
        return [as_tensor(value) for value in self.get_weights()]

    @property
    def trainable_weights(self) -> list[Tensor]:
        """The weights without moving averages."""
        return self.weights

    def get_config(self) -> dict[str, Any]:
        """The settings, by glassnet's names."""
        settings = {name: value for one in reversed(self.described) for name, value in to_config(one).items()}
        return {"name": self.name} | {name: value for name, value in settings.items() if name != "class"}

    def count_params(self) -> int:
        """How many numbers the layer has, moving averages counted in."""
        return sum(value.size for value in (self.values or {}).values())

    def __call__(self, x: Any) -> Any:
        """The next Symbol of a chain; or, for numbers, the layer's outputs."""
        if isinstance(x, Symbol):
            return Symbol(x.input_shape, (*x.layers, self))
        if isinstance(x, (list, tuple)) and any(isinstance(one, Symbol) for one in x):
            raise ParameterError(f"{self.name!r} gets several inputs, but layers stand in one line here.")
        from glassnet.keras.models import Sequential  # a network is made of layers, and a layer alone is run as one

        return Sequential([self])(x)

    def __getattr__(self, name: str) -> Any:
        """The settings of the descriptions: units, rate, filters and so on; kernel and bias."""
        if name in SHORT and SHORT[name] in (self.__dict__.get("values") or {}):
            return as_tensor(self.__dict__["values"][SHORT[name]].copy())
        for described in self.__dict__.get("described", ()):
            if name in getattr(described, "__dataclass_fields__", {}):
                return getattr(described, name)
        raise MissingAttributeError(f"{type(self).__name__} has no attribute {name!r}.")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}>"


def as_shape(owner: str, shape: Any) -> Shape:
    """The shape of a sample; one number is a vector."""
    shape = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    if not shape or not all(isinstance(n, (int, np.integer)) and n > 0 for n in shape):
        raise ParameterError(
            f"{owner}: input_shape must be the shape of one sample, such as (28, 28, 1). Got {shape}.",
            "It has no axis for the batch, and every length is known.",
        )
    return tuple(int(n) for n in shape)


def fresh_name(kind: str) -> str:
    """The class in snake case, from its second layer on with a number: dense, dense_1."""
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    count = _counts.get(snake, 0)
    _counts[snake] = count + 1
    return f"{snake}_{count}" if count else snake


def forget_names() -> None:
    """Number layers from the beginning again."""
    _counts.clear()
