"""What products multiply: numbers in float32 as they lie there, or in bf16, which are rounded anew for each use."""

from __future__ import annotations

from typing import Protocol

from glassnet.arrays import Shape
from glassnet.engines.cpu.planning.plan import Plan
from glassnet.engines.cpu.tape import SAMPLES, Operation, Place
from glassnet.layers import Conv2D, Dense, Layer

WIDE = 32  # inputs and outputs of a dense layer from which bf16 saves more than the rounding costs


class Operands(Protocol):
    """Lays out the operands of a layer's products.

    product : the kernel.   together : how many numbers stand where one of float32 would.
    """

    product: str
    together: int

    def rows(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES) -> Place:
        """A, whose sums run along its rows: `count` of them, of `size` numbers."""
        ...

    def columns(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES, wait: bool = False) -> Place:
        """B, whose sums run along its columns. Of the gradient of a weight both operands are such."""
        ...

    def overlapping(self, phase: list[Operation], x: Place, size: int, gap: int, kept: int, groups: int = 1) -> Place:
        """Of the gradient of a kernel: so many groups of `size` numbers a sample, of which the first ones are kept,
        each beside the one `gap` further on.
        """
        ...


class Float32:
    """As they are."""

    product, together = "product.product", 1

    def rows(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES) -> Place:
        """See Operands."""
        return x

    def columns(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES, wait: bool = False) -> Place:
        """See Operands."""
        return x

    def overlapping(self, phase: list[Operation], x: Place, size: int, gap: int, kept: int, groups: int = 1) -> Place:
        """See Operands."""
        return x


class Bf16:
    """Rounded and in pairs; with `wait` when all threads have done what stands before it."""

    product, together = "product.product_of_pairs", 2

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def rows(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES) -> Place:
        """See Operands."""
        y = self.plan.tape.room((self.plan.batch if count == SAMPLES else count) * -(-size // 2))
        phase.append(Operation("bf16.rounded", (x, y, size), count))
        return y

    def columns(self, phase: list[Operation], x: Place, size: int, count: int = SAMPLES, wait: bool = False) -> Place:
        """See Operands."""
        pairs = -(-(self.plan.batch if count == SAMPLES else count) // 2)
        y = self.plan.tape.room(pairs * size)
        phase.append(Operation("bf16.paired", (x, y, size, count), pairs, wait))
        return y

    def overlapping(self, phase: list[Operation], x: Place, size: int, gap: int, kept: int, groups: int = 1) -> Place:
        """See Operands."""
        y = self.plan.numbers((groups, kept))
        phase.append(Operation("bf16.overlapping", (x, y, size, gap, kept, groups), SAMPLES))
        return y


def suits_bf16(layer: Layer, shape: Shape) -> bool:
    """Whether the products of a layer over samples of this shape come in pairs, and are faster so."""
    if isinstance(layer, Dense):
        return min(shape[0], layer.units) >= WIDE
    return isinstance(layer, Conv2D) and shape[2] % 2 == 0 and layer.filters % 2 == 0


def operands(plan: Plan, layer: Layer, shape: Shape) -> Operands:
    """Those of a layer's products."""
    return Bf16(plan) if plan.precision == "bf16" and suits_bf16(layer, shape) else Float32()
