from __future__ import annotations

from math import log

import numpy as np
import pytest

from glassnet.errors import ParameterError, ShapeError
from glassnet.keras import losses, metrics
from glassnet.keras.layers import Dense
from glassnet.keras.models import Sequential


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mse", losses.MeanSquaredError),
        ("MSE", losses.MeanSquaredError),
        ("mean_squared_error", losses.MeanSquaredError),
        ("MeanSquaredError", losses.MeanSquaredError),
        ("binary_crossentropy", losses.BinaryCrossentropy),
        ("sparse_categorical_crossentropy", losses.SparseCategoricalCrossentropy),
        (losses.CategoricalCrossentropy, losses.CategoricalCrossentropy),
        (losses.categorical_crossentropy, losses.CategoricalCrossentropy),
        (losses.mse, losses.MeanSquaredError),
    ],
)
def test_losses_by_all_their_names(name, kind):
    assert type(losses.get(name)) is kind


def test_losses_are_called():
    # −ln 0.75 and −ln 0.5, their mean; the squares 0.0625 and 0.25
    y = [[0.75], [0.5]]
    assert losses.BinaryCrossentropy()([1, 0], y).numpy() == pytest.approx((-log(0.75) - log(0.5)) / 2, rel=1e-6)
    assert float(losses.mse([1, 0], y).numpy()[0]) == pytest.approx(0.0625)
    assert losses.MeanSquaredError()([1, 0], y, sample_weight=[2, 0]).numpy() == pytest.approx(0.0625)
    # equal sums for ten classes: ln 10
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)([3, 4], np.zeros((2, 10), np.float32)).numpy()
    assert isinstance(loss, np.float32)
    assert loss == pytest.approx(log(10), rel=1e-6)
    with pytest.raises(ShapeError, match=r"y_true has shape \(3,\), y_pred \(2, 1\)"):
        losses.MeanSquaredError()([1, 0, 1], y)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: losses.BinaryCrossentropy(label_smoothing=0.1), "label_smoothing=0.1 is not offered here."),
        (lambda: losses.MeanSquaredError(reduction="sum"), "reduction='sum' is not offered here. The loss is the mean"),
        (lambda: losses.CategoricalCrossentropy(from_logit=True), "Did you mean 'from_logits'?"),
        (lambda: losses.get("hinge"), "There is no loss 'hinge' here. There are mean_squared_error"),
        (lambda: metrics.get("auc"), "There is no metric 'auc' here."),
        (lambda: metrics.BinaryAccuracy(threshold=0.7), "BinaryAccuracy: threshold must be"),
    ],
)
def test_what_there_is_not_is_told(make, said):
    with pytest.raises(ParameterError) as caught:
        make()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("metric", "targets", "outputs", "expected"),
    [
        ("accuracy", [[1], [0], [1]], [[0.9], [0.4], [0.3]], 2 / 3),
        ("accuracy", [[0, 1], [1, 0]], [[0.2, 0.8], [0.1, 0.9]], 1 / 2),
        ("sparse_categorical_accuracy", [[1], [0]], [[0.2, 0.8], [0.1, 0.9]], 1 / 2),
        ("binary_accuracy", [[0, 1], [1, 1]], [[0.2, 0.8], [0.1, 0.9]], 3 / 4),
        ("mae", [[1, 2]], [[2, 4]], 1.5),
        ("mse", [[1, 2]], [[2, 4]], 2.5),
    ],
)
def test_metrics_by_hand(metric, targets, outputs, expected):
    made = metrics.get(metric)
    assert made.name == metric
    assert made.result_of(np.array(targets), np.array(outputs)) == pytest.approx(expected)
    half = len(targets) // 2 or 1
    made.update_state(targets[:half], outputs[:half])
    if targets[half:]:
        made.update_state(targets[half:], outputs[half:])
    assert made.result().numpy() == pytest.approx(expected)
    made.reset_state()
    assert made(targets, outputs).numpy() == pytest.approx(expected)


def test_several_answers_for_one_sample():
    """Targets that are no classes: each output is a yes or a no of its own."""
    model = Sequential([Dense(2, activation="sigmoid", kernel_initializer="zeros", input_shape=(1,))])
    model.compile("sgd", "binary_crossentropy", metrics=["binary_accuracy"])
    model.layers[0].set_weights([[[0, 0]], [2.0, -2.0]])  # yes, no
    figures = model.evaluate([[1], [1]], [[1, 1], [1, 0]], verbose=0, return_dict=True)
    assert figures["binary_accuracy"] == pytest.approx(3 / 4)
    history = model.fit([[1], [1]], [[1, 1], [1, 0]], verbose=0).history
    assert list(history) == ["loss", "binary_accuracy"]
