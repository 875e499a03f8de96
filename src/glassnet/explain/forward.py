"""Forward: a unit's inputs times its weights, the sum, the activation."""

from __future__ import annotations

from functools import partial

import numpy as np

from glassnet.explain.structure import Equation, Term
from glassnet.explain.trace import Neurons, Trace
from glassnet.layers import Activation

WIDEST = 6  # terms that are written out one by one
UNITS = 4  # of each layer, the largest, where none is asked for


def equation(trace: Trace, neurons: Neurons, unit: int) -> Equation:
    """How unit `unit` (in row order) of these neurons came to its value."""
    k = neurons.main
    layer = trace.network.layers[k]
    place = trace.index(k + 1, unit)
    names = partial(trace.name, k)
    reading = trace.explainer(k).read(layer, trace.p[k], trace.s[k], trace.signals[k][0], place, names)
    function = reading.function
    if neurons.activation is not None:
        activation = trace.network.layers[neurons.activation]
        assert isinstance(activation, Activation)  # nothing else joins the layer before it
        function = activation.function
    total = trace.value(k if reading.function else k + 1, unit)
    return Equation(
        name=trace.name(neurons.end, unit),
        unit=trace.unit_name(neurons, unit),
        terms=_largest(reading.terms, total) if reading.joint == "sum" else reading.terms,
        total=total,
        value=trace.value(neurons.end, unit),
        function=function,
        joint=reading.joint,
        note=reading.note,
        tables=reading.tables,
    )


def shown_units(trace: Trace, neurons: Neurons) -> list[int]:
    """The units of a layer that are explained unasked: all of a small one, else the largest."""
    values = np.abs(trace.signals[neurons.end].reshape(-1))
    if values.size <= UNITS:
        return list(range(values.size))
    return sorted(int(unit) for unit in np.argsort(-values, kind="stable")[:UNITS])


def _largest(terms: tuple[Term, ...], total: float) -> tuple[Term, ...]:
    """The largest terms in their order, and what is left in one term that makes them add up to the total."""
    if len(terms) <= WIDEST + 1:
        return terms
    order = sorted(range(len(terms)), key=lambda k: (-abs(terms[k].value), k))
    kept = [terms[k] for k in sorted(order[:WIDEST])]
    return (*kept, Term(total - sum(term.value for term in kept), rest=len(terms) - WIDEST))
