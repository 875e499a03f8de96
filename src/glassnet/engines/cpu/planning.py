"""From layers to a tape: for each layer the operations of its way forward and back, one function a layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, prod
from typing import Any

import numpy as np

from glassnet.arrays import Shape
from glassnet.engines.cpu.tape import CHUNKWISE, SAMPLES, Operation, Place, Tape
from glassnet.functions.windows import same_padding
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Reshape,
)
from glassnet.layers.sliding import as_pair, pooling_window
from glassnet.model import Sequential

CHUNKS = 8  # as in chunks.py, which only compiled code reads
TILE_ROWS = 13
FUNCTIONS = ("linear", "step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "softmax")
Back = Callable[[Place, bool], Place | None]  # from the place of dy, and whether dx is wanted, to the place of dx


@dataclass
class Plan:
    """What the operations of all layers share while they are laid out.

    batch : the most samples at a time.   training : whether there is a way back.   seed : of dropout masks.
    before : operations that a step begins with; after : those that need the gradients of all samples.
    """

    network: Sequential
    batch: int
    training: bool
    seed: int = 0
    tape: Tape = field(default_factory=Tape)
    before: list[Operation] = field(default_factory=list)
    forward: list[Operation] = field(default_factory=list)
    backward: list[Operation] = field(default_factory=list)
    after: list[Operation] = field(default_factory=list)
    zeros_size: int = 16
    work: int = 0  # multiply-adds of a sample on its way forward

    def __post_init__(self) -> None:
        self.zeros = Place("zeros")

    def numbers(self, shape: Shape) -> Place:
        """Room for a batch of float32 samples."""
        return self.tape.room(self.batch * prod(shape))

    def zero_row(self, size: int) -> Place:
        """At least `size` zeros, for what begins with nothing."""
        self.zeros_size = max(self.zeros_size, size)
        return self.zeros

    def parameter(self, layer: int, name: str, block: str = "weights") -> Place:
        """Where a parameter lies in the vector of weights, or of gradients; of a state in the vector of state."""
        layout = self.network.state_layout if block == "state" else self.network.weight_layout
        return Place(block, 4 * layout.places[layer][name][0].start)


def plan_layer(plan: Plan, k: int, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out layer k over its input at x; the place of its output, and its way back."""
    layer = plan.network.layers[k]
    shape = plan.network.shapes[k - 1] if k else plan.network.input_shape
    return PLANNERS[type(layer)](plan, k, layer, shape, x, floor)


def _dense(plan: Plan, k: int, layer: Dense, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    I, O = shape[0], layer.units
    plan.work += I * O
    y, W = plan.numbers((O,)), plan.parameter(k, "W")
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    plan.forward.append(
        Operation(
            "dense.forward",
            (
                x,
                W,
                b,
                y,
                I,
                O,
                floor,
            ),
            SAMPLES,
        )
    )

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        dx = None
        if dx_wanted:
            V, dx = plan.tape.room(I * O), plan.numbers((I,))
            plan.before.append(
                Operation(
                    "dense.transpose",
                    (
                        W,
                        V,
                        I,
                        O,
                    ),
                    -(-I // 16),
                )
            )
            plan.backward.append(
                Operation(
                    "dense.input_gradient",
                    (
                        dy,
                        V,
                        plan.zero_row(I),
                        dx,
                        I,
                        O,
                    ),
                    SAMPLES,
                )
            )
        units = -(-I // TILE_ROWS)
        dW = plan.parameter(k, "W", "gradient")
        plan.after.append(
            Operation(
                "dense.weight_gradient",
                (
                    x,
                    dy,
                    plan.zero_row(O),
                    dW,
                    I,
                    O,
                ),
                units,
            )
        )
        if layer.use_bias:
            plan.after.append(
                Operation(
                    "dense.bias_gradient",
                    (
                        dy,
                        plan.parameter(k, "b", "gradient"),
                        O,
                    ),
                    1,
                )
            )
        return dx

    return y, back


def _conv2d(plan: Plan, k: int, layer: Conv2D, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    (KH, KW), (SH, SW) = as_pair("", "", layer.kernel_size), as_pair("", "", layer.stride)
    x, (H, W, C), unpad = _padded(plan, layer, shape, x)
    OH, OW, O = plan.network.shapes[k]
    plan.work += OH * OW * O * KH * KW * C
    y, kernel = plan.numbers((OH, OW, O)), plan.parameter(k, "W")
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    sizes = (H, W, C, OH, OW, O, KH, KW, SH, SW)
    plan.forward.append(
        Operation(
            "conv2d.forward",
            (
                x,
                kernel,
                b,
                y,
                *sizes,
                floor,
            ),
            SAMPLES,
        )
    )

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        size = KH * KW * C * O
        slots, bias_slots = plan.tape.room(CHUNKS * size), plan.tape.room(CHUNKS * O) if layer.use_bias else 0
        input_fields: tuple[Any, ...] = (0, 0, 0, 0)
        dx = None
        if dx_wanted:
            V, dx = plan.tape.room(size), plan.numbers((H, W, C))
            spread = plan.tape.room(CHUNKS * (H + KH - 1) * (W + KW - 1) * O)
            plan.before.append(
                Operation(
                    "conv2d.turn",
                    (
                        kernel,
                        V,
                        KH * KW,
                        C,
                        O,
                    ),
                    KH * KW,
                )
            )
            input_fields = (dx, V, spread, plan.zero_row(C))
        plan.backward.append(
            Operation(
                "conv2d.backward",
                (
                    x,
                    dy,
                    slots,
                    bias_slots,
                    *sizes,
                    *input_fields,
                ),
                CHUNKWISE,
            )
        )
        for place, name, count in ((slots, "W", size), (bias_slots, "b", O)):
            if isinstance(place, Place):
                g = plan.parameter(k, name, "gradient")
                plan.after.append(
                    Operation(
                        "conv2d.sum_slots",
                        (
                            place,
                            CHUNKS,
                            g,
                            count,
                        ),
                        -(-count // 1024),
                    )
                )
        return unpad(dx) if dx else None

    return y, back


def _conv_relu_pool(layers: Sequence[Layer]) -> tuple[int, bool]:
    """How many of the next layers are a convolution, ReLU and a max pooling that can be one; whether ReLU is there."""
    kinds = [type(layer) for layer in layers[:3]]
    relu = Activation("relu")
    if kinds[:1] != [Conv2D] or as_pair("", "", layers[0].stride) != (1, 1):  # type: ignore[attr-defined]
        return 0, False
    if kinds[1:2] == [MaxPooling2D]:
        count, pool = (3, layers[1]) if list(layers[2:3]) == [relu] else (2, layers[1])
    elif list(layers[1:2]) == [relu] and kinds[2:3] == [MaxPooling2D]:
        count, pool = 3, layers[2]
    else:
        return 0, False
    size, stride = pooling_window(pool)
    return (count, count == 3) if size == stride else (0, False)


def _conv2d_pool(plan: Plan, k: int, count: int, relu: bool, x: Place) -> tuple[Place, Back]:
    layer = plan.network.layers[k]
    assert isinstance(layer, Conv2D)
    shape = plan.network.shapes[k - 1] if k else plan.network.input_shape
    x, (H, W, C), unpad = _padded(plan, layer, shape, x)
    pool = next(one for one in plan.network.layers[k : k + count] if isinstance(one, MaxPooling2D))
    (KH, KW), (QH, QW) = as_pair("", "", layer.kernel_size), pooling_window(pool)[0]
    PH, PW, O = plan.network.shapes[k + count - 1]
    plan.work += PH * PW * QH * QW * O * KH * KW * C
    y, kernel = plan.numbers((PH, PW, O)), plan.parameter(k, "W")
    which = plan.tape.room(plan.batch * PH * PW * O, np.uint8)
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    scratch_size = max(PH * QH * PW * QW * O, PH * PW * (2 * O + QH * QW * (2 * O + 1))) + QH * QW
    scratch = plan.tape.room(CHUNKS * scratch_size)
    floor = 0.0 if relu else -inf
    common = (x, kernel, b, y, which, scratch, scratch_size, H, W, C, PH, PW, O, KH, KW, QH, QW, floor)
    plan.forward.append(Operation("conv2d_pool.forward", common, SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        size = KH * KW * C * O
        slots, bias_slots = plan.tape.room(CHUNKS * size), plan.tape.room(CHUNKS * O)
        V: Any = 0
        dx: Any = 0
        if dx_wanted:
            V, dx = plan.tape.room(size), plan.numbers((H, W, C))
            plan.before.append(Operation("dense.transpose", (kernel, V, KH * KW * C, O), -(-KH * KW * C // 16)))
        fields = (*common, dy, slots, bias_slots, dx, V, int(relu))
        dW = plan.parameter(k, "W", "gradient")
        if not dx_wanted and KW * C < 16:
            plan.backward.append(Operation("conv2d_pool.backward_narrow", fields, CHUNKWISE))
            plan.after.append(Operation("conv2d.sum_slots", (slots, CHUNKS, dW, size), -(-size // 1024)))
        else:
            plan.backward.append(Operation("conv2d_pool.backward", fields, CHUNKWISE))
            plan.after.append(Operation("conv2d_pool.sum_slots", (slots, CHUNKS, dW, KH * KW * C, O), O))
        if layer.use_bias:
            db = plan.parameter(k, "b", "gradient")
            plan.after.append(Operation("conv2d.sum_slots", (bias_slots, CHUNKS, db, O), -(-O // 1024)))
        return unpad(dx) if dx_wanted else None

    return y, back


def _padded(plan: Plan, layer: Conv2D, shape: Shape, x: Place) -> tuple[Place, Shape, Callable[[Place], Place]]:
    """The input with the zeros around it that the layer asks for, its shape, and the way back of its gradient."""
    (KH, KW), (SH, SW) = as_pair("", "", layer.kernel_size), as_pair("", "", layer.stride)
    H, W, C = shape
    top, below = same_padding(H, KH, SH) if layer.padding == "same" else (0, 0)
    left, right = same_padding(W, KW, SW) if layer.padding == "same" else (0, 0)
    if not top + below + left + right:
        return x, shape, lambda dx: dx
    high, wide = H + top + below, W + left + right
    padding = (H, W * C, top, left * C, wide * C, high)
    padded = plan.numbers((high, wide, C))
    plan.forward.append(Operation("conv2d.pad", (x, padded, *padding), SAMPLES))

    def unpad(dx: Place) -> Place:
        inside = plan.numbers(shape)
        plan.backward.append(Operation("conv2d.crop", (inside, dx, *padding), SAMPLES))
        return inside

    return padded, (high, wide, C), unpad


def _pooling(plan: Plan, k: int, layer: Any, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    kind = "max" if isinstance(layer, MaxPooling2D) else "average"
    (KH, KW), (SH, SW) = pooling_window(layer)
    (H, W, C), (OH, OW, _) = shape, plan.network.shapes[k]
    y = plan.numbers((OH, OW, C))
    which = plan.tape.room(plan.batch * OH * OW * C, np.uint8) if kind == "max" else 0
    sizes = (H, W, C, OH, OW, KH, KW, SH, SW)
    plan.forward.append(
        Operation(
            f"pooling.{kind}_forward",
            (
                x,
                y,
                which,
                *sizes,
            ),
            SAMPLES,
        )
    )

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        if not dx_wanted:
            return None
        dx = plan.numbers(shape)
        plan.backward.append(
            Operation(
                f"pooling.{kind}_backward",
                (
                    dx,
                    dy,
                    which,
                    *sizes,
                ),
                SAMPLES,
            )
        )
        return dx

    return y, back


def _activation(plan: Plan, k: int, layer: Activation, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    y, size = plan.numbers(shape), prod(shape)
    plan.forward.append(
        Operation(
            f"activation.{layer.function}_forward",
            (
                x,
                y,
                size,
            ),
            SAMPLES,
        )
    )

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(
            Operation(
                f"activation.{layer.function}_backward",
                (
                    x,
                    y,
                    dy,
                    dy,
                    size,
                ),
                SAMPLES,
            )
        )
        return dy

    return y, back


def _dropout(plan: Plan, k: int, layer: Dropout, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    if not plan.training:
        return x, lambda dy, dx_wanted: dy
    size = prod(shape)
    y, keep = plan.numbers(shape), plan.tape.room(plan.batch * size + 8, np.uint8)
    seed = plan.seed - 2**64 if plan.seed >= 2**63 else plan.seed  # the same bits, as a signed number
    plan.before.append(
        Operation(
            "dropout.mask",
            (
                keep,
                size,
                seed,
                k,
                round(layer.rate * 65536),
            ),
            64,
        )
    )
    scale = 1 / (1 - layer.rate)
    plan.forward.append(
        Operation(
            "dropout.apply",
            (
                x,
                y,
                keep,
                size,
                scale,
            ),
            SAMPLES,
        )
    )

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(
            Operation(
                "dropout.apply",
                (
                    dy,
                    dy,
                    keep,
                    size,
                    scale,
                ),
                SAMPLES,
            )
        )
        return dy

    return y, back


def _batch_norm(
    plan: Plan, k: int, layer: BatchNormalization, shape: Shape, x: Place, floor: float
) -> tuple[Place, Back]:
    C, places = shape[-1], prod(shape[:-1])
    y, x_hat = plan.numbers(shape), plan.numbers(shape)
    sums, used = plan.tape.room(CHUNKS * 2 * C, np.float64), plan.tape.room(3 * C)
    dx = plan.numbers(shape) if plan.training else 0
    learnt = (plan.parameter(k, "gamma"), plan.parameter(k, "beta"))
    kept = (plan.parameter(k, "mean", "state"), plan.parameter(k, "variance", "state"))
    gradients = (plan.parameter(k, "gamma", "gradient"), plan.parameter(k, "beta", "gradient"))
    first = (x, y, x_hat, *learnt, *kept, sums, C, places, float(layer.epsilon), float(layer.momentum), used)
    if plan.training:
        plan.forward += [
            Operation("batch_norm.sum_x", first, CHUNKWISE),
            Operation("batch_norm.mean", first, 1, wait=True),
            Operation("batch_norm.sum_squares", first, CHUNKWISE, wait=True),
            Operation("batch_norm.variance", first, 1, wait=True),
            Operation("batch_norm.forward", first, SAMPLES, wait=True),
        ]
    else:
        plan.forward += [
            Operation("batch_norm.moving", first, 1),
            Operation("batch_norm.forward", first, SAMPLES, wait=True),
        ]

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        rest = (*first, dy, dx, *gradients)
        plan.backward += [
            Operation("batch_norm.sum_gradients", rest, CHUNKWISE),
            Operation("batch_norm.gradients", rest, 1, wait=True),
        ]
        if not dx_wanted:
            return None
        plan.backward.append(Operation("batch_norm.backward", rest, SAMPLES, wait=True))
        assert isinstance(dx, Place)
        return dx

    return y, back


def _nothing(plan: Plan, k: int, layer: Layer, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    return x, lambda dy, dx_wanted: dy


PLANNERS: dict[type[Layer], Callable[..., tuple[Place, Back]]] = {
    Dense: _dense,
    Conv2D: _conv2d,
    MaxPooling2D: _pooling,
    AveragePooling2D: _pooling,
    Activation: _activation,
    Dropout: _dropout,
    BatchNormalization: _batch_norm,
    Flatten: _nothing,
    Reshape: _nothing,
}


def fits(layer: Layer) -> bool:
    """Whether there are kernels for a layer."""
    if type(layer) not in PLANNERS:  # a class made from one of these may compute something else
        return False
    if isinstance(layer, Activation):
        return layer.function in FUNCTIONS
    return not isinstance(layer, MaxPooling2D) or prod(pooling_window(layer)[0]) <= 256  # places are kept in bytes


def plan_layers(plan: Plan, depth: int, x: Place) -> tuple[Place, Callable[[Place], None]]:
    """Lay out the first `depth` layers; the place of what they give, and what lays out the way back from its gradient.

    A ReLU after a dense layer or a convolution is a floor under their sums.
    """
    backs: list[Back] = []
    first = next((k for k, place in enumerate(plan.network.weight_layout.places[:depth]) if place), depth)
    k = 0
    while k < depth:
        layers = plan.network.layers[k:depth]
        pooled, relu = _conv_relu_pool(layers)
        if pooled:
            x, back = _conv2d_pool(plan, k, pooled, relu, x)
            count = pooled
        else:
            fused = isinstance(layers[0], (Dense, Conv2D)) and layers[1:2] == (Activation("relu"),)
            x, back = plan_layer(plan, k, x, 0.0 if fused else -inf)
            count = 1 + fused
        backs.append(back)
        if count == 2 and not pooled:
            backs.append(_relu_back(plan, x, prod(plan.network.shapes[k])))
        backs += [lambda dy, dx_wanted: dy] * (count - 1 if pooled else 0)
        k += count

    def back_through(dy: Place) -> None:
        gradient: Place | None = dy
        for number in range(len(backs) - 1, first - 1, -1):
            assert gradient is not None  # every layer but the first that learns was asked for it
            gradient = backs[number](gradient, number > first)

    return x, back_through


def _relu_back(plan: Plan, y: Place, size: int) -> Back:
    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(
            Operation(
                "activation.relu_backward",
                (
                    y,
                    y,
                    dy,
                    dy,
                    size,
                ),
                SAMPLES,
            )
        )
        return dy

    return back
