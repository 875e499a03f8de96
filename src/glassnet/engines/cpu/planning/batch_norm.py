"""Batch normalisation."""

from __future__ import annotations

from math import prod

import numpy as np

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.sizes import CHUNKS
from glassnet.engines.cpu.tape import CHUNKWISE, SAMPLES, Operation, Place
from glassnet.layers import BatchNormalization


def batch_norm(
    plan: Plan, k: int, layer: BatchNormalization, shape: Shape, x: Place, floor: float
) -> tuple[Place, Back]:
    """Lay out batch normalisation: in training its sums need all samples before it goes on."""
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
