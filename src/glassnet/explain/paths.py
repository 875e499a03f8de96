"""The paths from the loss to a weight.

The numbers of the factors are the layers' own `backward` of a unit gradient. The search for the largest paths is led
by how strongly each unit feels the weight, measured by moving it a little: a guide alone, never a factor. Where there
are more paths than are followed, those found are the largest of these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from glassnet.arrays import Array
from glassnet.explain.layers import Index
from glassnet.explain.losses import slope_formula
from glassnet.explain.structure import Factor
from glassnet.explain.trace import Neurons, Trace
from glassnet.losses import Loss
from glassnet.model import Sequential, Vectors

NUDGE = 1e-5  # by which a weight of size one is moved: the cube root of float64's precision, rounded


@dataclass(frozen=True)
class Weight:
    """One number of one parameter: that of layer `layer`, called `short` there, at `index`."""

    name: str  # as it is asked for: dense_1.W[0,0]
    layer: int
    short: str
    index: Index


@dataclass(frozen=True)
class Way:
    """A path that has come from the loss as far as `unit`."""

    unit: int
    factors: tuple[Factor, ...]
    value: float


def find_ways(trace: Trace, depth: int, loss: Loss, t: Array, weight: Weight, kept: int) -> tuple[list[Way], bool]:
    """The largest paths from the loss to the weight, and whether these are all that are not 0."""
    neurons = trace.neurons_of(depth)
    target = next(k for k, one in enumerate(neurons) if weight.layer in range(one.main, one.end))
    felt = _felt(trace, weight)
    dy = loss(trace.signals[depth], t)[1].reshape(-1)
    formula = slope_formula(loss, dy.size)
    seeds = [
        Way(unit, (Factor(f"∂L/∂{trace.name(depth, unit)}", float(slope), formula),), float(slope))
        for unit, slope in enumerate(dy)
    ]
    ways, complete = _strongest(seeds, felt[neurons[-1].end], _reach(trace, neurons, -1, target, weight), kept)
    for k in range(len(neurons) - 1, target, -1):
        reach = _reach(trace, neurons, k - 1, target, weight)
        seeds = [longer for way in ways for longer in _through(trace, neurons[k], way, reach)]
        ways, all_there = _strongest(seeds, felt[neurons[k - 1].end], reach, kept)
        complete = complete and all_there
    return [_end(trace, neurons[target], way, weight) for way in ways], complete


def _through(trace: Trace, neurons: Neurons, way: Way, reach: Array) -> list[Way]:
    """A path, longer by one factor: for every input of the unit it has come to that the weight has a part in."""
    slope, head = _activation(trace, neurons, way.unit)
    row, _ = trace.slopes(neurons.main, way.unit)
    k, name = neurons.main, trace.name(neurons.end, way.unit)
    link, layer = trace.link(k, way.unit, neurons.end), trace.network.layers[k]
    longer = []
    for unit in np.nonzero(reach & (row != 0) | (reach & ~row.any()))[0]:
        value, source = float(row[unit]), trace.name(k, int(unit))
        formula = trace.explainer(k).by_input(layer, link, trace.index(k, int(unit)))
        factor = _joined(f"∂{name}/∂{source}", slope, head, Factor(f"∂z/∂{source}", value, formula))
        longer.append(Way(int(unit), (*way.factors, factor), way.value * factor.value))
    return longer


def _end(trace: Trace, neurons: Neurons, way: Way, weight: Weight) -> Way:
    """A path with its last factor, by the weight itself."""
    slope, head = _activation(trace, neurons, way.unit)
    _, grads = trace.slopes(neurons.main, way.unit)
    layer, link = trace.network.layers[neurons.main], trace.link(neurons.main, way.unit, neurons.end)
    formula = trace.explainer(neurons.main).by_weight(layer, link, weight.short, weight.index)
    last = Factor("∂z/∂w", float(grads[weight.short][weight.index]), formula)
    factor = _joined(f"∂{trace.name(neurons.end, way.unit)}/∂w", slope, head, last)
    return Way(way.unit, (*way.factors, factor), way.value * factor.value)


def _activation(trace: Trace, neurons: Neurons, unit: int) -> tuple[float, Factor | None]:
    """The slope of a neuron's activation, as a number and as a factor; 1 and None where it has none."""
    k = neurons.activation
    if k is None:
        return 1.0, None
    slope = float(trace.slopes(k, unit)[0][unit])
    link = replace(trace.link(k, unit, neurons.end), inputs=lambda _: "z")
    formula = trace.explainer(k).by_input(trace.network.layers[k], link, link.unit)
    return slope, Factor(f"∂{trace.name(neurons.end, unit)}/∂z", slope, formula)


def _joined(name: str, slope: float, head: Factor | None, last: Factor) -> Factor:
    """A neuron's factor, made of its activation's and its sum's."""
    if head is None:
        return Factor(name, last.value, last.formula)
    formula = " · ".join(f"({part.formula})" if " " in part.formula else part.formula for part in (head, last))
    return Factor(name, slope * last.value, formula, (head, last))


def _strongest(ways: list[Way], felt: Array, reach: Array, kept: int) -> tuple[list[Way], bool]:
    """The paths that weigh most in the end, and whether all others are 0."""
    within = [way for way in ways if reach[way.unit]]
    within.sort(key=lambda way: (-abs(way.value * felt[way.unit]), -abs(way.value), -abs(felt[way.unit])))
    return within[:kept], not any(way.value for way in within[kept:])


def _reach(trace: Trace, neurons: list[Neurons], k: int, target: int, weight: Weight) -> Array:
    """Which units of neurons k the weight may have a part in."""
    end = neurons[k].end
    if k % len(neurons) != target:
        return np.ones(trace.signals[end].size, bool)
    return trace.explainer(weight.layer).reach(weight.index, trace.signals[weight.layer + 1].shape[1:])


def _felt(trace: Trace, weight: Weight) -> list[Array]:
    """How strongly each signal at each level feels the weight."""
    above, below = (moved(trace, weight, sign * NUDGE) for sign in (1, -1))
    return [((a - b) / (2 * NUDGE)).reshape(-1) for a, b in zip(above.signals, below.signals, strict=True)]


def moved(trace: Trace, weight: Weight, by: float) -> Trace:
    """The sample's way where the weight is larger by so much."""
    network = trace.network
    copy = Sequential(network.layers, network.input_shape, dtype="float64", seed=None)
    copy.vectors = Vectors(network.vectors.weights.copy(), network.vectors.state)
    copy.weight_layout.views(copy.vectors.weights)[weight.layer][weight.short][weight.index] += by
    return Trace(copy, trace.signals[0])
