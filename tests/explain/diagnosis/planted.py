"""Faults, each planted into a small training, and trainings that are healthy."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from glassnet.data import Dataset, load_data
from glassnet.explain.diagnosis import diagnose
from glassnet.files import TrainedModel
from glassnet.files.input_range import InputRange
from glassnet.functions import Normal
from glassnet.layers import Activation, Dense
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import SGD, Adam, Cosine
from glassnet.presets import complete, preset
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import training

ENTROPY = CategoricalCrossentropy()
WORDS = {
    "moons": "dense16 tanh dense2",
    "circles": "dense16 relu dense2",
    "spirals": "dense32 relu dense32 relu dense2",
    "blobs": "dense16 relu dense3",
    "digits": "flatten dense32 relu dense10",
    "ten sigmoids": "dense8 sigmoid " * 10 + "dense2",
}


def trained(data, layers, recipe, weights=None, seed=0):
    """A model as `glassnet train` leaves it; `weights` are put in before the first step."""
    network = Sequential(layers, data.sample_shape, seed=seed)
    network.set_weights(weights or {})
    run = Run.start(network, recipe)
    for _ in training(network, data, recipe, run=run, seconds=1.0):
        pass
    receipt = {
        "ended": run.ended,
        "inputs": InputRange.of(data.x).to_receipt(),
        "settings": {"recipe": recipe.to_config()},
        "split": {"train": len(data)},
    }
    return TrainedModel(network, data.classes, data.preparation, receipt, run.history)


def by_words(data, optimizer, epochs, words=None, weights=None, **settings):
    layers, loss = complete(parse_network(words or WORDS[data.name]), data)
    return trained(data, layers, Recipe(loss, optimizer, epochs, **settings), weights), data


def by_preset(name, seed, net=None, **settings):
    data = load_data(name, seed).train
    ready = preset(net or name, data)
    return trained(data, ready.layers, replace(ready.recipe, seed=seed, **settings), seed=seed), data


def wide(function, spread, depth, optimizer, name="circles"):
    """Layers of 32 whose first weights are as large as this."""
    data, weights = load_data(name, 0).train, Normal(spread)
    layers = [x for _ in range(depth) for x in (Dense(32, kernel_initializer=weights), Activation(function))]
    last = [Dense(2, kernel_initializer=weights), Activation("softmax")]
    return trained(data, [*layers, *last], Recipe(ENTROPY, optimizer, 10)), data


def points(name, **changes):
    return replace(load_data(name, 0).train, **changes)


def times(name, factor, shift=0.0):
    data = points(name)
    return replace(data, x=data.x * factor + shift)


def rare(name, share):
    """All of the first class, and about this share of the others."""
    data = points(name)
    return data.take(np.flatnonzero((data.y == 0) | (np.random.default_rng(0).random(len(data)) < share)))


def noisy():
    """Clouds of which a quarter of the points have a label by chance: there is more to learn by heart than to learn."""
    data, random = points("blobs"), np.random.default_rng(0)
    return replace(data, y=np.where(random.random(len(data)) < 0.25, random.integers(0, 3, len(data)), data.y))


def elsewhere(factor, shift=0.0):
    """A healthy network, asked about points on another scale."""
    return by_preset("moons", 0, "mlp", epochs=30)[0], times("moons", factor, shift)


def always(answer):
    """A network that was made to answer one class of three, and was never trained."""
    data = points("blobs")
    network = Sequential([Dense(3), Activation("softmax")], (2,))
    network.set_weights({"dense_1.b": np.eye(3)[answer] * 50})
    return network, data


def numbers(optimizer):
    """Targets that are numbers, far from 0."""
    x = np.random.default_rng(0).normal(size=(200, 3))
    data = Dataset("numbers", x, x @ [[1.0], [2.0], [3.0]] + 100, None)
    return by_words(data, optimizer, 30, "dense8 relu dense1")


B, W = "dense_1.b", "dense_1.W"
# What was planted, the finding that must be there, and those that may be there beside it: its consequences.
PLANTED = {
    "biases that keep ReLU shut": (
        lambda: by_words(points("circles"), SGD(0.1), 10, weights={B: [-100.0] * 16}),
        "dead-relu",
        (),
    ),
    "in the second of two layers": (
        lambda: by_words(points("spirals"), Adam(0.01), 20, weights={"dense_2.b": [-30.0] * 32}),
        "dead-relu",
        (),
    ),
    "channels of a convolution": (
        lambda: by_words(
            points("digits"), SGD(0.1), 2, "conv8 relu pool flatten dense10", {"conv2d_1.b": [-100.0] * 8}
        ),
        "dead-relu",
        (),
    ),
    "killed by the rate": (lambda: by_words(points("digits"), Adam(0.3), 6), "dead-relu", ("rate-too-high",)),
    "killed in one step": (lambda: by_words(points("spirals"), SGD(5.0), 20), "dead-relu", ("rate-too-high",)),
    "large weights before sigmoid": (lambda: wide("sigmoid", 20.0, 2, SGD(0.1)), "saturation", ()),
    "weights so large that they hardly move": (lambda: wide("sigmoid", 20.0, 2, SGD(0.1), "spirals"), "saturation", ()),
    "large weights before tanh": (lambda: wide("tanh", 10.0, 2, SGD(0.1)), "saturation", ("rate-too-high",)),
    "bytes into sigmoid": (
        lambda: by_words(times("moons", 60, 100), SGD(0.1), 20, "dense16 sigmoid dense2"),
        "saturation",
        (),
    ),
    "bytes into tanh": (lambda: by_words(times("moons", 60, 100), Adam(0.01), 20), "saturation", ()),
    "pixels into sigmoid": (
        lambda: by_words(
            Dataset("pixels", points("digits").x.astype(np.float32) * 16, points("digits").y, tuple(range(10))),
            SGD(0.1),
            6,
            "flatten dense32 sigmoid dense10",
        ),
        "saturation",
        (),
    ),
    "XOR at 0.665 ×3, 0.002": (lambda: by_preset("xor", 9), "plateau", ("dead-relu",)),
    "XOR at 0.333 ×3, 0.999": (lambda: by_preset("xor", 0), "plateau", ("dead-relu",)),
    "XOR at 0.5 ×2": (lambda: by_preset("xor", 2), "plateau", ()),
    "a line through a ring": (lambda: by_words(points("circles"), Adam(0.03), 40, "dense2"), "plateau", ()),
    "ten sigmoids": (lambda: by_words(points("moons"), SGD(0.1), 20, WORDS["ten sigmoids"]), "vanishing-gradients", ()),
    "ten sigmoids with Adam": (
        lambda: by_words(points("moons"), Adam(0.01), 5, WORDS["ten sigmoids"]),
        "vanishing-gradients",
        (),
    ),
    "tiny weights before tanh": (lambda: wide("tanh", 0.01, 4, SGD(0.1)), "vanishing-gradients", ()),
    "large weights before ReLU": (lambda: wide("relu", 2.0, 4, Adam(0.001)), "exploding-gradients", ()),
    "larger ones, that run away": (lambda: wide("relu", 5.0, 4, SGD(0.01)), "exploding-gradients", ("rate-too-high",)),
    "labels by chance": (
        lambda: by_words(noisy(), Adam(0.01), 100, "dense128 relu dense128 relu dense3", validation=0.3),
        "overfitting",
        (),
    ),
    "forty points": (
        lambda: by_words(points("moons").take(np.arange(40)), Adam(0.01), 60, "dense256 relu dense2", validation=0.4),
        "overfitting",
        (),
    ),
    "a rate that makes the loss jump": (lambda: by_words(points("moons"), SGD(3.0), 30), "rate-too-high", ()),
    "a rate that throws it about": (lambda: by_words(points("moons"), SGD(100.0), 30), "rate-too-high", ()),
    "a rate that runs away": (lambda: by_words(points("spirals"), SGD(100.0), 30), "rate-too-high", ()),
    "a rate that runs away at once": (lambda: by_words(points("spirals"), SGD(1e10), 30), "rate-too-high", ()),
    "a rate for numbers": (lambda: numbers(SGD(0.1)), "rate-too-high", ()),
    "a tiny rate": (lambda: by_words(points("moons"), SGD(1e-4), 20), "rate-too-low", ()),
    "a tiny rate for Adam": (lambda: by_words(points("digits"), Adam(1e-5), 10), "rate-too-low", ()),
    "a tiny rate that falls": (
        lambda: by_words(points("moons"), Adam(1e-5, schedule=Cosine()), 20),
        "rate-too-low",
        (),
    ),
    "a tiny rate under dropout": (
        lambda: by_preset("digits", 0, "mlp", optimizer=Adam(1e-6), epochs=8),
        "rate-too-low",
        (),
    ),
    "a tiny rate for XOR": (lambda: by_preset("xor", 8, optimizer=SGD(1e-4)), "rate-too-low", ("dead-relu",)),
    "a huge rate for four people": (
        lambda: by_preset("people", 0, optimizer=SGD(100.0)),
        "rate-too-high",
        ("saturation",),
    ),
    "points a hundred times as far": (lambda: elsewhere(100.0), "inputs-out-of-range", ()),
    "points somewhere else": (lambda: elsewhere(1.0, 50.0), "inputs-out-of-range", ()),
    "points a hundred times as near": (lambda: elsewhere(0.01), "inputs-out-of-range", ()),
    "a rare class": (lambda: by_words(rare("circles", 0.05), SGD(0.1), 20), "majority-class", ()),
    "weights that know one answer": (lambda: always(1), "majority-class", ()),
}

HEALTHY = {
    **{f"xor that learnt, {seed}": (lambda seed=seed: by_preset("xor", seed)) for seed in (14, 22)},
    **{f"people {seed}": (lambda seed=seed: by_preset("people", seed)) for seed in range(3)},
    **{f"first-input {seed}": (lambda seed=seed: by_preset("first-input", seed)) for seed in range(2)},
    **{
        f"{name} {seed}": (lambda name=name, seed=seed: by_preset(name, seed, "mlp"))
        for name in ("moons", "circles", "spirals", "blobs", "xor")
        for seed in range(3)
    },
    **{
        f"one layer, {name}": (lambda name=name: by_preset(name, 0, "perceptron"))
        for name in ("moons", "blobs", "digits")
    },
    **{f"digits {seed}": (lambda seed=seed: by_preset("digits", seed, "mlp")) for seed in range(2)},
    "digits, two convolutions": lambda: by_preset("digits", 0, "cnn", epochs=4),
    "sigmoid": lambda: by_words(points("moons"), Adam(0.01), 60, "dense16 sigmoid dense2"),
    "a little hidden layer": lambda: by_words(points("moons"), SGD(0.1), 30),
    "batch normalisation": lambda: by_words(points("digits"), Adam(0.01), 5, "flatten dense32 batchnorm relu dense10"),
    "numbers": lambda: numbers(Adam(0.1)),
}


@cache
def found_in(planted):
    """The findings on a planted fault, by its name."""
    build, *_ = PLANTED[planted]
    return diagnose(*build())
