from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.data.batches import Batches
from glassnet.engines import fit_task
from glassnet.engines.cpu.engine import Cpu
from glassnet.functions import ACTIVATIONS
from glassnet.layers import LAYERS, Activation, BatchNormalization, Conv2D, Dense, Flatten
from glassnet.losses import LOSSES, CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import OPTIMIZERS, Cosine, OneCycle, Step
from tests.contract.table import LAYERS as ROWS
from tests.parity.steps import assert_parity, gradient_of, moments, one_step, probing

STEPS = 6
CHOICES = {"SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}]}
COMMON = [
    {},
    {"weight_decay": 0.1},
    {"clip_norm": 0.01},
    {"schedule": Cosine()},
    {"schedule": Step()},
    {"schedule": OneCycle(), "weight_decay": 0.1, "clip_norm": 0.5},
]


def batches(count=19, size=8):
    return Batches(count, size, shuffle=True, seed=2)


def task_of(
    layers, shape, loss="CategoricalCrossentropy", optimizer="SGD", *, weighed=False, classes=3, count=19, **of
):
    random = np.random.default_rng(5)
    network = Sequential(layers, shape, seed=4)
    x, labels = random.normal(size=(count, *shape)).astype(np.float32), random.integers(0, classes, count).tolist()
    weight = random.uniform(0, 2, count) if weighed else None
    data = Dataset.from_arrays(x, labels, classes=range(classes))
    return fit_task(
        network, data, LOSSES[loss](), OPTIMIZERS[optimizer](**of), total_steps=20, seed=9, sample_weight=weight
    )


def test_every_kind_of_layer_is_tried_below():
    assert {type(layer) for layer, _ in ROWS} == set(LAYERS.values())
    assert {layer.function for layer, _ in ROWS if isinstance(layer, Activation)} == set(ACTIVATIONS)


@pytest.mark.parametrize("ahead", [True, False], ids=["later", "first"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} on {row[1]}")
def test_layers(row, ahead):
    layer, shape = row
    before = [BatchNormalization()] * ahead
    task = task_of([*before, layer, Flatten(), Dense(3), Activation("softmax")], shape)
    assert Cpu().why_not(task) == ""
    assert_parity(task, batches(), STEPS)


@pytest.mark.parametrize("weighed", [False, True], ids=["each once", "weighed"])
@pytest.mark.parametrize("spread", [1.0, 30.0], ids=["among them", "beyond the bounds"])
def test_a_loss_that_divides_outputs_by_their_sum(spread, weighed):
    task = task_of([Dense(3), Activation("sigmoid")], (4,), weighed=weighed)
    task = replace(task, x=spread * task.x, loss=CategoricalCrossentropy(normalize=True))
    assert Cpu().why_not(task) == ""
    assert_parity(task, batches(), STEPS)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_activations_over_pictures_and_behind_sums(name):
    f = Activation(name)
    layers = [Dense(12), f, Dense(12), f, f, Dense(3), Activation("softmax")]
    assert_parity(task_of(layers, (5,)), batches(), STEPS)
    layers = [Conv2D(3, 2), f, Conv2D(2, 2), f, Flatten(), Dense(3), Activation("softmax")]
    assert_parity(task_of(layers, (5, 5, 1)), batches(), STEPS)


@pytest.mark.parametrize("weighed", [False, True], ids=["each once", "weighed"])
@pytest.mark.parametrize("last", ["linear", "relu", "sigmoid", "softmax", "tanh"])
@pytest.mark.parametrize("name", LOSSES)
def test_losses_behind_every_activation_that_they_go_with(name, last, weighed):
    probable = last in ("sigmoid", "softmax")
    if LOSSES[name]().wants_probabilities and not probable:
        last = "sigmoid"
    task = task_of([Dense(3), Activation(last)], (4,), name, weighed=weighed)
    assert Cpu().why_not(task) == ""
    assert_parity(task, batches(), STEPS)


@pytest.mark.parametrize(("name", "last"), [("BinaryCrossentropy", "sigmoid"), ("MeanSquaredError", "tanh")])
def test_one_output_for_two_classes(name, last):
    assert_parity(task_of([Dense(1), Activation(last)], (4,), name, classes=2), batches(), STEPS)


def test_numbers_as_targets():
    random = np.random.default_rng(6)
    data = Dataset.from_arrays(random.normal(size=(19, 4)), random.normal(size=(19, 3)), regression=True)
    network = Sequential([Dense(5), Activation("tanh"), Dense(3)], (4,))
    task = fit_task(network, data, LOSSES["MeanSquaredError"](), OPTIMIZERS["SGD"](), total_steps=9, seed=0)
    assert_parity(task, batches(), STEPS)


@pytest.mark.parametrize("common", COMMON, ids=str)
@pytest.mark.parametrize(("name", "own"), [(name, own) for name in OPTIMIZERS for own in CHOICES.get(name, [{}])])
def test_optimizers_step_for_step_from_the_references_slots(name, own, common):
    layers = [Dense(40), Activation("tanh"), Dense(40), Activation("tanh"), Dense(3), Activation("softmax")]
    task = task_of(layers, (30,), optimizer=name, **own, **common)
    assert Cpu().why_not(task) == ""
    engine = Cpu(1)
    for moment in moments(task, batches(), STEPS):
        gradient, _, _ = gradient_of(Cpu(1), probing(task), moment)  # its own: here the formula alone is looked at
        wanted, after = moment.vectors.weights.copy(), moment.slots.copy()
        task.optimizer.descend(wanted, gradient, after, task.network.decays(), moment.step, task.total_steps)
        vectors, slots, _, _ = one_step(engine, task, moment)
        update = np.linalg.norm(wanted - moment.vectors.weights)
        assert np.linalg.norm(vectors.weights - wanted) <= 1e-5 * update + 1e-7 * np.linalg.norm(wanted)
        for got, right in zip(slots, after, strict=True):
            assert np.linalg.norm(got - right) <= 1e-5 * np.linalg.norm(right)
