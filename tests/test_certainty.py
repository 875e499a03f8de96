from __future__ import annotations

import json
from math import exp, log

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from glassnet.certainty import ENOUGH, Certainty, familiarity, learn_certainty, learn_temperature
from glassnet.descriptions import from_config, to_config
from glassnet.errors import ParameterError


def drawn(temperature, count=20_000, classes=4, seed=0, scale=3):
    """Sums, and classes drawn with the probabilities softmax(sums / temperature)."""
    random = np.random.default_rng(seed)
    sums = random.normal(size=(count, classes)) * scale
    shares = np.exp(log_softmax(sums / temperature, 1))
    return sums.astype(np.float32), (random.random((count, 1)) > shares.cumsum(1)).sum(1).clip(0, classes - 1)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_the_answers_were_drawn_with_is_found(temperature):
    assert learn_temperature(*drawn(temperature)) == pytest.approx(temperature, rel=0.03)


def test_the_temperature_is_the_likeliest():
    sums, y = drawn(1.7, 300)

    def loss(t):
        return -log_softmax(sums / t, 1)[np.arange(300), y].sum() + ((1 / t - 1) / 0.25) ** 2 / 2

    least = minimize_scalar(loss, bounds=(0.1, 10), method="bounded").x
    assert learn_temperature(sums, y) == pytest.approx(least, rel=1e-4)


def test_few_answers_hardly_change_it():
    """Of n right answers with sums 0 and a, 1/T − 1 is n·a/16 times the share of the wrong answer: e⁻⁶, about."""
    sums = np.tile([0.0, 6.0], (9, 1))
    right = np.ones(9, int)
    assert 1 / learn_temperature(sums, right) == pytest.approx(1 + 9 * 6 / 16 / (1 + exp(6)), abs=1e-3)
    assert 1.0 < learn_temperature(sums, np.array([0, *right[1:]])) < 1.6  # one of nine is wrong


def test_few_samples_do_no_harm():
    """Where confidences are right, and mostly high, what 40 held-out samples say of them spoils them little."""
    sums, y = drawn(1.0, 20_000, scale=9)
    test, true = sums[10_000:], y[10_000:]

    def loss(temperature):
        return -log_softmax(test / temperature, 1)[np.arange(10_000), true].mean()

    found = [learn_temperature(sums[k : k + 40], y[k : k + 40]) for k in range(0, 4000, 40)]
    losses = [loss(temperature) for temperature in found]
    assert np.mean(losses) < 1.03 * loss(1)
    assert max(losses) < 1.15 * loss(1)


def test_the_temperature_stays_in_bounds_where_sums_tell_nothing():
    for sums, y in ((np.zeros((5, 3)), [0, 1, 2, 0, 1]), (np.tile([1e6, 0.0], (4, 1)), [1, 1, 1, 1])):
        assert 0.05 <= learn_temperature(sums, np.array(y)) <= 20.001


def test_familiarity_worked_by_hand():
    sums = np.log([[3.0, 1.0, 2.0]])
    assert familiarity(sums, None) == pytest.approx([log(6)])
    assert familiarity(sums, 2) == pytest.approx([log(4) - log(2)])
    assert familiarity(sums, 0) == pytest.approx([log(3) - log(3)])
    assert familiarity(np.array([[1000.0, 0.0], [-1000.0, -1000.0]]), None) == pytest.approx([1000, log(2) - 1000])


def test_confidences_are_softmax_at_the_temperature():
    sums = np.log([[9.0, 1.0]])
    assert Certainty(1.0).confidences(sums) == pytest.approx(np.array([[0.9, 0.1]]))
    assert Certainty(2.0).confidences(sums) == pytest.approx(np.array([[0.75, 0.25]]))


def test_one_in_two_hundred_of_what_is_known_is_refused():
    sums, y = drawn(1.0, 1000)
    learnt = learn_certainty(sums, y)
    refused = learnt.refuses(sums, None)
    assert refused.sum() == 5
    assert learnt.refused == 0.005
    assert familiarity(sums, None)[refused].max() < familiarity(sums, None)[~refused].min()
    assert (learnt.none, learnt.refused_strangers) == (None, None)


def test_strangers_are_told_by_their_class():
    random = np.random.default_rng(1)
    y = np.repeat([0, 1, 2], 400)
    sums = random.normal(size=(1200, 3)) + 8 * np.eye(3)[y]
    learnt = learn_certainty(sums, y, stranger=2)
    refused = learnt.refuses(sums, 2)
    assert refused[y != 2].sum() == 4
    assert learnt.refused == pytest.approx(4 / 800)
    assert learnt.refused_strangers == refused[y == 2].mean() > 0.99
    assert learnt.none == "none"


def test_few_samples_and_tables_have_no_threshold():
    sums, y = drawn(1.0, ENOUGH)
    assert learn_certainty(sums, y).threshold is not None
    assert learn_certainty(sums[1:], y[1:]).threshold is None
    assert learn_certainty(sums, y, refusing=False).threshold is None
    assert not learn_certainty(sums[1:], y[1:]).refuses(sums, None).any()


@pytest.mark.parametrize("certainty", [Certainty(), Certainty(1.5, -2.25, "none", 0.005, 0.98)])
def test_it_travels_as_json(certainty):
    assert from_config(json.loads(json.dumps(to_config(certainty))), {"Certainty": Certainty}) == certainty


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"temperature": 0}, r"Certainty: temperature must be a number in \(0, inf\)\. Got 0\."),
        ({"temperature": float("nan")}, r"Certainty: temperature must be a number in \(0, inf\)\. Got nan\."),
        ({"threshold": "much"}, r"Certainty: threshold must be a number in \(-inf, inf\)\. Got 'much'\."),
        ({"none": 3}, r"Certainty: none must be the name of a class\. Got 3\."),
        ({"refused": 1.5}, r"Certainty: refused must be a number in \[0, 1\]\. Got 1\.5\."),
        ({"refused_strangers": -1}, r"Certainty: refused_strangers must be a number in \[0, 1\]\. Got -1\."),
    ],
)
def test_wrong_values(settings, message):
    with pytest.raises(ParameterError, match=message):
        Certainty(**settings)
