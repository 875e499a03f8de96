"""What in a picture made a network answer as it did: by covering it piece by piece, and by the slope at each pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer, check_kind, check_number, check_numeric
from glassnet.engines import predict
from glassnet.errors import DataError, ShapeError
from glassnet.explain.trace import Trace, in_float64
from glassnet.files import TrainedModel
from glassnet.layers import Activation
from glassnet.model import Sequential
from glassnet.preparation import Scale

MOST_PLACES = 1024  # of the patch; over larger pictures it moves by more than one pixel at a time
MOST_PIXELS = 2**18  # that are looked at together, so that large pictures do not fill the memory


@dataclass(frozen=True)
class Attribution:
    """What spoke for one answer, and what against it. All numbers are float64.

    label : the class that is asked about, or the number of the output where the network has no classes.
    answer : the one that the network gives.
    score : its sum before the last activation; minus that sum for the first class of a network with one output.
    picture : (H, W, C), as the first layer gets it.
    occlusion : (⌈H / stride⌉, ⌈W / stride⌉), by how much the score falls where a patch of patch × patch pixels of the
        value `fill` (as recorded) covers the picture; [i, j] is the one around pixel [i·stride, j·stride].
    gradient : (H, W, C), ∂score/∂pixel.
    """

    label: Any
    answer: Any
    score: float
    picture: Array
    occlusion: Array
    patch: int
    stride: int
    fill: float
    gradient: Array


def attribution(
    model: TrainedModel | Sequential,
    x: Any,
    label: Any = None,
    *,
    patch: int | None = None,
    stride: int | None = None,
    fill: float | None = None,
) -> Attribution:
    """What in the picture x (H, W, C), as recorded, speaks for the answer of a network.

    Parameters
    ----------
    label : another class than the answer, or the number of an output.
    patch : its side in pixels; None, about a quarter of the picture's.   stride : pixels from one patch
        to the next; None, 1 where the picture is small.   fill : of the patch; None, the mean of the picture.

    Raises
    ------
    ShapeError where the samples are no pictures; DataError for a class that there is not; ParameterError.

    Source
    ------
    Covering: M. D. Zeiler, R. Fergus, "Visualizing and understanding convolutional networks", 2014, section 4.2.
    Slopes: K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks", 2013, section 3.
    """
    trace, scale, recorded = trace_picture(model, x)
    network = trace.network
    height, width, _ = recorded.shape
    patch = min(height, width) // 8 * 2 + 1 if patch is None else patch
    stride = ceil(sqrt(height * width / MOST_PLACES)) if stride is None else stride
    fill = float(recorded.mean()) if fill is None else fill
    check_integer("attribution", "patch", patch)
    check_integer("attribution", "stride", stride)
    check_number("attribution", "fill", fill)
    last = network.layers[-1]
    depth = len(network.layers) - (isinstance(last, Activation) and len(network.layers) > 1)
    classes, answer = _answer(model, trace.signals[-1].reshape(-1))
    label = answer if label is None else label
    output, sign = _speaker(classes, label, network)
    together = max(1, MOST_PIXELS // (height * width))

    def scores(pictures: Array) -> Array:
        sums = predict(network, pictures, scale, depth=depth, batch_size=together)
        return sign * sums.reshape(len(pictures), -1)[:, output]

    score = float(sign * trace.signals[depth].reshape(-1)[output])
    rows = [scores(_covered(recorded, i, patch, stride, fill)) for i in range(0, height, stride)]
    return Attribution(
        label=label,
        answer=answer,
        score=score,
        picture=trace.signals[0][0],
        occlusion=score - np.stack(rows),
        patch=patch,
        stride=stride,
        fill=fill,
        gradient=_slope(trace, depth, output, sign),
    )


def trace_picture(model: TrainedModel | Sequential, x: Any) -> tuple[Trace, Scale, Array]:
    """The way of x (H, W, C) through the network, what scales its samples, and x as recorded.

    Raises
    ------
    ShapeError where x is no picture, or none of the network's size; DataError where the outputs are not finite.
    """
    if not isinstance(model, TrainedModel):
        check_kind("explain", "model", model, Sequential, "a Sequential or a TrainedModel")
    network, scale = (model.network, model.preparation.scale) if isinstance(model, TrainedModel) else (model, Scale())
    if len(network.input_shape) != 3:
        raise ShapeError(
            f"This network learnt from rows of {network.input_shape[-1]} numbers: there is no picture to draw.",
            "Leave --picture out to see the arithmetic, number by number.",
        )
    network = in_float64(network)
    samples = check_numeric("explain", x)[None].astype(np.float64)
    predict(network, samples, scale)  # says what does not fit, and where numbers are too large to compute with
    return Trace(network, scale(samples, np.float64)), scale, samples[0]


def _answer(model: TrainedModel | Sequential, outputs: Array) -> tuple[tuple[Any, ...], Any]:
    """The classes, or the numbers of the outputs where there are none, and the one that the network answers with."""
    known = model.classes if isinstance(model, TrainedModel) else None
    classes = tuple(range(outputs.size)) if known is None else known
    return classes, classes[int(outputs.argmax() if outputs.size == len(classes) else outputs[0] > 0.5)]


def _speaker(classes: tuple[Any, ...], label: Any, network: Sequential) -> tuple[int, int]:
    """The output whose sum is the score of a class, and its sign: one output says how likely the second of two is."""
    if label not in classes:
        raise DataError(f"{label!r:.60} is none of the classes.", f"They are {', '.join(map(str, classes)):.200}.")
    k = classes.index(label)
    return (0, 2 * k - 1) if network.output_shape == (1,) and len(classes) == 2 else (k, 1)


def _covered(picture: Array, row: int, patch: int, stride: int, fill: float) -> Array:
    """The picture with a patch around each of the pixels of one row that are `stride` apart, (N, H, W, C)."""
    columns = range(0, picture.shape[1], stride)
    covered = np.repeat(picture[None], len(columns), 0)
    half = patch // 2
    for one, column in zip(covered, columns, strict=True):
        one[max(0, row - half) : row - half + patch, max(0, column - half) : column - half + patch] = fill
    return covered


def _slope(trace: Trace, depth: int, output: int, sign: int) -> Array:
    """∂score/∂pixel (H, W, C): the layers' own backward, from the sum of one output to the picture."""
    dy = np.zeros_like(trace.signals[depth])
    dy.reshape(-1)[output] = sign
    for k in reversed(range(depth)):
        dx, _ = trace.network.layers[k].backward(trace.p[k], trace.saved[k], dy, dx_wanted=True)
        assert dx is not None  # it was wanted
        dy = dx
    return dy[0]
