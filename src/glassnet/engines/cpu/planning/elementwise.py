"""Activations and dropout."""

from __future__ import annotations

from math import prod

import numpy as np

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.sizes import MASK_UNITS
from glassnet.engines.cpu.tape import SAMPLES, Operation, Place, signed
from glassnet.layers import Activation, Dropout


def activation(plan: Plan, k: int, layer: Activation, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out an activation."""
    y, size = plan.numbers(shape), prod(shape)
    plan.forward.append(Operation(f"activation.{layer.function}_forward", (x, y, size), SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(Operation(f"activation.{layer.function}_backward", (x, y, dy, size), SAMPLES))
        return dy

    return y, back


def relu_back(plan: Plan, y: Place, size: int) -> Back:
    """The way back through a ReLU that was a floor under the sums before it."""

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(Operation("activation.relu_backward", (y, y, dy, size), SAMPLES))
        return dy

    return back


def dropout(plan: Plan, k: int, layer: Dropout, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out dropout: nothing, but in training."""
    if not plan.training:
        return x, lambda dy, dx_wanted: dy
    size = prod(shape)
    y, keep = plan.numbers(shape), plan.tape.room(plan.batch * size + 8, np.uint8)
    fields = (keep, size, signed(plan.seed), k, round(layer.rate * 65536))
    plan.before.append(Operation("dropout.mask", fields, MASK_UNITS))
    scale = 1 / (1 - layer.rate)
    plan.forward.append(Operation("dropout.apply", (x, y, keep, size, scale), SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        plan.backward.append(Operation("dropout.apply", (dy, dy, keep, size, scale), SAMPLES))
        return dy

    return y, back
