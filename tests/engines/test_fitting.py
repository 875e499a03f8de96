"""Networks, losses and data that do not fit each other are told so before anything is learnt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.engines import fit_task
from glassnet.errors import DataError, GlassnetError, ShapeError
from glassnet.layers import Activation, Conv2D, Dense
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError, Perceptron
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.preparation import Preparation, Scale

X = np.arange(12.0).reshape(6, 2)
TWO = Dataset.from_arrays(X, ["no", "yes"] * 3, name="two")
THREE = Dataset.from_arrays(X, ["a", "b", "c"] * 2, name="three")
NUMBERS = Dataset.from_arrays(X, np.arange(6.0) / 4, regression=True, name="numbers")
PAIRS = Dataset.from_arrays(X, np.arange(12.0).reshape(6, 2), regression=True, name="pairs")


def fit(layers, data, loss, dtype="float32", **more):
    network = Sequential(layers, (2,), dtype=dtype)
    return fit_task(network, data, loss, SGD(), total_steps=1, seed=0, **more)


@pytest.mark.parametrize(
    ("layers", "data", "loss", "t"),
    [
        ([Dense(3), Activation("softmax")], THREE, CategoricalCrossentropy(), [0, 1, 2, 0, 1, 2]),
        ([Dense(3)], THREE, Perceptron(), [0, 1, 2, 0, 1, 2]),
        ([Dense(3)], THREE, MeanSquaredError(), [[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 2),
        ([Dense(1), Activation("sigmoid")], TWO, BinaryCrossentropy(), [[0], [1]] * 3),
        ([Dense(2), Activation("sigmoid")], TWO, BinaryCrossentropy(), [[1, 0], [0, 1]] * 3),
        ([Dense(1)], TWO, MeanSquaredError(), [[0], [1]] * 3),
        ([Dense(1)], NUMBERS, MeanSquaredError(), [[0], [0.25], [0.5], [0.75], [1], [1.25]]),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_targets_as_the_loss_wants_them(layers, data, loss, t, dtype):
    task = fit(layers, data, loss, dtype)
    assert task.t.tolist() == t
    assert task.t.dtype == (np.int64 if task.t.ndim == 1 else dtype)
    assert (task.answers is None) == (data.classes is None)


def test_the_loss_receives_the_sums():
    task = fit([Dense(3), Activation("softmax")], THREE, CategoricalCrossentropy())
    assert (task.depth, task.loss) == (1, CategoricalCrossentropy(from_sums=True))


@pytest.mark.parametrize(
    ("layers", "data", "loss", "kind", "message"),
    [
        (
            [Dense(2), Activation("softmax")],
            THREE,
            CategoricalCrossentropy(),
            ShapeError,
            "The last layer gives 2 outputs, but three has 3 classes. Make the last Dense layer Dense(3).",
        ),
        (
            [Dense(1), Activation("sigmoid")],
            THREE,
            BinaryCrossentropy(),
            ShapeError,
            "The last layer gives 1 output, but three has 3 classes. Make the last Dense layer Dense(3).",
        ),
        (
            [Dense(3)],
            THREE,
            CategoricalCrossentropy(),
            ShapeError,
            "CategoricalCrossentropy expects probabilities, but the last layer, dense_1, gives any number. "
            "Put Activation('softmax') at the end.",
        ),
        (
            [Dense(1), Activation("relu")],
            TWO,
            BinaryCrossentropy(),
            ShapeError,
            "BinaryCrossentropy expects probabilities, but the last layer, activation_1, gives any number. "
            "Put Activation('sigmoid') at the end.",
        ),
        (
            [Dense(1)],
            PAIRS,
            MeanSquaredError(),
            ShapeError,
            "The last layer gives 1 output, but each target has 2. Make the last Dense layer Dense(2).",
        ),
        (
            [Dense(2)],
            NUMBERS,
            MeanSquaredError(),
            ShapeError,
            "The last layer gives 2 outputs, but each target has 1. Make the last Dense layer Dense(1).",
        ),
    ],
)
def test_row_56_a_last_layer_that_does_not_fit(layers, data, loss, kind, message):
    with pytest.raises(kind) as caught:
        fit(layers, data, loss)
    assert str(caught.value) == message


def test_row_56_a_last_layer_that_gives_pictures():
    pictures = Dataset.from_arrays(np.zeros((2, 5, 5, 1)), [0, 1])
    network = Sequential([Conv2D(2)], (5, 5, 1))
    with pytest.raises(ShapeError) as caught:
        fit_task(network, pictures, MeanSquaredError(), SGD(), total_steps=1, seed=0)
    assert str(caught.value) == (
        "The last layer gives (3, 3, 2) for each sample, but MeanSquaredError compares vectors. "
        "End the network with Flatten() and a Dense()."
    )


@pytest.mark.parametrize("loss", [CategoricalCrossentropy(from_sums=True), Perceptron()])
def test_row_51_continuous_targets_to_a_classifier(loss):
    with pytest.raises(DataError) as caught:
        fit([Dense(2)], NUMBERS, loss)
    message = str(caught.value)
    assert message.startswith(
        f"{type(loss).__name__} is for classes, but the targets of numbers are numbers such as 0."
    )
    assert message.endswith("Use MeanSquaredError(), or give labels that name classes.")


def test_row_44_targets_too_large_for_the_type():
    huge = Dataset.from_arrays(X, [1e300] * 6, regression=True, name="huge")
    with pytest.raises(DataError, match=r"huge: y: 1e\+300 is too large for float32"):
        fit([Dense(1)], huge, MeanSquaredError())
    assert fit([Dense(1)], huge, MeanSquaredError(), "float64").t[0, 0] == 1e300


def test_row_51_one_class_alone():
    alone = Dataset.from_arrays(X, ["a"] * 6, name="alone")
    with pytest.raises(DataError, match=r"alone has one class alone, 'a'\. There must be two to tell apart\."):
        fit([Dense(1), Activation("sigmoid")], alone, BinaryCrossentropy())


def test_samples_that_do_not_fit_the_first_layer():
    with pytest.raises(ShapeError, match=r"Layer 1, dense_1, expects samples of shape \(N, 2\), got \(6, 3\)"):
        fit([Dense(2)], Dataset.from_arrays(np.zeros((6, 3)), [0, 1] * 3), MeanSquaredError())


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        (np.ones(5), "sample_weight has shape (5,); there are 6 samples."),
        (np.ones((6, 1)), "sample_weight has shape (6, 1); there are 6 samples."),
        ([1, 1, 1, 1, 1, np.nan], "sample_weight: row 5 holds nan"),
        (["a"] * 6, "sample_weight: expected real numbers, got an array of type <U1."),
    ],
)
def test_sample_weights_that_do_not_fit(weight, message):
    with pytest.raises(GlassnetError) as caught:
        fit([Dense(1)], NUMBERS, MeanSquaredError(), sample_weight=weight)
    assert message in str(caught.value)


def test_targets_are_learnt_on_the_scale_that_the_preparation_gives_them():
    data = replace(NUMBERS, preparation=Preparation((), Scale(), Scale(2.0, -0.5)))
    assert fit([Dense(1)], data, MeanSquaredError()).t.tolist() == [[-1], [-0.5], [0], [0.5], [1], [1.5]]
    with pytest.raises(
        DataError, match=r"BinaryCrossentropy is for targets from 0 to 1, but row 0 of numbers has \[-1"
    ):
        fit([Dense(1), Activation("sigmoid")], data, BinaryCrossentropy())
