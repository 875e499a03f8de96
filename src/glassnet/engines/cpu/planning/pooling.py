"""Pooling."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.plan import Back, Plan
from glassnet.engines.cpu.tape import SAMPLES, Operation, Place
from glassnet.layers import MaxPooling2D
from glassnet.layers.sliding import pooling_window


def pooling(plan: Plan, k: int, layer: Any, shape: Shape, x: Place, floor: float) -> tuple[Place, Back]:
    """Lay out a pooling."""
    kind = "max" if isinstance(layer, MaxPooling2D) else "average"
    (KH, KW), (SH, SW) = pooling_window(layer)
    (H, W, C), (OH, OW, _) = shape, plan.network.shapes[k]
    y = plan.numbers((OH, OW, C))
    which = plan.tape.room(plan.batch * OH * OW * C, np.uint8) if kind == "max" else 0
    sizes = (H, W, C, OH, OW, KH, KW, SH, SW)
    plan.forward.append(Operation(f"pooling.{kind}_forward", (x, y, which, *sizes), SAMPLES))

    def back(dy: Place, dx_wanted: bool) -> Place | None:
        if not dx_wanted:
            return None
        dx = plan.numbers(shape)
        plan.backward.append(Operation(f"pooling.{kind}_backward", (dx, dy, which, *sizes), SAMPLES))
        return dx

    return y, back
