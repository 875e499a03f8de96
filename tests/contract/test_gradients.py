"""Every entry of every gradient against numeric differentiation, in float64: layers, losses, whole networks."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np
import pytest

from glassnet.engines.engine import Task
from glassnet.engines.reference import backward, contexts, forward
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Reshape,
)
from glassnet.losses import LOSSES, BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential, head_and_loss
from glassnet.optimizers import SGD
from glassnet.preparation import Scale
from tests.contract.table import both_modes, every_row
from tests.numeric import assert_same_gradient, gradient, spread


@every_row
@both_modes
def test_layers(row, training):
    """L = Σ y·dy, so that ∂L/∂y = dy. The words of the context are the same at every call, and so is a mask."""
    p, s, x, dy = row.params(), row.state(), row.x(), row.dy()

    def objective(name, values):
        moved = {**p, "x": x, name: values}
        return (row.layer.forward(moved, s, moved["x"], row.context(training))[0] * dy).sum()

    saved = row.layer.forward(p, s, x, row.context(training))[1]
    dx, grads = row.layer.backward(p, saved, dy, True)
    assert grads.keys() == p.keys()
    assert_same_gradient(dx, gradient(partial(objective, "x"), x))
    for name, values in p.items():
        assert_same_gradient(grads[name], gradient(partial(objective, name), values))


SUMS = spread((4, 3), 1)
PROBABILITIES = np.exp(SUMS) / np.exp(SUMS).sum(1, keepdims=True)
VECTORS = spread((4, 3), 2)
YES_NO = (VECTORS > 0).astype(float)
INDEX = np.array([2, 0, 1, 2])
ONE_HOT = np.eye(3)[INDEX]
SHARES = np.array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0], [0.0, 0.6, 0.4], [0.1, 0.1, 0.8]])

LOSS_ROWS = [
    (MeanSquaredError(), SUMS, VECTORS),
    (MeanSquaredError("sum"), SUMS, VECTORS),
    (MeanSquaredError(), SUMS[:, :1], VECTORS[:, :1]),
    (BinaryCrossentropy(), PROBABILITIES, YES_NO),
    (BinaryCrossentropy(), PROBABILITIES, SHARES),
    (BinaryCrossentropy(from_sums=True), SUMS, YES_NO),
    (BinaryCrossentropy(from_sums=True), SUMS[:, :1], YES_NO[:, :1]),
    *(
        (CategoricalCrossentropy(from_sums), SUMS if from_sums else PROBABILITIES, t)
        for from_sums, t in product((False, True), (INDEX, ONE_HOT, SHARES))
    ),
    (Perceptron(), SUMS, INDEX),
    (Perceptron(), SUMS, ONE_HOT),
]


def test_every_loss_has_a_row():
    assert {type(loss) for loss, _, _ in LOSS_ROWS} == set(LOSSES.values())


@pytest.mark.parametrize("weight", [None, np.array([1.0, 0.0, 2.5, 0.5])], ids=["", "weighted"])
@pytest.mark.parametrize(("loss", "y", "t"), LOSS_ROWS)
def test_losses(loss, y, t, weight):
    value, dy = loss(y, t, weight)
    assert_same_gradient(dy, gradient(lambda moved: loss(moved, t, weight)[0], y))
    each, dy_each = loss.each(y, t)
    assert each.shape == (4,)
    assert_same_gradient(dy_each, gradient(lambda moved: loss.each(moved, t)[0].sum(), y))
    total = (each if weight is None else each * weight).sum()
    assert value == pytest.approx(total if loss.summed else total / 4)


NETWORKS = [
    (
        [Dense(4), Activation("relu"), Dropout(0.4), Dense(3), Activation("softmax")],
        (5,),
        CategoricalCrossentropy(),
        INDEX,
    ),
    ([Dense(4), Activation("sigmoid"), Dense(3), Activation("softmax")], (5,), MeanSquaredError("sum"), ONE_HOT),
    ([Dense(4), Activation("gelu"), Dense(3), Activation("sigmoid")], (5,), BinaryCrossentropy(), YES_NO),
    ([Dense(3), Activation("relu")], (5,), Perceptron(), INDEX),
    (
        [
            Conv2D(2, padding="same"),
            BatchNormalization(),
            Activation("elu"),
            MaxPooling2D(),
            Conv2D(3, 2, use_bias=False),
            Activation("tanh"),
            AveragePooling2D((1, 2)),
            Flatten(),
            Dense(3),
        ],
        (6, 7, 1),
        MeanSquaredError(),
        VECTORS,
    ),
    (
        [Reshape((2, 3, 1)), Conv2D(2, 2), Activation("leaky_relu"), Flatten(), Dense(1), Activation("sigmoid")],
        (6,),
        BinaryCrossentropy(),
        YES_NO[:, :1],
    ),
]


@pytest.mark.parametrize("weight", [None, np.array([1.0, 0.0, 2.5, 0.5])], ids=["", "weighted"])
@pytest.mark.parametrize(("layers", "in_shape", "loss", "t"), NETWORKS)
def test_whole_networks(layers, in_shape, loss, t, weight):
    """By the walk of the reference engine, over the whole weight vector at once."""
    network = Sequential(layers, in_shape, dtype="float64", seed=3)
    weights = network.vectors.weights
    weights[network.decays() == 0] += spread((int((network.decays() == 0).sum()),), 5) / 10  # biases away from 0
    x = spread((4, *in_shape), 6)
    depth, head_loss = head_and_loss(network, loss)
    task = Task(network, depth, head_loss, SGD(), x, Scale(), t, None, weight, total_steps=1, seed=8)
    walked, s = network.layers[:depth], network.state_layout.views(network.vectors.state)

    def objective(vector):
        y, _ = forward(walked, network.weight_layout.views(vector), s, x, contexts(task, 0))
        return head_loss(y, t, weight)[0]

    p = network.weight_layout.views(weights)
    y, saved = forward(walked, p, s, x, contexts(task, 0))
    grads = backward(walked, p, saved, head_loss(y, t, weight)[1])
    own = {
        f"{name}.{key}": grad for name, layer in zip(network.names, grads, strict=False) for key, grad in layer.items()
    }
    numeric = network.weight_layout.named(gradient(objective, weights))
    assert own.keys() == numeric.keys()
    for name, expected in numeric.items():
        assert_same_gradient(own[name], expected)
