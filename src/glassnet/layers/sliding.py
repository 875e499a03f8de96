"""What convolution and pooling share: window sizes, and the check that a window fits its picture."""

from __future__ import annotations

from typing import Any

from glassnet.arrays import Shape
from glassnet.checks import check_integer
from glassnet.errors import ParameterError, ShapeError
from glassnet.functions.windows import Pair
from glassnet.layers.layer import Layer, expect_rank


def as_pair(owner: str, name: str, value: Any) -> Pair:
    """A whole number k as (k, k), a pair of them as it is; ParameterError for anything else or below 1."""
    pair = value if isinstance(value, tuple) else (value, value)
    if len(pair) != 2:
        raise ParameterError(f"{owner}: {name} must be one whole number or a pair. Got {value!r}.")
    for number in pair:
        check_integer(owner, name, number)
    return pair


def expect_window(layer: Layer, in_shape: Shape, size: Pair, fits_always: bool = False) -> Shape:
    """`in_shape` as (H, W, C), where a window of `size` fits into it; else ShapeError."""
    height, width, channels = expect_rank(
        layer, in_shape, "H, W, C", "Put Reshape((height, width, channels)) before it."
    )
    if not fits_always and (size[0] > height or size[1] > width):
        axis = "height" if size[0] > height else "width"
        raise ShapeError(
            f"{type(layer).__name__} slides a window of {size[0]}×{size[1]}, but its inputs are {height}×{width}: "
            f"the {axis} is too small.",
            "Take a smaller window, or fewer poolings before it.",
        )
    return height, width, channels


def pooling_window(layer: Any) -> tuple[Pair, Pair]:
    """(size, stride) of a pooling layer; its stride is its size unless given."""
    owner = type(layer).__name__
    size = as_pair(owner, "pool_size", layer.pool_size)
    return size, size if layer.stride is None else as_pair(owner, "stride", layer.stride)


def pooled_shape(in_shape: Shape, size: Pair, stride: Pair) -> Shape:
    """(OH, OW, C) for pictures (H, W, C) under a window without padding."""
    height, width, channels = in_shape
    return (height - size[0]) // stride[0] + 1, (width - size[1]) // stride[1] + 1, channels
