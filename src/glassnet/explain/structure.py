"""What an explanation holds: equations of terms, paths of factors, and the step of an optimizer, with exact numbers.

All numbers are float64. Everything that is shown, in whatever format, is rendered from this one structure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Factor:
    """One number of a product: `name` such as "∂y/∂h1" or "x1", the `formula` behind it, the `parts` it is made of."""

    name: str
    value: float
    formula: str = ""
    parts: tuple[Factor, ...] = ()


@dataclass(frozen=True)
class Term:
    """One summand: the product of its factors, or what is left of `rest` summands that are not shown one by one."""

    value: float
    factors: tuple[Factor, ...] = ()
    rest: int = 0


@dataclass(frozen=True)
class Table:
    """A window or a kernel: numbers in rows, for each channel one table."""

    name: str
    rows: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Equation:
    """How one unit came to its value: name = function(terms) = function(total) = value.

    joint : how the terms come together, "sum" or "max".   function : of the total; "" where there is none.
    unit : as it is asked for, "dense_1[0]".   note, tables : the place of a window, its numbers and its kernel.
    """

    name: str
    unit: str
    terms: tuple[Term, ...]
    total: float
    value: float
    function: str = ""
    joint: str = "sum"
    note: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Loss:
    """What the network's output costs: `formula` is the value's, written with the names of the equations."""

    name: str
    formula: str
    value: float


@dataclass(frozen=True)
class Path:
    """One way from the loss to a weight: the product of its factors."""

    factors: tuple[Factor, ...]
    value: float


@dataclass(frozen=True)
class Gradient:
    """∂L/∂w as a sum over paths, the largest first.

    rest : the exact sum of the paths that are not shown; None where all are.
    value : as the engine computes it.   numeric : by central differences.   error : the relative one of the two.
    """

    weight: str
    before: float
    paths: tuple[Path, ...]
    rest: float | None
    value: float
    numeric: float
    error: float


@dataclass(frozen=True)
class Change:
    """One line of an update: name ← formula = (the formula with numbers) = value."""

    name: str
    formula: str
    numbers: str
    value: float


@dataclass(frozen=True)
class Update:
    """What the optimizer does to the weight in this step (the first is 0): its lines, the weight before and after."""

    optimizer: str
    step: int
    changes: tuple[Change, ...]
    before: float
    after: float


@dataclass(frozen=True)
class Explanation:
    """One sample's journey: forward, and, where its target is known, backward and the update of one weight."""

    inputs: tuple[float, ...]
    outputs: tuple[float, ...]
    forward: tuple[Equation, ...]
    hidden: int  # units that have no equation here
    loss: Loss | None = None
    gradient: Gradient | None = None
    update: Update | None = None

    def __str__(self) -> str:
        from glassnet.explain.render import render

        return render(self, "text")

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from glassnet.explain.render import render

        return render(self, "html")
