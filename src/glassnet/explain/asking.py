"""What one may ask of a network: a weight such as dense_1.W[0,0], a unit such as dense_1[0]."""

from __future__ import annotations

import re

import numpy as np

from glassnet.arrays import Shape
from glassnet.checks import nearest
from glassnet.errors import ParameterError
from glassnet.explain.layers import EXPLAINERS, Index
from glassnet.explain.paths import Weight
from glassnet.explain.trace import Neurons, Trace
from glassnet.model import Sequential


def find_weight(network: Sequential, text: str | None) -> Weight:
    """The weight that `text` names; None is the first of the network. ParameterError where there is none such."""
    weights = network.weights()
    if not weights:
        raise ParameterError("This network has no weights to explain.", "Ask for a --unit.")
    if text is None:
        first = next(iter(weights))
        text = _written(first, (0,) * weights[first].ndim)
    name, index = _split("weight", text, "dense_1.W[0,0]")
    if name not in weights:
        raise ParameterError(f"The network has no parameter {name!r}.", _known(name, list(weights)))
    _check_index(name, index, weights[name].shape)
    layer, _, short = name.rpartition(".")
    return Weight(_written(name, index), network.names.index(layer), short, index)


def find_unit(trace: Trace, text: str) -> tuple[Neurons, int]:
    """The neurons and the place in row order of the unit that `text` names; ParameterError where there is none such."""
    network = trace.network
    name, index = _split("unit", text, "dense_1[0]")
    if name not in network.names:
        raise ParameterError(f"The network has no layer {name!r}.", _known(name, list(network.names)))
    k = network.names.index(name)
    _check_index(name, index, network.shapes[k])
    if EXPLAINERS[type(network.layers[k]).__name__].wiring:
        raise ParameterError(f"{name} passes numbers on as they are.", "Ask for a unit of the layer before it.")
    neurons = next(one for one in trace.neurons if k in range(one.main, one.end))
    return neurons, int(np.ravel_multi_index(index, network.shapes[k]))


def place_of(network: Sequential, weight: Weight) -> int:
    """Where a weight lies in the flat vector."""
    part, shape = network.weight_layout.places[weight.layer][weight.short]
    return int(part.start + np.ravel_multi_index(weight.index, shape))


def _split(what: str, text: str, example: str) -> tuple[str, Index]:
    match = re.fullmatch(r"\s*([\w.]+)\s*\[([\d,\s]+)\]\s*", text, re.ASCII)
    parts = match[2].split(",") if match else []
    if match is None or not all(part.strip() for part in parts) or len(text) > 200:
        raise ParameterError(f"{text!r:.100} is no {what}.", f"Write {example}, say; the first has number 0.")
    return match[1], tuple(int(part) for part in parts)


def _check_index(name: str, index: Index, shape: Shape) -> None:
    if len(index) != len(shape) or any(k >= length for k, length in zip(index, shape, strict=False)):
        last = _written(name, tuple(length - 1 for length in shape))
        raise ParameterError(f"{name} has shape {shape}; there is no {_written(name, index)}.", f"The last is {last}.")


def _written(name: str, index: Index) -> str:
    return f"{name}[{','.join(map(str, index))}]"


def _known(name: str, known: list[str]) -> str:
    return nearest(name, known) or f"It has {', '.join(known)}."
