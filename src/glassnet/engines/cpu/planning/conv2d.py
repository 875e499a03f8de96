"""The convolution."""

from __future__ import annotations

from collections.abc import Callable

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.operands import operands
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.sizes import BLOCK, CHUNKS
from glassnet.engines.cpu.tape import CHUNKWISE, SAMPLES, Operation, Place
from glassnet.functions.windows import same_padding
from glassnet.layers import Conv2D
from glassnet.layers.sliding import as_pair


def conv2d(plan: Plan, k: int, layer: Conv2D, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out a convolution."""
    (KH, KW), (SH, SW) = as_pair("Conv2D", "kernel_size", layer.kernel_size), as_pair("Conv2D", "stride", layer.stride)
    x, (H, W, C), unpad = padded(plan, layer, shape, x)
    OH, OW, O = plan.network.shapes[k]
    plan.work += OH * OW * O * KH * KW * C
    y, kernel = plan.numbers((OH, OW, O)), plan.parameter(k, "W")
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    sizes = (H, W, C, OH, OW, O, KH, KW, SH, SW)
    kind = operands(plan, layer, shape)
    A, B = kind.rows(plan.forward, x, H * W * C), kind.columns(plan.before, kernel, O, KH * KW * C)
    fields = (A, B, b, y, H, W, C // kind.together, OH, OW, O, KH, KW, SH, SW, floor, kind.product)
    plan.forward.append(Operation("conv2d.forward", fields, SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        size = KH * KW * C * O
        slots, bias_slots = plan.tape.room(CHUNKS * size), plan.tape.room(CHUNKS * O) if layer.use_bias else 0
        places = -(-OW // kind.together)
        A = kind.overlapping(plan.backward, x, H * W * C, places * SW * C, H * W * C)
        B = kind.overlapping(plan.backward, dy, OW * O, places * O, places * O, OH)
        of_kernel = (A, B, slots, bias_slots, *sizes, dy, kind.product, places)
        plan.backward.append(Operation("conv2d.kernel_gradient", of_kernel, CHUNKWISE))
        dx = None
        if dx_wanted:
            V, dx = plan.tape.room(size), plan.numbers((H, W, C))
            spread = plan.tape.room(CHUNKS * (H + KH - 1) * (W + KW - 1) * O)
            plan.before.append(Operation("conv2d.turn", (kernel, V, KH * KW, C, O), KH * KW))
            A, B = kind.rows(plan.backward, dy, OH * OW * O), kind.columns(plan.before, V, C, KH * KW * O, wait=True)
            fields = (
                A,
                B,
                spread,
                dx,
                H,
                W,
                C,
                OH,
                OW,
                O // kind.together,
                KH,
                KW,
                SH,
                SW,
                plan.zero_row(C),
                kind.product,
            )
            plan.backward.append(Operation("conv2d.input_gradient", fields, CHUNKWISE))
        for place, name, count in ((slots, "W", size), (bias_slots, "b", O)):
            if isinstance(place, Place):
                g = plan.parameter(k, name, "gradient")
                plan.after.append(Operation("conv2d.sum_slots", (place, CHUNKS, g, count), -(-count // BLOCK)))
        return unpad(dx) if dx else None

    return y, back


def padded(plan: Plan, layer: Conv2D, shape: Shape, x: Place) -> tuple[Place, Shape, Callable[[Place], Place]]:
    """The input with the zeros around it that the layer asks for, its shape, and the way back of its gradient."""
    (KH, KW), (SH, SW) = as_pair("Conv2D", "kernel_size", layer.kernel_size), as_pair("Conv2D", "stride", layer.stride)
    H, W, C = shape
    top, below = same_padding(H, KH, SH) if layer.padding == "same" else (0, 0)
    left, right = same_padding(W, KW, SW) if layer.padding == "same" else (0, 0)
    if not top + below + left + right:
        return x, shape, lambda dx: dx
    high, wide = H + top + below, W + left + right
    padding = (H, W * C, top, left * C, wide * C, high)
    wider = plan.numbers((high, wide, C))
    plan.forward.append(Operation("conv2d.pad", (x, wider, *padding), SAMPLES))

    def unpad(dx: Place) -> Place:
        inside = plan.numbers(shape)
        plan.backward.append(Operation("conv2d.crop", (inside, dx, *padding), SAMPLES))
        return inside

    return wider, (high, wide, C), unpad
