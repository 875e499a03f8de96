import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.engines.reference import backward
from glassnet.explain.diagnosis import observe as module
from glassnet.explain.diagnosis.observe import MOST_SIGNALS, SAMPLES, observe
from glassnet.layers import Activation, Dense
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.recipe import Recipe
from tests.explain.diagnosis.planted import points
from tests.explain.networks import STACKS


def numbered(count):
    """Samples that are their own numbers."""
    return Dataset("numbered", np.arange(count, dtype=float)[:, None], np.zeros((count, 1)), None)


def rows(count, network=None):
    network = network or Sequential([Dense(1)], (1,))
    return observe(network, numbered(count), MeanSquaredError()).task.x[:, 0]


def test_all_samples_where_they_are_few_else_some_from_everywhere():
    np.testing.assert_array_equal(rows(SAMPLES), np.arange(SAMPLES))
    some = rows(100_000)
    assert SAMPLES * 0.99 <= len(some) <= SAMPLES
    assert np.histogram(some, 10, (0, 100_000))[0].min() > SAMPLES / 20
    np.testing.assert_array_equal(rows(100_000), some)  # always the same
    assert {0, 1} == set((rows(3 * SAMPLES) % 2).tolist())  # whatever the order of the classes


def test_wide_networks_are_shown_fewer(monkeypatch):
    monkeypatch.setattr(module, "MOST_SIGNALS", 1000)
    assert len(rows(100, Sequential([Dense(9), Dense(1)], (1,)))) == 100
    assert 90 <= len(rows(100_000, Sequential([Dense(9), Dense(1)], (1,)))) <= 100
    assert len(rows(100, Sequential([Dense(2000), Dense(1)], (1,)))) == 1
    assert MOST_SIGNALS > SAMPLES * 1000


@pytest.mark.parametrize("name", STACKS)
def test_the_slopes_are_those_that_the_engine_goes_back_with(name):
    """Of a bias the gradient is the sum of the slopes at its layer's outputs."""
    layers, shape, loss = STACKS[name]
    network = Sequential(layers, shape, dtype="float64", seed=1)
    random = np.random.default_rng(0)
    labels = random.integers(0, network.output_shape[0], 6)
    y = labels if loss.labels == "index" else np.eye(network.output_shape[0])[labels]
    classes = tuple(range(network.output_shape[0])) if loss.labels == "index" else None
    o = observe(network, Dataset("some", random.normal(size=(6, *shape)), y, classes), loss)
    last = o.slopes[o.task.depth]
    assert last is not None
    grads = backward(layers[: o.task.depth], o.trace.p, o.trace.saved, last)
    for k, own in enumerate(grads):
        if "b" in own:
            slope = o.slopes[k + 1]
            assert slope is not None
            np.testing.assert_allclose(own["b"], slope.reshape(-1, slope.shape[-1]).sum(0), atol=1e-12)


@pytest.mark.parametrize(
    ("last", "loss", "guess"),
    [
        ([Dense(4), Activation("softmax")], CategoricalCrossentropy(), np.log(4)),
        ([Dense(4), Activation("sigmoid")], BinaryCrossentropy(), np.log(4) / 4 + np.log(4 / 3) * 3 / 4),
        ([Dense(4), Activation("sigmoid")], MeanSquaredError(), (0.75**2 + 3 * 0.25**2) / 4),
        ([Dense(4), Activation("relu")], Perceptron(), None),
        ([Dense(4)], MeanSquaredError("sum"), None),
    ],
)
def test_what_guessing_costs(last, loss, guess):
    data = Dataset("some", np.ones((8, 1)), np.arange(8) % 4, (0, 1, 2, 3))
    assert observe(Sequential(last, (1,)), data, loss).guess == (guess if guess is None else pytest.approx(guess))


def test_what_guessing_costs_where_targets_are_numbers():
    data = Dataset("some", np.ones((4, 1)), np.array([[1.0], [3.0], [5.0], [7.0]]), None)
    assert observe(Sequential([Dense(1)], (1,)), data, MeanSquaredError()).guess == pytest.approx(5)  # the variance


def test_how_far_the_weights_have_come():

    network = Sequential([Dense(8), Dense(2), Activation("softmax")], (2,), seed=3)
    recipe = Recipe(CategoricalCrossentropy(), SGD(), seed=3)
    assert observe(network, points("moons"), recipe.loss, recipe=recipe).moved == 0
    network.set_weights({name: 1.5 * view for name, view in network.weights().items()})
    assert observe(network, points("moons"), recipe.loss, recipe=recipe).moved == pytest.approx(0.5)
    assert observe(network, points("moons"), recipe.loss).moved is None
