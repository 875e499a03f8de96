"""Which axis of a picture its channels are: the last one, or the first one where a script says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glassnet.arrays import Shape
from glassnet.checks import check_choice
from glassnet.errors import ShapeError
from glassnet.keras.notes import note
from glassnet.layers import Layer as Description, Reshape

FIRST, LAST = "channels_first", "channels_last"
OLD = {"th": FIRST, "tf": LAST}  # as Keras 1 called them, after Theano and TensorFlow
_CHOSEN = [LAST]


def image_data_format() -> str:
    """ "channels_last" or "channels_first"."""
    return _CHOSEN[0]


def set_image_data_format(data_format: str) -> None:
    """Say what pictures are from now on: (height, width, channels), or (1, height, width)."""
    check_choice("set_image_data_format", "data_format", data_format, (LAST, FIRST))
    _CHOSEN[0] = data_format


def image_dim_ordering() -> str:
    """image_data_format() as Keras 1 called it: "tf" or "th"."""
    note("image_dim_ordering", "image_dim_ordering() is read as image_data_format(), with 'tf' for 'channels_last'")
    return next(old for old, new in OLD.items() if new == image_data_format())


def set_image_dim_ordering(dim_ordering: str) -> None:
    """set_image_data_format() as Keras 1 called it."""
    new = OLD.get(dim_ordering, dim_ordering)
    note(
        "set_image_dim_ordering", f"set_image_dim_ordering({dim_ordering!r}) is read as set_image_data_format({new!r})"
    )
    set_image_data_format(new)


def is_first(owner: str, data_format: str | None) -> bool:
    """Whether a layer with this argument takes channels for the first axis."""
    chosen = data_format or image_data_format()
    check_choice(owner, "data_format", chosen, (LAST, FIRST))
    return chosen == FIRST


def turned(shape: Shape, layers: Iterable[Any]) -> list[Description]:
    """What has to come before these layers, so that pictures (1, H, W) become (H, W, 1); mostly nothing.

    Raises
    ------
    ShapeError where there are several channels: their axis would have to be moved.
    """
    if len(shape) != 3 or not any(layer.channels_first for layer in layers):
        return []
    if shape[0] != 1:
        raise ShapeError(
            f"channels_first is read for pictures of one channel, (1, H, W). Got {shape}.",
            "Write x = np.moveaxis(x, 1, -1), and data_format='channels_last'.",
        )
    note(FIRST, "channels_first: pictures (1, H, W) are read as (H, W, 1), and layers give (H, W, C)")
    return [Reshape((*shape[1:], 1))]
