"""What a diagnosis looks at: some samples on their way through the network and back, and how the training went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.engines import Task
from glassnet.explain.trace import Trace
from glassnet.layers import Activation
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Perceptron
from glassnet.model import Sequential
from glassnet.recipe import Recipe

FITTED = 0.98  # the share of right answers, or of explained variance, from which nothing stands in the way
TINY = 1e-7  # keeps a share away from ln 0


@dataclass(frozen=True)
class Observation:
    """A network at work, as far as the detectors look.

    trace : its signals, (N, …) after every layer.   slopes : ∂lossₙ/∂signal, level by level as the signals; the inputs
    have none.   task : the samples with their targets, and the loss that they are held against.
    data : the whole data set.   own : whether it is what the network learnt from.   enough : whether the samples are
    enough to speak of all inputs.
    history, ended, recipe : of the training, as far as they are known.
    """

    trace: Trace
    slopes: Sequence[Array | None]
    task: Task
    data: Dataset
    own: bool
    enough: bool
    history: Mapping[str, Sequence[float]]
    ended: str
    recipe: Recipe | None

    @property
    def diverged(self) -> bool:
        """Whether the training ran away."""
        return self.ended.startswith("diverged")

    @property
    def network(self) -> Sequential:
        """The network that was looked at."""
        return self.trace.network

    @cached_property
    def losses(self) -> Array:
        """(epochs,): the loss of each epoch, as far as they are finite."""
        losses = np.array(self.history.get("loss", ()), np.float64)
        return losses if np.isfinite(losses).all() else losses[:0]

    @cached_property
    def first_network(self) -> Sequential | None:
        """The network with first weights from the recipe's seed, which are its own where that drew them."""
        network = self.network
        if self.recipe is None:
            return None
        return Sequential(network.layers, network.input_shape, dtype=network.dtype.name, seed=self.recipe.seed)

    @cached_property
    def moved(self) -> float | None:
        """How far the weights are from those first ones, as a share of the size of these; None where none are known."""
        if self.first_network is None:
            return None
        first = self.first_network.vectors.weights.astype(np.float64)
        size = float(np.linalg.norm(first))
        return float(np.linalg.norm(self.network.vectors.weights - first)) / size if size else None

    @property
    def samples(self) -> int:
        """How many samples went through it."""
        return len(self.task.x)

    @property
    def outputs(self) -> Array:
        """(N, O): what the network answers."""
        return self.trace.signals[-1]

    @cached_property
    def decided(self) -> Array:
        """(N,): the class that each answer stands for."""
        return self.task.loss.decide(self.trace.signals[self.task.depth])

    @cached_property
    def targets(self) -> Array:
        """(N, O): what the outputs should be."""
        t, classes = self.task.t, self.outputs.shape[1]
        return np.eye(classes)[t] if t.ndim == 1 else t

    @cached_property
    def fit(self) -> float:
        """The share of right answers; of a network that answers with numbers, the share of variance explained."""
        if self.task.answers is not None:
            return float((self.decided == self.task.answers).mean())
        variance = float(self.targets.var(0).mean())
        return 1 - float(((self.outputs - self.targets) ** 2).mean()) / variance if variance else 1.0

    @property
    def fitted(self) -> bool:
        """Whether the network does what it should, here or at the end of its training: nothing can stand in its way."""
        at_the_end = list(self.history.get("accuracy", ()))[-1:]
        return max([self.fit, *at_the_end]) >= FITTED

    @cached_property
    def guess(self) -> float | None:
        """The loss of who does not look at the inputs: each class is as likely, or the answer is the mean target.

        None where that says nothing: the perceptron's loss has no scale, one that is summed grows with the samples, and
        numbers for targets may be spread otherwise in what the network learnt from.
        """
        loss, classes = self.task.loss, self.data.classes
        if isinstance(loss, Perceptron) or loss.summed or (classes is None and not self.own):
            return None
        share = self.targets.astype(np.float64).mean(0) if classes is None else 1 / len(classes)
        y = np.broadcast_to(np.float64(share), self.targets.shape)
        if isinstance(loss, CategoricalCrossentropy) and loss.from_sums:
            y = np.log(np.maximum(y, TINY))
        elif isinstance(loss, BinaryCrossentropy) and loss.from_sums:
            y = np.log(np.maximum(y, TINY)) - np.log(np.maximum(1 - y, TINY))
        return float(loss.each(y, self.task.t)[0].mean())

    @cached_property
    def flow(self) -> dict[str, float]:
        """How long the gradient by the sums of each layer with weights is, mean over the samples, first layer first."""
        places = [k for k in range(self.task.depth) if "W" in self.trace.p[k]]
        return {self.network.names[k]: _length(self.slopes[k + 1]) for k in places}

    def activations(self, *functions: str) -> list[tuple[str, str, Array]]:
        """Name, function and signals (N, …) of activations with these functions; not of what the loss takes over."""
        return [
            (self.network.names[k], layer.function, self.trace.signals[k + 1])
            for k, layer in enumerate(self.network.layers[: self.task.depth])
            if isinstance(layer, Activation) and layer.function in functions
        ]


def _length(slope: Array | None) -> float:
    """The mean Euclidean length of a sample's gradient (N, …)."""
    assert slope is not None  # a layer with weights has a gradient at its outputs
    rows = slope.reshape(len(slope), -1).astype(np.float64)
    return float(np.sqrt((rows**2).sum(1)).mean())
