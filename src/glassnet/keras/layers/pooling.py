"""Pooling over windows, or over the whole picture."""

from __future__ import annotations

from typing import Any

from glassnet import layers as own
from glassnet.arrays import Shape
from glassnet.errors import ShapeError
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.formats import OLD as FORMATS, is_first
from glassnet.keras.layers.layer import COMMON, OLD, Layer
from glassnet.layers import Layer as Description

PICTURES_OLD: dict[str, Any] = {
    **OLD,
    "border_mode": "padding",
    "dim_ordering": lambda old: {"data_format": FORMATS.get(old, None if old == "default" else old)},
}


def pair(value: Any) -> Any:
    """A list is as good as a tuple."""
    return tuple(value) if isinstance(value, list) else value


def lower(padding: Any) -> Any:
    """'SAME' is as good as 'same'."""
    return padding.lower() if isinstance(padding, str) else padding


class Pooling2D(Layer):
    """One number for each window, channel by channel."""

    kind: type[own.MaxPooling2D] | type[own.AveragePooling2D]

    @keras_arguments(*COMMON, **PICTURES_OLD)
    def __init__(
        self,
        pool_size: Any = (2, 2),
        strides: Any = None,
        padding: str = "valid",
        data_format: Any = None,
        **common: Any,
    ) -> None:
        super().__init__(self.kind(pair(pool_size), pair(strides), lower(padding)), **common)
        self.channels_first = is_first(type(self).__name__, data_format)


class MaxPooling2D(Pooling2D):
    """The largest number of each window, channel by channel."""

    kind = own.MaxPooling2D


class AveragePooling2D(Pooling2D):
    """The mean of each window, channel by channel."""

    kind = own.AveragePooling2D


class GlobalPooling2D(Layer):
    """One number for each channel, of a window as large as the picture."""

    kind: type[own.MaxPooling2D] | type[own.AveragePooling2D]

    @keras_arguments(*COMMON, **PICTURES_OLD)
    def __init__(self, data_format: Any = None, **common: Any) -> None:
        super().__init__(**common)
        self.channels_first = is_first(type(self).__name__, data_format)

    def describe(self, in_shape: Shape) -> tuple[Description, ...]:
        if len(in_shape) != 3:
            raise ShapeError(f"{type(self).__name__} expects inputs of shape (H, W, C), got {in_shape}.")
        return self.kind(in_shape[:2]), own.Flatten()


class GlobalMaxPooling2D(GlobalPooling2D):
    """The largest number of each channel."""

    kind = own.MaxPooling2D


class GlobalAveragePooling2D(GlobalPooling2D):
    """The mean of each channel."""

    kind = own.AveragePooling2D


MaxPool2D, AvgPool2D = MaxPooling2D, AveragePooling2D
GlobalMaxPool2D, GlobalAvgPool2D = GlobalMaxPooling2D, GlobalAveragePooling2D
