"""A convolution, ReLU and max pooling as one."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np

from glassnet.engines.cpu.planning.conv2d import padded
from glassnet.engines.cpu.planning.operands import operands
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.sizes import BLOCK, CHUNKS, STRIP
from glassnet.engines.cpu.tape import CHUNKWISE, SAMPLES, Operation, Place
from glassnet.layers import Activation, Conv2D, Layer, MaxPooling2D
from glassnet.layers.sliding import as_pair, pooling_window


def layers_in_one(layers: Sequence[Layer]) -> tuple[int, bool]:
    """How many of the next layers are a convolution, ReLU and a max pooling that can be one; whether ReLU is there."""
    kinds = [type(layer) for layer in layers[:3]]
    relu = Activation("relu")
    if kinds[:1] != [Conv2D] or as_pair("Conv2D", "kernel_size", layers[0].stride) != (1, 1):  # type: ignore[attr-defined]
        return 0, False
    if kinds[1:2] == [MaxPooling2D]:
        count, pool = (3, layers[1]) if list(layers[2:3]) == [relu] else (2, layers[1])
    elif list(layers[1:2]) == [relu] and kinds[2:3] == [MaxPooling2D]:
        count, pool = 3, layers[2]
    else:
        return 0, False
    size, stride = pooling_window(pool)
    plain = size == stride and pool.padding == "valid"  # type: ignore[attr-defined]
    return (count, count == 3) if plain else (0, False)


def conv2d_pool(plan: Plan, k: int, count: int, relu: bool, x: Place) -> tuple[Place, Back]:
    """Lay out `count` layers, a convolution, ReLU and a max pooling, as one."""
    layer = plan.network.layers[k]
    assert isinstance(layer, Conv2D)
    shape = plan.network.shapes[k - 1] if k else plan.network.input_shape
    x, (H, W, C), unpad = padded(plan, layer, shape, x)
    pool = next(one for one in plan.network.layers[k : k + count] if isinstance(one, MaxPooling2D))
    (KH, KW), (QH, QW) = as_pair("Conv2D", "kernel_size", layer.kernel_size), pooling_window(pool)[0]
    PH, PW, O = plan.network.shapes[k + count - 1]
    plan.work += PH * PW * QH * QW * O * KH * KW * C
    y, kernel = plan.numbers((PH, PW, O)), plan.parameter(k, "W")
    which = plan.tape.room(plan.batch * PH * PW * O, np.uint8)
    b = plan.parameter(k, "b") if layer.use_bias else plan.zero_row(O)
    scratch_size = max(PH * QH * PW * QW * O, PH * PW * (2 * O + QH * QW * (2 * O + 1))) + QH * QW
    scratch = plan.tape.room(CHUNKS * scratch_size)
    floor = 0.0 if relu else -inf
    common = (b, y, which, scratch, scratch_size, H, W)
    sizes = (PH, PW, O, KH, KW, QH, QW, floor)
    kind = operands(plan, layer, shape)
    A, B = kind.rows(plan.forward, x, H * W * C), kind.columns(plan.before, kernel, O, KH * KW * C)
    fields = (A, B, *common, C // kind.together, *sizes, kind.product)
    plan.forward.append(Operation("conv2d_pool.forward", fields, SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        size = KH * KW * C * O
        slots, bias_slots = plan.tape.room(CHUNKS * size), plan.tape.room(CHUNKS * O)
        V: Any = 0
        dx: Any = 0
        if dx_wanted:
            V, dx = plan.tape.room(size), plan.numbers((H, W, C))
            plan.before.append(Operation("dense.transpose", (kernel, V, KH * KW * C, O), -(-KH * KW * C // STRIP)))
        fields = (x, kernel, *common, C, *sizes, dy, slots, bias_slots, dx, V, int(relu))
        dW = plan.parameter(k, "W", "gradient")
        if not dx_wanted and KW * C < 16:
            plan.backward.append(Operation("conv2d_pool.backward_narrow", fields, CHUNKWISE))
            plan.after.append(Operation("conv2d.sum_slots", (slots, CHUNKS, dW, size), -(-size // BLOCK)))
        else:
            plan.backward.append(Operation("conv2d_pool.backward", fields, CHUNKWISE))
            plan.after.append(Operation("conv2d_pool.sum_slots", (slots, CHUNKS, dW, KH * KW * C, O), O))
        if layer.use_bias:
            db = plan.parameter(k, "b", "gradient")
            plan.after.append(Operation("conv2d.sum_slots", (bias_slots, CHUNKS, db, O), -(-O // BLOCK)))
        return unpad(dx) if dx_wanted else None

    return y, back
