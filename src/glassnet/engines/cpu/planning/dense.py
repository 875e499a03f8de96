"""The fully connected layer."""

from __future__ import annotations

from glassnet.arrays import Shape
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
    listed = entries(plan, x, I, O) if x == plan.mostly_zero and O >= BROAD else ()
    if listed:
        plan.forward.append(Operation("sparse.forward", (*listed, W, b, y, floor), SAMPLES))
    else:
        plan.forward.append(Operation("dense.forward", (x, W, b, y, I, O, floor), SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        dx = None
        if dx_wanted:
            V, dx = plan.tape.room(I * O), plan.numbers((I,))
            plan.before.append(Operation("dense.transpose", (W, V, I, O), -(-I // STRIP)))
            plan.backward.append(Operation("dense.input_gradient", (dy, V, plan.zero_row(I), dx, I, O), SAMPLES))
        dW = plan.parameter(k, "W", "gradient")
        if listed:
            plan.after.append(Operation("sparse.weight_gradient", (*listed, dy, dW), -(-I // LANES)))
        else:
            fields = (x, dy, plan.zero_row(O), dW, I, O)
            plan.after.append(Operation("dense.weight_gradient", fields, -(-I // ROWS)))
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
