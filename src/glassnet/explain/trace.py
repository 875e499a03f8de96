"""One sample's way through a copy of a network in float64: every signal, and the neurons that make them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from glassnet.arrays import Array, Params
from glassnet.engines.reference import no_words
from glassnet.explain.layers import EXPLAINERS, Explainer, Index, Link
from glassnet.layers import Activation, Context
from glassnet.layers.layer import Saved
from glassnet.model import Sequential, Vectors

OUTSIDE_TRAINING = Context(training=False, words=no_words)


@dataclass(frozen=True)
class Neurons:
    """A layer at place `main`, read together with the activation right after it, where `end` is one more."""

    main: int
    end: int  # level of its outputs: signals[end]

    @property
    def activation(self) -> int | None:
        """The place of the activation; None where there is none."""
        return self.end - 1 if self.end - 1 > self.main else None


def in_float64(network: Sequential) -> Sequential:
    """The same network with all numbers in float64."""
    copy = Sequential(network.layers, network.input_shape, dtype="float64", seed=None)
    vectors = network.vectors
    copy.vectors = Vectors(vectors.weights.astype(np.float64), vectors.state.astype(np.float64))
    return copy


class Trace:
    """What every layer made of one sample.

    Parameters
    ----------
    network : in float64.   x : (1, *input_shape), as the first layer gets it.

    Attributes
    ----------
    signals : signals[0] is x, signals[k] what layer k gives, each (1, …).   saved : what each layer kept.
    """

    def __init__(self, network: Sequential, x: Array) -> None:
        self.network = network
        self.p: list[dict[str, Array]] = network.weight_layout.views(network.vectors.weights)
        self.s: list[dict[str, Array]] = network.state_layout.views(network.vectors.state)
        self.signals, self.saved = [x], list[Saved]()
        for layer, p, s in zip(network.layers, self.p, self.s, strict=True):
            y, kept = layer.forward(p, s, self.signals[-1], OUTSIDE_TRAINING)
            self.signals.append(y)
            self.saved.append(kept)
        self.neurons = self.neurons_of(len(network.layers))

    def explainer(self, k: int) -> Explainer:
        """How layer k is explained."""
        return EXPLAINERS[type(self.network.layers[k]).__name__]

    def neurons_of(self, depth: int) -> list[Neurons]:
        """The first `depth` layers as neurons; layers that only pass numbers on are left out."""
        found: list[Neurons] = []
        for k, layer in enumerate(self.network.layers[:depth]):
            explainer = self.explainer(k)
            before = found[-1] if found else None
            if before and before.end == k and before.activation is None and explainer.joins(layer):
                found[-1] = Neurons(before.main, k + 1)
            elif not explainer.wiring:
                found.append(Neurons(k, k + 1))
        return found

    def value(self, level: int, unit: int) -> float:
        """Signal `unit`, in row order, at a level."""
        return float(self.signals[level].reshape(-1)[unit])

    def index(self, level: int, unit: int) -> Index:
        """The place of a signal along the axes of its level."""
        return tuple(int(k) for k in np.unravel_index(unit, self.signals[level].shape[1:]))

    def origin(self, level: int) -> int:
        """The level that the signals at `level` were made at, before layers that only pass them on."""
        while level and self.explainer(level - 1).wiring:
            level -= 1
        return level

    def name(self, level: int, unit: int) -> str:
        """A signal's name in equations: x1 of the inputs, h2 of hidden units, z of sums, y of the outputs."""
        level = self.origin(level)
        letter, layers = "h", self.network.layers
        if level == 0:
            letter = "x"
        elif level == self.origin(len(layers)):
            letter = "y"
        elif isinstance(layers[level], Activation):
            letter = "z"
        hidden = [neurons.end for neurons in self.neurons[:-1]]
        number = str(hidden.index(level) + 1) if len(hidden) > 1 and level in hidden else ""
        place = self.index(level, unit)
        if len(place) > 1:
            return f"{letter}{number}[{','.join(map(str, place))}]"
        if self.signals[level].size == 1 and letter in "yz":
            return letter + number
        return f"{letter}{number}{'.' if number else ''}{place[0] + 1}"

    def unit_name(self, neurons: Neurons, unit: int) -> str:
        """A unit as it is asked for: dense_1[0]."""
        place = self.index(neurons.main + 1, unit)
        return f"{self.network.names[neurons.main]}[{','.join(map(str, place))}]"

    def link(self, k: int, unit: int, end: int) -> Link:
        """Output `unit` of layer k, for its explainer; where it is part of neurons, `end` is the level of theirs."""
        shapes = self.signals[k].shape[1:], self.signals[k + 1].shape[1:]
        return Link(self.index(k + 1, unit), *shapes, partial(self.name, k), partial(self.name, end))

    def slopes(self, k: int, unit: int) -> tuple[Array, Params]:
        """∂(unit of layer k)/∂(each input), in row order, and by each parameter: its backward of a unit gradient."""
        dy = np.zeros_like(self.signals[k + 1])
        dy.reshape(-1)[unit] = 1
        dx, grads = self.network.layers[k].backward(self.p[k], self.saved[k], dy, dx_wanted=True)
        assert dx is not None  # it was wanted
        return dx.reshape(-1), grads
