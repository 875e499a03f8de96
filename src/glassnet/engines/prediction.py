"""Prediction: outputs for samples."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.checks import check_integer, check_kind, check_numeric
from glassnet.data.mapped import let_go
from glassnet.engines.engine import Engine
from glassnet.engines.reference import Reference
from glassnet.errors import DataError, ShapeError
from glassnet.files.trained import TrainedModel
from glassnet.model import Sequential
from glassnet.preparation import Scale

PLAIN = Scale()  # numbers as they are
PIECE = 2**23  # bytes of samples that go to an engine at a time


def predict(
    network: Sequential | TrainedModel,
    x: Any,
    scale: Scale | None = None,
    *,
    depth: int | None = None,
    batch_size: int | None = None,
    engine: Engine | None = None,
) -> Array:
    """Outputs (N, *output_shape) for samples x (N, *input_shape), outside training.

    Parameters
    ----------
    network : a TrainedModel brings its own scale, and its answers come in the unit of its targets, in float64 where
        that is another than the network's.
    x : array-like, as recorded; it is never changed.   scale : turns x into numbers for the first layer.
    depth : after how many layers to look; None for the whole network.
    batch_size : how many samples go to the engine at a time; None for some megabytes.
    engine : what computes; None for the reference.

    Raises
    ------
    ShapeError where x does not fit the network; DataError where x holds anything but finite numbers, or the outputs do.
    """
    engine = engine or Reference()
    target = PLAIN
    if isinstance(network, TrainedModel):
        scale = scale or network.preparation.scale
        target = network.preparation.target if network.classes is None and depth is None else target
        network = network.network
    scale = scale or PLAIN
    check_kind("predict", "network", network, Sequential, "a Sequential or a TrainedModel")
    check_kind("predict", "scale", scale, Scale, "Scale(1 / 255)")
    batch_size = (
        max(1, PIECE // (prod(network.input_shape) * network.dtype.itemsize)) if batch_size is None else batch_size
    )
    check_integer("predict", "batch_size", batch_size)
    depth = len(network.layers) if depth is None else depth
    check_integer("predict", "depth", depth, 1, len(network.layers))
    samples = check_numeric("predict", x)
    check_samples(network, samples)
    vectors = network.vectors  # read once: training may bind new ones meanwhile
    outputs = np.empty((len(samples), *network.shapes[depth - 1]), network.dtype)
    for start in range(0, len(samples), batch_size):
        batch = scale(samples[start : start + batch_size], network.dtype)
        outputs[start : start + batch_size] = engine.forward(network, vectors, batch, depth)
        let_go(samples)
    if not np.isfinite(outputs).all():
        row = int(np.nonzero(~np.isfinite(outputs))[0][0])
        raise DataError(
            f"predict: the outputs for row {row} are no finite numbers.",
            "Its inputs, or the network's weights, are too large to compute with.",
        )
    return outputs if target == PLAIN else target.undo(outputs)


def check_samples(network: Sequential, x: Array) -> None:
    """Raise ShapeError, naming the first layer and both shapes, where x is not (N, *input_shape)."""
    wanted, got = network.input_shape, x.shape
    if got[1:] == wanted and len(got) > 0:
        return
    axes = "".join(f", {length}" for length in wanted)
    raise ShapeError(f"Layer 1, {network.names[0]}, expects samples of shape (N{axes}), got {got}.", _mend(wanted, got))


def _mend(wanted: Shape, got: Shape) -> str:
    numbers = ", ".join(map(str, wanted))
    if got == wanted:
        return "One sample is a batch of one: write x[None]."
    if prod(got) == prod(wanted):
        return f"The numbers are as many: write x.reshape(1, {numbers})."
    if len(got) > 1 and prod(got[1:]) == prod(wanted):
        return f"The numbers are as many: write x.reshape(-1, {numbers})."
    if len(got) == 1:
        return f"A sample is {prod(wanted)} numbers, but {got[0]} came. Give a whole one: sample.reshape(1, {numbers})."
    if len(got) == len(wanted) + 1:
        axis = next(k for k in range(len(wanted)) if got[k + 1] != wanted[k])
        return f"Axis {axis + 1} clashes: {wanted[axis]} is expected, {got[axis + 1]} came."
    return f"Give {len(wanted) + 1} axes, the first for the samples."
