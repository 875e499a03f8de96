"""A network as a list of layers, and the two vectors that hold its numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from glassnet import randomness
from glassnet.arrays import Array, Layout, Shape, aligned_copy, aligned_zeros
from glassnet.checks import cast, check_choice, check_integer, check_kind, check_memory, check_numeric
from glassnet.descriptions import Config, from_config, to_config
from glassnet.errors import ParameterError, ShapeError
from glassnet.functions import INITIALIZERS
from glassnet.layers import LAYERS, Activation, Layer
from glassnet.losses import Loss
from glassnet.randomness import Purpose

DRAWING_BYTES = 30  # that a parameter takes while first weights are drawn, measured; training takes about as many


@dataclass(frozen=True)
class Vectors:
    """All numbers of a network at one moment: weights (P,) and state (S,), such as moving averages."""

    weights: Array
    state: Array

    def copy(self) -> Vectors:
        """The same numbers in vectors of their own, on 64-byte boundaries."""
        return Vectors(aligned_copy(self.weights), aligned_copy(self.state))

    @property
    def fingerprint(self) -> str:
        """ "sha256:…" over the bits of all numbers: equal where nothing differs."""
        digest = hashlib.sha256()
        for vector in (self.weights, self.state):
            digest.update(vector.astype(vector.dtype.newbyteorder("<"), copy=False).data)
        return f"sha256:{digest.hexdigest()}"


class Sequential:
    """Layers, one after the other.

    Parameters
    ----------
    layers : the layers, from input to output.
    input_shape : the shape of one sample, such as (2,) or (28, 28, 1).
    dtype : "float32" or "float64", the type of all numbers.
    seed : where the first weights are drawn from; None leaves zeros, for numbers that come from a file.

    Attributes
    ----------
    names : of the layers, such as "dense_1".   shapes : of one sample after each layer.
    vectors : the numbers. Training binds this name to new vectors and never writes into old ones, so that whoever
        predicts meanwhile works with numbers of one moment.
    weight_layout, state_layout : where each parameter and each state lies in its vector.

    Raises
    ------
    ShapeError, naming the layer, where layers do not fit each other; ParameterError.
    """

    def __init__(
        self, layers: Sequence[Layer], input_shape: Shape, *, dtype: str = "float32", seed: int | None = 0
    ) -> None:
        check_choice("Sequential", "dtype", dtype, ("float32", "float64"))
        if seed is not None:
            check_integer("Sequential", "seed", seed, 0, 2**64 - 1)
        if not layers:
            raise ParameterError("Sequential needs at least one layer.", "Write Sequential([Dense(1)], (2,)), say.")
        if not isinstance(layers, (list, tuple)):
            raise ParameterError(f"Sequential: layers must be a list such as [Dense(1)]. Got {layers!r:.100}.")
        for k, layer in enumerate(layers):
            check_kind("Sequential", f"layer {k + 1}", layer, Layer, "Dense(1)")
        self.layers = tuple(layers)
        self.input_shape = _as_shape(input_shape)
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.names = _names(self.layers)
        self.shapes: list[Shape] = []
        built = []
        shape = self.input_shape
        for name, layer in zip(self.names, self.layers, strict=True):
            try:
                built.append(layer.build(shape))
            except ShapeError as error:
                raise ShapeError(f"Layer {len(built) + 1}, {name}: {error.message}", error.hint) from None
            shape = built[-1].shape
            self.shapes.append(shape)
        self.output_shape = shape
        self._specs = [dict(one.params) for one in built]
        self._states = [dict(one.state) for one in built]
        self.weight_layout = _layout(self.names, self._specs)
        self.state_layout = _layout(self.names, self._states)
        if seed is not None:
            parameters = self.weight_layout.size
            check_memory(f"A network of {parameters:,} parameters", DRAWING_BYTES * parameters, "Take fewer units.")
        self.vectors = self._draw(seed)

    def _draw(self, seed: int | None) -> Vectors:
        """First weights: parameter k of layer l is drawn from the words at step k, layer l."""
        vectors = Vectors(
            aligned_zeros(self.weight_layout.size, self.dtype), aligned_zeros(self.state_layout.size, self.dtype)
        )
        if seed is None:
            return vectors
        for layout, specs, vector in (
            (self.weight_layout, self._specs, vectors.weights),
            (self.state_layout, self._states, vectors.state),
        ):
            for index, views in enumerate(layout.views(vector)):
                for k, (name, spec) in enumerate(specs[index].items()):
                    uniform = partial(_uniform, seed, k, index)
                    views[name][...] = spec.initializer(spec.shape, uniform)
        return vectors

    def weights(self) -> dict[str, Array]:
        """Views of all parameters by name: {"dense_1.W": …, "dense_1.b": …}."""
        return self.weight_layout.named(self.vectors.weights)

    def state(self) -> dict[str, Array]:
        """Views of all states by name: {"batch_normalization_1.mean": …}."""
        return self.state_layout.named(self.vectors.state)

    def set_weights(self, values: dict[str, Any]) -> None:
        """Take these parameters, by name; the others stay. an error where one does not fit."""
        vectors = self.vectors.copy()
        views = self.weight_layout.named(vectors.weights)
        for name, value in values.items():
            if name not in views:
                raise ParameterError(f"The network has no parameter {name!r}.", f"It has {', '.join(views)}.")
            array = cast(name, check_numeric(name, value), self.dtype)
            if array.shape != views[name].shape:
                raise ShapeError(f"{name} has shape {views[name].shape}, got {array.shape}.")
            views[name][...] = array
        self.vectors = vectors

    def decays(self) -> Array:
        """(P,): 1 where weight decay applies, 0 at biases and the like."""
        mask = np.zeros(self.weight_layout.size, self.dtype)
        for views, specs in zip(self.weight_layout.views(mask), self._specs, strict=True):
            for name, spec in specs.items():
                views[name][...] = float(spec.decay)
        return mask

    def penalties(self) -> Array | None:
        """(2, P): λ₁ and λ₂ of each weight, of which the objective gets Σ λ₁·|w| + λ₂·w²; None where all are 0."""
        if not any(any(spec.penalty) for specs in self._specs for spec in specs.values()):
            return None
        pairs = np.zeros((2, self.weight_layout.size), self.dtype)
        for row, vector in enumerate(pairs):
            for views, specs in zip(self.weight_layout.views(vector), self._specs, strict=True):
                for name, spec in specs.items():
                    views[name][...] = spec.penalty[row]
        return pairs

    def to_config(self) -> Config:
        """The architecture for JSON, without the numbers."""
        return {
            "class": "Sequential",
            "dtype": self.dtype.name,
            "input_shape": list(self.input_shape),
            "layers": [to_config(layer) for layer in self.layers],
        }

    @classmethod
    def from_config(cls, config: Config, seed: int | None = 0) -> Sequential:
        """The network that `config` tells of, with first weights; ParameterError for what is not on the lists."""
        allowed = {"class", "dtype", "input_shape", "layers"}
        if not isinstance(config, dict) or config.get("class") != "Sequential" or not set(config) <= allowed:
            raise ParameterError('Expected an object with "class": "Sequential", "input_shape" and "layers".')
        layers, input_shape = config.get("layers"), config.get("input_shape")
        if not isinstance(layers, list) or not isinstance(input_shape, list):
            raise ParameterError('A Sequential needs the lists "layers" and "input_shape".')
        known = {**LAYERS, **INITIALIZERS}
        described = [from_config(layer, known) for layer in layers]
        for layer in described:
            if not isinstance(layer, Layer):
                raise ParameterError(f"{type(layer).__name__} is not a layer.")
        return cls(described, tuple(input_shape), dtype=config.get("dtype", "float32"), seed=seed)

    def summary(self) -> str:
        """A table of layers, output shapes and parameter counts."""
        counts = [sum(view.size for view in views.values()) for views in self.weight_layout.views(self.vectors.weights)]
        rows = [("Layer", "Output shape", "Parameters"), ("input", str(self.input_shape), "")]
        for name, layer, shape, count in zip(self.names, self.layers, self.shapes, counts, strict=True):
            what = f" {layer.function}" if isinstance(layer, Activation) else ""
            rows.append((name + what, str(shape), f"{count:,}"))
        wide = [max(len(row[k]) for row in rows) for k in range(3)]
        lines = [f"{a:<{wide[0]}}   {b:<{wide[1]}}   {c:>{wide[2]}}" for a, b, c in rows]
        rule = "─" * len(lines[0])
        total = f"{sum(counts):,} parameters"
        if self.state_layout.size:
            total += f", {self.state_layout.size:,} numbers of state"
        return "\n".join([lines[0], rule, *lines[1:], rule, total])


def head_and_loss(network: Sequential, loss: Loss) -> tuple[int, Loss]:
    """How many layers a training walks through, and the loss it then uses: the one rule of the last activation.

    Where a network ends in the activation that its loss takes over (softmax or sigmoid before a cross-entropy, ReLU
    before the perceptron's), the loss receives the sums before it, which keeps every digit of the gradient.
    """
    last = network.layers[-1]
    if not isinstance(last, Activation) or last.function != loss.activation or len(network.layers) == 1:
        return len(network.layers), loss
    return len(network.layers) - 1, loss.on_sums()


def _uniform(seed: int, step: int, layer: int, count: int) -> Array:
    return randomness.uniform(randomness.words(seed, Purpose.WEIGHTS, step, layer, count))


def _as_shape(shape: Any) -> Shape:
    if not isinstance(shape, (tuple, list)) or not shape:
        raise ParameterError(f"Sequential: input_shape must be a tuple such as (2,) or (28, 28, 1). Got {shape!r}.")
    for length in shape:
        check_integer("Sequential", "input_shape", length)
    return tuple(int(length) for length in shape)


def _names(layers: Sequence[Layer]) -> tuple[str, ...]:
    """A name for each layer, its class in snake case with a running number: Conv2D → conv2d_1."""
    counts: dict[str, int] = {}
    names = []
    for layer in layers:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(layer).__name__).lower()
        counts[kind] = counts.get(kind, 0) + 1
        names.append(f"{kind}_{counts[kind]}")
    return tuple(names)


def _layout(names: Sequence[str], specs: Sequence[dict[str, Any]]) -> Layout:
    shapes = [{name: spec.shape for name, spec in block.items()} for block in specs]
    return Layout(list(zip(names, shapes, strict=True)))
