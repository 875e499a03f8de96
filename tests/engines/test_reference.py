from __future__ import annotations

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.engines import Reference, fit_task
from glassnet.engines.reference import contexts
from glassnet.layers import Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from glassnet.measuring import measure
from glassnet.model import Sequential, Vectors
from glassnet.optimizers import SGD, Adam
from glassnet.preparation import Preparation, Scale
from glassnet.randomness import Purpose, words
from tests.numeric import spread

ENGINE = Reference()


def task_of(network, data, loss, optimizer, weight=None, total_steps=100):
    return fit_task(network, data, loss, optimizer, total_steps=total_steps, seed=3, sample_weight=weight)


def train(task, batches, *, sizes=None):
    """Vectors, slots and the spans' losses and hits after these batches, in calls of `sizes` batches each."""
    vectors = task.network.vectors.copy()
    slots = np.zeros((task.optimizer.slots, vectors.weights.size), vectors.weights.dtype)
    losses, hits, step = [], [], 0
    for size in sizes or [len(batches)]:
        part = batches[step : step + size]
        cuts = np.cumsum([0, *map(len, part)])
        span = ENGINE.train(task, vectors, slots, step, np.concatenate(part), cuts)
        losses.append(span.losses)
        hits.append(span.hits)
        step += size
    return vectors, slots, np.concatenate(losses), np.concatenate(hits)


def test_a_step_by_hand():
    # ŷ = 1·0.5 + 2·0.25 + 0 = 1, t = 3: loss (1 − 3)² = 4, ∂ŷ = 2·(1 − 3) = −4,
    # ∂W = (1·−4, 2·−4), ∂b = −4; with rate 0.1 W = (0.5 + 0.4, 0.25 + 0.8), b = 0.4
    network = Sequential([Dense(1)], (2,), dtype="float64")
    network.set_weights({"dense_1.W": [[0.5], [0.25]]})
    data = Dataset.from_arrays([[1.0, 2.0]], [3.0], regression=True)
    vectors, _, losses, _ = train(task_of(network, data, MeanSquaredError(), SGD(0.1)), [[0]])
    assert losses.tolist() == [4]
    np.testing.assert_allclose(vectors.weights, [0.9, 1.05, 0.4], rtol=1e-15)
    assert network.vectors.weights.tolist() == [0.5, 0.25, 0]  # the task's own numbers stay


def test_the_scale_is_applied_to_what_is_stored():
    data = Dataset.from_arrays(
        np.array([[51, 102]], np.uint8), [3.0], regression=True, preparation=Preparation(scale=Scale(1 / 51))
    )
    network = Sequential([Dense(1)], (2,), dtype="float64")
    network.set_weights({"dense_1.W": [[0.5], [0.25]]})
    _, _, losses, _ = train(task_of(network, data, MeanSquaredError(), SGD(0.1)), [[0]])
    assert losses[0] == pytest.approx(4)


def pictures(count=24):
    random = np.random.default_rng(2)
    return Dataset.from_arrays(
        random.integers(0, 256, (count, 6, 6, 1), np.uint8), random.integers(0, 3, count).tolist()
    )


def convolutional(data):
    layers = [Conv2D(2), BatchNormalization(), Activation("relu"), MaxPooling2D(), Flatten(), Dropout(0.3), Dense(3)]
    network = Sequential([*layers, Activation("softmax")], (6, 6, 1), seed=5)
    return task_of(network, data, CategoricalCrossentropy(), Adam(0.01, weight_decay=0.01, clip_norm=1.0))


@pytest.mark.parametrize("sizes", [[1] * 9, [2, 3, 4], [8, 1], [4, 5]])
def test_the_same_bits_however_batches_are_called(sizes):
    data = pictures()
    batches = [np.random.default_rng(k).permutation(24)[: 8 if k % 3 else 5] for k in range(9)]
    task = convolutional(data)
    whole, parts = train(task, batches), train(task, batches, sizes=sizes)
    for one, other in zip(
        (whole[0].weights, whole[0].state, *whole[1:]), (parts[0].weights, parts[0].state, *parts[1:]), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_hits_are_counted():
    # with W = 1 and b = −½ the answer is x > ½
    network = Sequential([Dense(1), Activation("sigmoid")], (1,))
    network.set_weights({"dense_1.W": [[1]], "dense_1.b": [-0.5]})
    data = Dataset.from_arrays([[0.0], [1.0], [0.25], [0.75]], ["no", "yes", "yes", "yes"])
    task = task_of(network, data, BinaryCrossentropy(), SGD(1e-9))
    assert train(task, [[0, 1], [2], [2, 3, 0]])[3].tolist() == [2, 0, 2]


def test_masks_are_addressed_by_seed_step_and_layer():
    task = convolutional(pictures())
    for step in (0, 7):
        for layer, context in enumerate(contexts(task, step)):
            assert context.training
            np.testing.assert_array_equal(context.words(5), words(task.seed, Purpose.DROPOUT, step, layer, 5))


def test_moving_averages_are_state():
    data = Dataset.from_arrays([[1.0], [3.0]], [0.0, 0.0], regression=True)
    network = Sequential([BatchNormalization(momentum=0.5), Dense(1)], (1,), dtype="float64")
    vectors, _, _, _ = train(task_of(network, data, MeanSquaredError(), SGD(0.1)), [[0, 1]])
    assert network.state_layout.named(vectors.state)["batch_normalization_1.mean"].tolist() == [1]  # ½·0 + ½·2
    assert network.state()["batch_normalization_1.mean"].tolist() == [0]


def linear():
    random = np.random.default_rng(4)
    x, y = random.normal(size=(3, 2)), random.normal(size=3)
    network = Sequential([Dense(1)], (2,), dtype="float64")
    return x, y, network


def step(network, x, y, loss, weight=None):
    task = task_of(network, Dataset.from_arrays(x, y, regression=True), loss, SGD(0.1), weight)
    return train(task, [np.arange(len(x))])[0].weights - network.vectors.weights


def test_weight_two_is_the_sample_twice():
    """In the sum; the mean divides by the number of samples, three here and four there."""
    x, y, network = linear()
    weight, twice = [2.0, 1.0, 1.0], [0, 0, 1, 2]
    for loss, share in ((MeanSquaredError("sum"), 1), (MeanSquaredError(), 4 / 3)):
        once = step(network, x, y, loss, weight)
        np.testing.assert_allclose(once, step(network, x[twice], y[twice], loss) * share, rtol=1e-12)


def test_weight_nothing_is_leaving_the_sample_out():
    x, y, network = linear()
    loss = MeanSquaredError("sum")
    np.testing.assert_allclose(
        step(network, x, y, loss, [1.0, 0.0, 1.0]), step(network, x[::2], y[::2], loss), rtol=1e-12
    )


def test_weight_one_changes_nothing():
    x, y, network = linear()
    loss = MeanSquaredError()
    np.testing.assert_array_equal(step(network, x, y, loss, [1.0, 1.0, 1.0]), step(network, x, y, loss))


def test_forward_to_a_depth():
    network = Sequential([Dense(3), Activation("softmax")], (2,))
    x = np.ones((4, 2), np.float32)
    sums = ENGINE.forward(network, network.vectors, x, 1)
    np.testing.assert_allclose(sums, x @ network.weights()["dense_1.W"], rtol=1e-6)
    np.testing.assert_allclose(ENGINE.forward(network, network.vectors, x).sum(1), 1, rtol=1e-6)


def test_forward_works_with_the_given_vectors():
    network = Sequential([Dense(1, use_bias=False)], (1,))
    other = Vectors(np.array([5], np.float32), np.zeros(0, np.float32))
    assert ENGINE.forward(network, other, np.ones((1, 1), np.float32)).tolist() == [[5]]


def test_penalties_come_to_the_objective_and_to_the_gradient():
    # as in the step by hand, with λ₂ = 0.5 on W: loss 4 + 0.5·(0.25 + 0.0625), ∂W = (−4 + 0.5, −8 + 0.25), ∂b = −4.
    # With b = 2 the output is right, so that nothing but the penalties is left: λ₁ = 0.25 on b adds 0.25·2
    layer = Dense(1, kernel_penalty=(0.0, 0.5), bias_penalty=(0.25, 0.0))
    network = Sequential([layer], (2,), dtype="float64")
    data = Dataset.from_arrays([[1.0, 2.0]], [3.0], regression=True)
    for bias, loss, after in ((0.0, 4.15625, [0.85, 1.025, 0.4]), (2.0, 0.65625, [0.45, 0.225, 1.975])):
        network.set_weights({"dense_1.W": [[0.5], [0.25]], "dense_1.b": [bias]})
        task = task_of(network, data, MeanSquaredError(), SGD(0.1))
        vectors, _, losses, _ = train(task, [[0]])
        assert losses[0] == pytest.approx(loss)
        np.testing.assert_allclose(vectors.weights, after, rtol=1e-12)
        assert measure(task, network.vectors)[0] == pytest.approx(loss)


def test_penalised_gradients_against_numeric_differentiation():
    layers = [
        Conv2D(2, 2, kernel_penalty=(0.1, 0.2)),
        Activation("tanh"),
        Flatten(),
        Dense(2, kernel_penalty=(0.0, 0.3), bias_penalty=(0.4, 0.1)),
    ]
    network = Sequential(layers, (3, 3, 1), dtype="float64", seed=2)
    network.set_weights({"conv2d_1.b": [0.3, -0.2], "dense_1.b": [-0.5, 0.25]})
    data = Dataset.from_arrays(spread((4, 3, 3, 1), 5), spread((4, 2), 6), regression=True)
    task = task_of(network, data, MeanSquaredError(), SGD(1.0))
    before = network.vectors.weights
    gradient = before - train(task, [[0, 1, 2, 3]])[0].weights
    for k in range(before.size):
        ends = []
        for nudge in (1e-6, -1e-6):
            moved = network.vectors.copy()
            moved.weights[k] += nudge
            ends.append(measure(task, moved)[0])
        assert gradient[k] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-9)
