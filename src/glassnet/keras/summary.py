"""The table that model.summary() prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

WIDTH = 65
POSITIONS = (0.45, 0.85, 1.0)  # where the columns end, as shares of the width


def summary(model: Any, line_length: int | None, positions: Sequence[float] | None, show: Callable[[str], Any]) -> None:
    """Hand the lines of the table to `show`, one by one.

    line_length : of a line.   positions : where the three columns end, as shares of it, or as places.
    """
    width = line_length or WIDTH
    shares = positions or POSITIONS
    ends = [int(width * share) if share <= 1 else int(share) for share in shares]
    shape = (None, *model.network.input_shape)
    show(f'Model: "{model.name}"')
    show("_" * width)
    show(_line(("Layer (type)", "Output Shape", "Param #"), ends))
    show("=" * width)
    for k, layer in enumerate(model.layers):
        shape = (None, *_output_shape(model, layer))
        show(_line((f"{layer.name} ({type(layer).__name__})", str(shape), f"{layer.count_params():,}"), ends))
        show(("=" if k == len(model.layers) - 1 else "_") * width)
    network = model.network
    trainable, state = network.weight_layout.size, network.state_layout.size
    show(f"Total params: {trainable + state:,}")
    show(f"Trainable params: {trainable:,}")
    show(f"Non-trainable params: {state:,}")
    show("_" * width)


def _output_shape(model: Any, layer: Any) -> tuple[int, ...]:
    """Of one sample, after the last leaf of this layer."""
    last = list(layer.leaves())[-1]
    return next(model.network.shapes[part[-1]] for leaf, part in model._parts if leaf is last)


def _line(cells: Sequence[str], ends: Sequence[int]) -> str:
    """Each cell cut at the end of its column, one blank before the next."""
    line = ""
    for cell, end in zip(cells, ends, strict=True):
        line = f"{line}{cell}"[: end - 1].ljust(end)
    return line.rstrip()
