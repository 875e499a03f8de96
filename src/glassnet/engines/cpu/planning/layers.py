"""From layers to operations: for each kind its planner, and what is laid out as one."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, prod

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.batch_norm import batch_norm
from glassnet.engines.cpu.planning.conv2d import conv2d
from glassnet.engines.cpu.planning.conv2d_pool import conv2d_pool, layers_in_one
from glassnet.engines.cpu.planning.dense import dense
from glassnet.engines.cpu.planning.elementwise import activation, dropout, relu_back
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.planning.pooling import pooling
from glassnet.engines.cpu.tape import Place
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
from glassnet.layers.sliding import pooling_window

FUNCTIONS = ("linear", "step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "softmax")


def fits(layer: Layer) -> bool:
    """Whether there are kernels for a layer."""
    if type(layer) not in PLANNERS:  # a class made from one of these may compute something else
        return False
    if isinstance(layer, Activation):
        return layer.function in FUNCTIONS
    if isinstance(layer, (MaxPooling2D, AveragePooling2D)) and layer.padding != "valid":
        return False
    return not isinstance(layer, MaxPooling2D) or prod(pooling_window(layer)[0]) <= 256  # places are kept in bytes


def plan_layers(plan: Plan, depth: int, x: Place) -> tuple[Place, Callable[[Place], None]]:
    """Lay out the first `depth` layers; the place of what they give, and what lays out the way back from its gradient.

    A ReLU after a dense layer or a convolution is a floor under their sums.
    """
    backs: list[Back] = []
    first = next((k for k, place in enumerate(plan.network.weight_layout.places[:depth]) if place), depth)
    while len(backs) < depth:
        k = len(backs)
        layers = plan.network.layers[k:depth]
        together, relu = layers_in_one(layers)
        if together:
            x, back = conv2d_pool(plan, k, together, relu, x)
            backs += [back, *[_unchanged] * (together - 1)]
        elif isinstance(layers[0], (Dense, Conv2D)) and layers[1:2] == (Activation("relu"),):
            x, back = plan_layer(plan, k, x, 0.0)
            backs += [back, relu_back(plan, x, prod(plan.network.shapes[k]))]
        else:
            x, back = plan_layer(plan, k, x, -inf)
            backs.append(back)

    def back_through(dy: Place) -> None:
        gradient: Place | None = dy
        for number in range(len(backs) - 1, first - 1, -1):
            assert gradient is not None  # every layer but the first that learns was asked for it
            gradient = backs[number](gradient, number > first)

    return x, back_through


def plan_layer(plan: Plan, k: int, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out layer k over its input at x; the place of its output, and its way back."""
    layer = plan.network.layers[k]
    shape = plan.network.shapes[k - 1] if k else plan.network.input_shape
    return PLANNERS[type(layer)](plan, k, layer, shape, x, floor)


def _nothing(plan: Plan, k: int, layer: Layer, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    return x, _unchanged


def _unchanged(dy: Place, dx_wanted: bool) -> Place:
    return dy


PLANNERS: dict[type[Layer], Callable[..., tuple[Place, Back]]] = {
    Dense: dense,
    Conv2D: conv2d,
    MaxPooling2D: pooling,
    AveragePooling2D: pooling,
    Activation: activation,
    Dropout: dropout,
    BatchNormalization: batch_norm,
    Flatten: _nothing,
    Reshape: _nothing,
}
