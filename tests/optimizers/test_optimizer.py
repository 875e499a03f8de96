"""What all optimizers share: decay, clipping, schedule, blocks, and arguments."""

from __future__ import annotations

import json

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import ParameterError
from glassnet.optimizers import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    AdamW,
    Cosine,
    RMSprop,
    Step,
    optimizer as module,
)

EVERY = pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)


def one_step(optimizer, w, g, decays, step=0, total=1):
    w = np.array(w, float)
    slots = np.zeros((optimizer.slots, w.size))
    optimizer.descend(w, np.array(g, float), slots, np.array(decays, float), step, total)
    return w


def test_decay_adds_to_the_gradient_but_not_of_biases():
    # g = 0 + ½·w for the weight, 0 for the bias: 2 − 0.1·½·2
    assert one_step(SGD(0.1, weight_decay=0.5), [2, 2], [0, 0], [1, 0]).tolist() == [1.9, 2]


def test_adam_couples_decay_and_adamw_does_not():
    # Adam: the gradient ½·w passes through the moments, so the step is a whole rate, however small the decay is.
    coupled = one_step(Adam(0.1, weight_decay=0.5), [2, 2], [0, 0], [1, 0])
    np.testing.assert_allclose(coupled, [1.9, 2], rtol=1e-6)
    # AdamW: w − rate·decay·w, and no step along a gradient of 0: 2 − 0.1·½·2 happens to be the same,
    assert one_step(AdamW(0.1, weight_decay=0.5), [2, 2], [0, 0], [1, 0]).tolist() == [1.9, 2]
    # but with a tenth of the decay Adam's step stays and AdamW's is a tenth.
    np.testing.assert_allclose(one_step(Adam(0.1, weight_decay=0.05), [2], [0], [1]), [1.9], rtol=1e-5)
    assert one_step(AdamW(0.1, weight_decay=0.05), [2], [0], [1]).tolist() == [1.99]


def test_decoupled_decay_follows_the_schedule():
    # half way a cosine stands at ½: 2 − (0.1·½)·0.5·2
    adamw = AdamW(0.1, weight_decay=0.5, schedule=Cosine())
    np.testing.assert_allclose(one_step(adamw, [2], [0], [1], step=5, total=10), [1.95], rtol=1e-12)


def test_adamw_decays_unless_told_otherwise():
    assert AdamW().weight_decay == 0.01
    assert all(kind().weight_decay == 0 for kind in OPTIMIZERS.values() if kind is not AdamW)


def test_clipping_by_hand():
    # |(3, 4)| = 5: scaled to 1 it is (0.6, 0.8); below the bound nothing changes
    np.testing.assert_allclose(one_step(SGD(1.0, clip_norm=1.0), [0, 0], [3, 4], [1, 1]), [-0.6, -0.8], rtol=1e-15)
    assert one_step(SGD(1.0, clip_norm=10.0), [0, 0], [3, 4], [1, 1]).tolist() == [-3, -4]


def test_clipping_a_gradient_whose_square_is_beyond_float32():
    w, g = np.zeros(2, np.float32), np.array([3e30, 4e30], np.float32)
    SGD(1.0, clip_norm=1.0).descend(w, g, np.zeros((1, 2), np.float32), np.zeros(2, np.float32), 0, 1)
    np.testing.assert_allclose(w, [-0.6, -0.8], rtol=1e-6)


def test_the_gradient_is_not_changed():
    g = np.array([3.0, 4.0])
    g.flags.writeable = False
    SGD(1.0, clip_norm=1.0, weight_decay=0.5).descend(np.ones(2), g, np.zeros((1, 2)), np.ones(2), 0, 1)


def test_rate_follows_the_schedule():
    optimizer = SGD(0.4, schedule=Step(0.5, 0.25))
    assert [optimizer.rate(step, 8) for step in range(8)] == [0.4, 0.4, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05]


@EVERY
def test_blocks_make_no_difference(kind, monkeypatch):
    size = 2 * module.BLOCK + 3
    random = np.random.default_rng(1)
    optimizer = kind(0.1, weight_decay=0.1, clip_norm=10.0)
    start, decays = random.normal(size=size).astype(np.float32), random.integers(0, 2, size).astype(np.float32)
    gradients = random.normal(size=(3, size)).astype(np.float32)

    def run():
        w, slots = start.copy(), np.zeros((optimizer.slots, size), np.float32)
        for step, g in enumerate(gradients):
            optimizer.descend(w, g, slots, decays, step, 3)
        return w, slots

    in_blocks = run()
    monkeypatch.setattr(module, "BLOCK", size)
    for one, other in zip(in_blocks, run(), strict=True):
        np.testing.assert_array_equal(one, other)


@EVERY
def test_configuration_travels_as_json(kind):
    optimizer = kind(0.5, schedule=Step(0.5, 0.25), weight_decay=0.1, clip_norm=2.0)
    text = json.dumps(to_config(optimizer))
    assert from_config(json.loads(text), {**OPTIMIZERS, **SCHEDULES}) == optimizer


@EVERY
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"learning_rate": 0}, "learning_rate must be a number in (0, inf). Got 0."),
        ({"learning_rate": -0.1}, "learning_rate must be a number in (0, inf). Got -0.1."),
        ({"learning_rate": float("nan")}, "learning_rate must be a number in (0, inf). Got nan."),
        ({"learning_rate": float("inf")}, "learning_rate must be a number in (0, inf). Got inf."),
        ({"learning_rate": "fast"}, "learning_rate must be a number in (0, inf). Got 'fast'."),
        ({"weight_decay": -1}, "weight_decay must be a number in [0, inf). Got -1."),
        ({"clip_norm": 0}, "clip_norm must be a number in (0, inf). Got 0."),
    ],
)
def test_bad_arguments_are_told(kind, arguments, message):
    with pytest.raises(ParameterError) as caught:
        kind(**arguments)
    assert str(caught.value) == f"{kind.__name__}: {message}"


@pytest.mark.parametrize(
    ("kind", "name", "value", "interval"),
    [
        (SGD, "momentum", 1, "[0, 1)"),
        (RMSprop, "rho", 1.5, "[0, 1)"),
        (RMSprop, "epsilon", 0, "(0, inf)"),
        (Adagrad, "epsilon", -1, "(0, inf)"),
        (Adadelta, "rho", -0.1, "[0, 1)"),
        (Adadelta, "epsilon", 0, "(0, inf)"),
        (Adam, "beta_1", 1, "[0, 1)"),
        (Adam, "beta_2", 1, "[0, 1)"),
        (AdamW, "epsilon", 0, "(0, inf)"),
    ],
)
def test_bad_settings_of_one_are_told(kind, name, value, interval):
    with pytest.raises(ParameterError) as caught:
        kind(**{name: value})
    assert str(caught.value) == f"{kind.__name__}: {name} must be a number in {interval}. Got {value}."
