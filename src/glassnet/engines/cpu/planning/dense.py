"""The fully connected layer."""

from __future__ import annotations

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.operands import operands
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.sizes import LANES, ROWS, STRIP
from glassnet.engines.cpu.tape import SAMPLES, Operation, Place
from glassnet.layers import Dense

BROAD = 32  # outputs from which it is worth it to list what is not zero


def dense(plan: Plan, k: int, layer: Dense, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out a fully connected layer."""
    I, O = shape[0], layer.units
    plan.work += I * O
    y, W = plan.numbers((O,)), plan.parameter(k, "W")
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    kind = operands(plan, layer, shape)
    listed = entries(plan, x, I, O) if x == plan.mostly_zero and O >= BROAD else ()
    if listed:
        plan.forward.append(Operation("sparse.forward", (*listed, W, b, y, floor), SAMPLES))
    else:
        A, B = kind.rows(plan.forward, x, I), kind.columns(plan.before, W, O, I)
        fields = (A, B, b, y, -(-I // kind.together), O, floor, kind.product)
        plan.forward.append(Operation("dense.forward", fields, SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        dx = None
        if dx_wanted:
            V, dx = plan.tape.room(I * O), plan.numbers((I,))
            places = -(-O // kind.together)
            U = kind.rows(plan.before, W, O, I)
            plan.before.append(Operation("dense.transpose", (U, V, I, places), -(-I // STRIP), wait=kind.together > 1))
            of_input = (kind.rows(plan.backward, dy, O), V, plan.zero_row(I), dx, I, places, kind.product)
            plan.backward.append(Operation("dense.input_gradient", of_input, SAMPLES))
        dW = plan.parameter(k, "W", "gradient")
        if listed:
            plan.after.append(Operation("sparse.weight_gradient", (*listed, dy, dW), -(-I // LANES)))
        else:
            A, B = kind.columns(plan.after, x, I), kind.columns(plan.after, dy, O)
            of_weights = (A, B, plan.zero_row(O), dW, I, O, kind.product, kind.together)
            plan.after.append(Operation("dense.weight_gradient", of_weights, -(-I // ROWS), kind.together > 1))
        if layer.use_bias:
            plan.after.append(Operation("dense.bias_gradient", (dy, plan.parameter(k, "b", "gradient"), O), 1))
        return dx

    return y, back


def entries(plan: Plan, x: Place, I: int, O: int) -> tuple[Place | int, ...]:
    """Lay out lists of what is not zero in samples of I numbers, for kernels/sparse.py."""
    room = LANES * (-(-I // LANES) + 1)
    lists = (plan.numbers((room,)), plan.numbers((room,)), plan.numbers((room,)))
    fields = (x, I, O, *lists, room)
    plan.forward.append(Operation("sparse.entries", fields, SAMPLES))
    return fields
