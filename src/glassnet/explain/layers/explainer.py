"""What an explanation of a layer answers to, and what several of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from glassnet.arrays import Array, Params, Shape
from glassnet.explain.structure import Factor, Table, Term

Index = tuple[int, ...]
Names = Callable[[int], str]  # the name of an input by its place in row order


@dataclass(frozen=True)
class Reading:
    """The terms that a unit is made of, how they come together, and where they come from."""

    terms: tuple[Term, ...]
    joint: str = "sum"
    function: str = ""
    note: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Link:
    """One output of a layer and where it stands: `inputs` and `outputs` name the layer's signals in row order."""

    unit: Index
    in_shape: Shape
    out_shape: Shape
    inputs: Names
    outputs: Names

    def input_name(self, place: Index) -> str:
        """The name of the input at `place`."""
        return self.inputs(int(np.ravel_multi_index(place, self.in_shape)))

    def output_name(self, place: Index) -> str:
        """The name of the output at `place`."""
        return self.outputs(int(np.ravel_multi_index(place, self.out_shape)))


class Explainer:
    """How one kind of layer is put into words and terms; numbers of derivatives never come from here."""

    wiring: ClassVar[bool] = False  # whether numbers pass unchanged, in row order, when nothing is trained

    def joins(self, layer: Any) -> bool:
        """Whether it is read as part of the layer before it, as an activation is part of a neuron."""
        return False

    def read(self, layer: Any, p: Params, s: Params, x: Array, unit: Index, names: Names) -> Reading:
        """The terms of output `unit` for one sample x, without the batch."""
        raise NotImplementedError

    def by_input(self, layer: Any, link: Link, place: Index) -> str:
        """The formula of ∂(the output of `link`)/∂(input at `place`)."""
        raise NotImplementedError

    def by_weight(self, layer: Any, link: Link, name: str, index: Index) -> str:
        """The formula of ∂(the output of `link`)/∂(parameter `name` at `index`)."""
        raise NotImplementedError

    def reach(self, index: Index, out_shape: Shape) -> Array:
        """Which outputs, in row order, the parameter at `index` has a part in: those of its channel, the last axis."""
        channels = np.arange(out_shape[-1]) == index[-1]
        return np.broadcast_to(channels, out_shape).reshape(-1)


def written(name: str, index: Index) -> str:
    """A parameter's entry as it is asked for: W[0,1]."""
    return f"{name}[{','.join(map(str, index))}]"


def product(*factors: Factor) -> Term:
    """The term that is the product of these factors."""
    return Term(float(np.prod([factor.value for factor in factors])), factors)


def tables(name: str, window: Array, shown: Iterable[int] | None = None) -> tuple[Table, ...]:
    """(H, W, C) as one table for each channel, or for those that are `shown`."""
    channels = range(window.shape[2]) if shown is None else shown
    heads = {c: name if window.shape[2] == 1 else f"{name}, channel {c}" for c in channels}
    return tuple(Table(head, tuple(map(tuple, window[:, :, c].tolist()))) for c, head in heads.items())
