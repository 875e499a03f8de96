"""Whether a network, a loss and a data set fit each other, and the targets in the form that the loss wants."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import cast, check_numeric
from glassnet.data import Dataset
from glassnet.engines.engine import Task
from glassnet.engines.prediction import check_samples
from glassnet.errors import DataError, ShapeError
from glassnet.layers import Activation
from glassnet.losses import BinaryCrossentropy, Loss
from glassnet.losses.categorical_crossentropy import one_hot
from glassnet.model import Sequential, head_and_loss
from glassnet.optimizers import Optimizer


def fit_task(
    network: Sequential,
    data: Dataset,
    loss: Loss,
    optimizer: Optimizer,
    *,
    total_steps: int,
    seed: int,
    sample_weight: Array | None = None,
    batch_size: int | None = None,
    precision: str = "float32",
) -> Task:
    """The task of training `network` on `data`.

    Raises
    ------
    ShapeError, DataError with the line that mends it, where the samples do not fit the first layer, or the last layer
    does not fit the loss or the classes.
    """
    check_samples(network, data.x)
    depth, head_loss = head_and_loss(network, loss)
    _check_probabilities(network, head_loss)
    if sample_weight is not None:
        sample_weight = cast("sample_weight", check_numeric("sample_weight", sample_weight), network.dtype)
        if sample_weight.shape != (len(data),):
            raise ShapeError(f"sample_weight has shape {sample_weight.shape}; there are {len(data)} samples.")
        if (sample_weight < 0).any():
            raise DataError(
                f"sample_weight: row {int((sample_weight < 0).argmax())} is below 0.", "Weights count samples."
            )
    return Task(
        network=network,
        depth=depth,
        loss=head_loss,
        optimizer=optimizer,
        x=data.x,
        scale=data.preparation.scale,
        t=targets(network, data, loss),
        answers=None if data.classes is None else data.y,
        sample_weight=sample_weight,
        total_steps=total_steps,
        seed=seed,
        batch_size=batch_size,
        precision=precision,
    )


def targets(network: Sequential, data: Dataset, loss: Loss) -> Array:
    """The targets of `data` for `loss`: class indices (N,), or vectors (N, O) in the network's type."""
    name = type(loss).__name__
    if len(network.output_shape) != 1:
        raise ShapeError(
            f"The last layer gives {network.output_shape} for each sample, but {name} compares vectors.",
            "End the network with Flatten() and a Dense().",
        )
    (outputs,) = network.output_shape
    if data.classes is None:
        if loss.labels == "index":
            raise DataError(
                f"{name} is for classes, but the targets of {data.name} are numbers such as {data.y.flat[0]:.4g}.",
                "Use MeanSquaredError(), or give labels that name classes.",
            )
        if data.y.shape[1] != outputs:
            raise ShapeError(
                f"The last layer gives {outputs} output{'s' * (outputs != 1)}, but each target has {data.y.shape[1]}.",
                f"Make the last Dense layer Dense({data.y.shape[1]}).",
            )
        t = cast(f"{data.name}: y", data.preparation.target(data.y, np.float64), network.dtype)
        if isinstance(loss, BinaryCrossentropy) and not ((t >= 0) & (t <= 1)).all():
            row = int(((t < 0) | (t > 1)).any(1).argmax())
            raise DataError(
                f"{name} is for targets from 0 to 1, but row {row} of {data.name} has {t[row].tolist()}.",
                "Use MeanSquaredError().",
            )
        return t
    count = len(data.classes)
    if count < 2:
        raise DataError(f"{data.name} has one class alone, {data.classes[0]!r}.", "There must be two to tell apart.")
    if loss.labels == "index" and outputs == count:
        return data.y
    if loss.labels == "vector" and outputs == count:
        return one_hot(data.y, count, np.zeros(0, network.dtype))
    if loss.labels == "vector" and outputs == 1 and count == 2:
        return data.y[:, None].astype(network.dtype)
    raise ShapeError(
        f"The last layer gives {outputs} output{'s' * (outputs != 1)}, but {data.name} has {count} classes.",
        f"Make the last Dense layer Dense({count}).",
    )


def _check_probabilities(network: Sequential, loss: Loss) -> None:
    """A cross-entropy of bare outputs needs outputs that are probabilities."""
    last = network.layers[-1]
    probable = isinstance(last, Activation) and last.function in ("sigmoid", "softmax")
    if loss.wants_probabilities and not probable:
        raise ShapeError(
            f"{type(loss).__name__} expects probabilities, but the last layer, {network.names[-1]}, gives any number.",
            f"Put Activation({loss.activation!r}) at the end.",
        )
