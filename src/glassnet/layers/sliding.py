"""What convolution and pooling share: window sizes, and the check that a window fits its picture."""

from __future__ import annotations

from typing import Any

from glassnet.arrays import Shape
from glassnet.checks import check_choice, check_integer
from glassnet.errors import ParameterError, ShapeError
from glassnet.functions.windows import Pair, same_padding
from glassnet.layers.layer import Built, Layer, expect_rank

PADDINGS = ("valid", "same")


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


def check_pooling(layer: Any) -> None:
    """Raise ParameterError where a pooling layer's window or padding is none."""
    pooling_window(layer)
    check_choice(type(layer).__name__, "padding", layer.padding, PADDINGS)


def window_padding(padding: str, in_shape: Shape, size: Pair, stride: Pair) -> tuple[Pair, Pair]:
    """Rows and columns added around pictures (H, W, …): none where padding is "valid"."""
    if padding == "valid":
        return (0, 0), (0, 0)
    return same_padding(in_shape[0], size[0], stride[0]), same_padding(in_shape[1], size[1], stride[1])


def slid_size(in_shape: Shape, size: Pair, stride: Pair, padding: tuple[Pair, Pair]) -> Pair:
    """(OH, OW): how often a window fits into pictures (H, W, …) with so many rows and columns added."""
    rows, columns = padding
    return (
        (in_shape[0] + sum(rows) - size[0]) // stride[0] + 1,
        (in_shape[1] + sum(columns) - size[1]) // stride[1] + 1,
    )


def build_pooling(layer: Any, in_shape: Shape) -> Built:
    """What a pooling layer makes of pictures (H, W, C)."""
    size, stride = pooling_window(layer)
    shape = expect_window(layer, in_shape, size, fits_always=layer.padding == "same")
    return Built((*slid_size(shape, size, stride, window_padding(layer.padding, shape, size, stride)), shape[2]))
