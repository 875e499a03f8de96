"""Layers one after the other, and glassnet's network over them, which is built when the shape of a sample is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from glassnet.arrays import Array, Shape
from glassnet.checks import check_kind, nearest
from glassnet.errors import ParameterError, ShapeError
from glassnet.keras import backend
from glassnet.keras.formats import turned
from glassnet.keras.layers import InputLayer, Layer
from glassnet.keras.layers.layer import Symbol, as_shape, fresh_name
from glassnet.keras.seeds import next_seed
from glassnet.model import Sequential as Network, Vectors

CHANNEL_AXIS = "The channel axis is missing: x = np.expand_dims(x, -1), and input_shape=({}, {}, 1)."


class Stack:
    """A list of layers with their numbers.

    The layers carry the numbers, so that networks which share layers share weights; the network takes them up where
    they are not its own already, and hands its own out after each training.
    """

    def __init__(self, layers: Any = None, name: str | None = None) -> None:
        self.name = fresh_name(type(self).__name__) if name is None else str(name)
        self._layers: list[Any] = []
        self._shape: Shape | None = None
        self._network: Network | None = None
        self._bound: list[dict[str, Array]] = []
        for layer in [layers] if isinstance(layers, (Layer, Stack)) else layers or []:
            self.add(layer)

    def add(self, layer: Any) -> None:
        """Put a layer, or a whole network, at the end."""
        if isinstance(layer, (Symbol, InputLayer)):
            if self._layers or self._shape:
                raise ParameterError("An Input stands first in a network, once.")
            self._shape = layer.input_shape
            return
        if not isinstance(layer, Stack):
            check_kind("Sequential", "a layer", layer, Layer, "Dense(10)")
        if any(old is leaf for old in self.leaves() for leaf in layer.leaves()):
            raise ParameterError(f"Layer {layer.name!r} is in the network already.", "Make another one.")
        if not self._layers and self._shape is None:
            self._shape = layer._shape if isinstance(layer, Stack) else layer.input_shape
        self._layers.append(layer)
        self._network = None

    def pop(self) -> None:
        """Take the last layer away."""
        if not self._layers:
            raise ParameterError("There is no layer to take away.")
        self._layers.pop()
        self._network = None

    @property
    def layers(self) -> list[Any]:
        """The layers, built where the shape of a sample is known."""
        self._built_leaves()
        return list(self._layers)

    def leaves(self) -> Iterator[Layer]:
        """The layers, those of networks within the network one by one."""
        for layer in self._layers:
            yield from layer.leaves()

    @property
    def built(self) -> bool:
        """Whether the shape of a sample is known."""
        return self._shape is not None

    def build(self, input_shape: Any = None) -> None:
        """Build for samples of this shape; it may have None in front, for the batch."""
        if input_shape is not None:
            shape = tuple(input_shape) if isinstance(input_shape, (tuple, list)) else (input_shape,)
            self._shape = as_shape("build", shape[1:] if shape[0] is None else shape)
            self._network = None
        self.network  # noqa: B018  # a shape that does not fit is told of here

    @property
    def network(self) -> Network:
        """glassnet's network with the present numbers: for glassnet.predict, explain.step and so on."""
        if self._network is None:
            self._network = self._build()
            self.hand_out(keep=True)
        self.take_up()
        return self._network

    def _build(self) -> Network:
        if self._shape is None:
            raise ParameterError(
                f"{self.name!r} does not know the shape of a sample yet.",
                "Give the first layer an input_shape=(784,), say, or call build((None, 784)).",
            )
        described: list[Any] = turned(self._shape, self.leaves())
        self._parts: list[tuple[Layer, range]] = []
        shape = described[0].build(self._shape).shape if described else self._shape
        for number, leaf in enumerate(self.leaves(), 1):
            first = len(described) if self._parts else 0
            try:
                for one in leaf.describe(shape):
                    described.append(one)
                    shape = one.build(shape).shape
            except ShapeError as error:
                hint = CHANNEL_AXIS.format(*shape) if len(shape) == 2 and "H, W, C" in error.message else error.hint
                raise ShapeError(f"Layer {number}, {leaf.name}: {error.message}", hint) from None
            self._parts.append((leaf, range(first, len(described))))
            leaf.output_shape = (None, *shape)
        for k, layer in enumerate(self._layers):
            layer.output = Symbol(self._shape, tuple(self._layers[: k + 1]))
        return Network(described, self._shape, dtype=backend.floatx(), seed=next_seed())

    def _views(self, vectors: Vectors) -> list[dict[str, Array]]:
        """For each leaf, its weights and then its moving averages, as views."""
        assert self._network is not None
        weights = self._network.weight_layout.views(vectors.weights)
        state = self._network.state_layout.views(vectors.state)
        arrays = [{**own, **averages} for own, averages in zip(weights, state, strict=True)]
        return [{name: view for k in part for name, view in arrays[k].items()} for _, part in self._parts]

    def hand_out(self, keep: bool = False) -> None:
        """Give the layers the network's numbers; `keep`: those that have numbers keep them."""
        assert self._network is not None
        self._bound = self._views(self._network.vectors)
        for (leaf, _), views in zip(self._parts, self._bound, strict=True):
            if not keep or leaf.values is None:
                leaf.values = views

    def take_up(self) -> None:
        """Take up what the layers learnt elsewhere, or were given."""
        assert self._network is not None
        if all(leaf.values is bound for (leaf, _), bound in zip(self._parts, self._bound, strict=True)):
            return
        vectors = self._network.vectors.copy()
        for (leaf, _), views in zip(self._parts, self._views(vectors), strict=True):
            for name, value in (leaf.values or {}).items():
                if value.shape != views[name].shape:
                    raise ShapeError(
                        f"{leaf.name}.{name} has shape {value.shape}; here it would be {views[name].shape}."
                    )
                views[name][...] = value
        self._network.vectors = vectors
        self.hand_out()

    def get_weights(self) -> list[Array]:
        """Copies of all numbers, layer by layer, in Keras's order."""
        return [array for leaf in self._built_leaves() for array in leaf.get_weights()]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Take these numbers, in the order of get_weights()."""
        leaves = self._built_leaves()
        counts = [len(leaf.values or {}) for leaf in leaves]
        if len(weights) != sum(counts):
            raise ShapeError(f"{self.name!r} has {sum(counts)} arrays of weights, got {len(weights)}.")
        given = iter(weights)
        for leaf, count in zip(leaves, counts, strict=True):
            leaf.set_weights([next(given) for _ in range(count)])

    def _built_leaves(self) -> list[Layer]:
        if self._shape is not None:
            self.network  # noqa: B018  # so that the layers have their numbers
        return list(self.leaves())

    def count_params(self) -> int:
        """How many numbers there are, moving averages counted in."""
        return sum(array.size for array in self.get_weights())

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """The layer of this name, or at this place."""
        if index is not None:
            if not -len(self._layers) <= index < len(self._layers):
                raise ParameterError(f"{self.name!r} has {len(self._layers)} layers, none at {index}.")
            return self._layers[index]
        for layer in self._layers:
            if layer.name == name:
                return layer
        raise ParameterError(f"{self.name!r} has no layer {name!r}.", nearest(name, [one.name for one in self._layers]))

    @property
    def input(self) -> Symbol:
        """The beginning of the chain, for Model(inputs=model.input, …)."""
        return Symbol(self.network.input_shape)

    @property
    def input_shape(self) -> tuple[int | None, ...]:
        """The shape of a batch of samples."""
        return None, *self.network.input_shape

    @property
    def output_shape(self) -> tuple[int | None, ...]:
        """The shape of a batch of outputs."""
        return None, *self.network.output_shape
