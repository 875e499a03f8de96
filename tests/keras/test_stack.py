"""Layers one after the other: building, sharing, reaching into."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError, ShapeError
from glassnet.keras import backend
from glassnet.keras.layers import Conv2D, Dense, Flatten, Input, InputLayer, Softmax
from glassnet.keras.models import Model, Sequential
from tests.keras.working import LABELS, X, two_classes


@pytest.mark.parametrize(
    "model",
    [
        lambda: Sequential([Dense(2, input_shape=(3,))]),
        lambda: Sequential([Dense(2, input_dim=3)]),
        lambda: Sequential([Dense(2, batch_input_shape=(None, 3))]),
        lambda: Sequential([Input((3,)), Dense(2)]),
        lambda: Sequential([Input(shape=3), Dense(2)]),
        lambda: Sequential([InputLayer((3,)), Dense(2)]),
        lambda: Sequential([InputLayer(input_shape=(3,)), Dense(2)]),
        lambda: Sequential(Dense(2, input_shape=(3,))),
    ],
)
def test_ways_to_say_the_shape_of_a_sample(model):
    made = model()
    assert made.built
    assert (made.input_shape, made.output_shape, len(made.layers)) == ((None, 3), (None, 2), 1)
    assert [array.shape for array in made.get_weights()] == [(3, 2), (2,)]


def test_a_shape_that_is_not_said_is_learnt_from_the_first_samples():
    model = Sequential([Dense(2)])
    assert model.get_weights() == []
    assert not model.built
    with pytest.raises(ParameterError, match=r"does not know the shape of a sample yet\. Give the first layer an inp"):
        model.summary()
    assert model.predict([[1, 2, 3]]).shape == (1, 2)
    assert model.input_shape == (None, 3)
    other = Sequential([Dense(2)])
    other.build((None, 5))
    assert other.get_weights()[0].shape == (5, 2)


def test_layers_keep_their_weights_when_others_come_and_go():
    model = Sequential([Dense(3, input_shape=(2,)), Dense(1)])
    first = model.get_weights()[0]
    model.pop()
    model.add(Dense(4))
    np.testing.assert_array_equal(model.get_weights()[0], first)
    assert model.output_shape == (None, 4)
    with pytest.raises(ParameterError, match="There is no layer to take away"):
        Sequential().pop()


def test_networks_that_share_layers_share_weights():
    model = two_classes()
    scores = Sequential(model.layers[:1])
    probabilities = Sequential([model, Softmax()])
    before = scores.predict(X), probabilities.predict(X)
    model.fit(X, LABELS, epochs=5, verbose=0)
    assert not np.array_equal(scores.predict(X), before[0])
    hidden = np.tanh(X @ model.get_weights()[0] + model.get_weights()[1])
    np.testing.assert_allclose(scores.predict(X), hidden, rtol=1e-5)
    p = model.predict(X)
    np.testing.assert_allclose(probabilities(X).numpy(), np.exp(p) / np.exp(p).sum(1, keepdims=True), rtol=1e-5)
    probabilities.compile("sgd", "sparse_categorical_crossentropy")
    probabilities.fit(X, LABELS, verbose=0)
    assert not np.array_equal(model.predict(X), p)  # trained through the network around it
    assert [layer.name for layer in probabilities.layers] == [model.name, "softmax"]


def test_layers_in_one_line_as_a_function():
    start = Input((2,))
    end = Dense(1)(Dense(3, activation="relu")(start))
    model = Model(inputs=start, outputs=end)
    assert [layer.units for layer in model.layers] == [3, 1]
    inner = Model(model.input, model.layers[0].output)
    np.testing.assert_array_equal(inner.get_weights()[0], model.get_weights()[0])
    assert inner.predict(X).shape == (6, 3)
    for outputs in ([end, end], None):
        with pytest.raises(ParameterError, match="networks that branch cannot be built here"):
            Model(start, outputs)
    with pytest.raises(ParameterError, match="gets several inputs, but layers stand in one line here"):
        Dense(1)([start, start])


def test_errors_name_the_layer():
    with pytest.raises(ShapeError) as caught:
        Sequential([Conv2D(2, 3, input_shape=(8, 8)), Flatten()]).summary()
    assert str(caught.value) == (
        "Layer 1, conv2d: Conv2D expects inputs of shape (H, W, C), got (8, 8). "
        "The channel axis is missing: x = np.expand_dims(x, -1), and input_shape=(8, 8, 1)."
    )
    with pytest.raises(ShapeError, match=r"^Layer 2, dense: Dense expects .* Put Flatten\(\) before it\."):
        Sequential([Conv2D(2, 3, input_shape=(8, 8, 1)), Dense(2)]).summary()


def test_reaching_into_a_model():
    model = Sequential([Dense(3, input_shape=(2,), name="hidden"), Dense(1)])
    assert model.get_layer("hidden") is model.get_layer(index=0) is model.layers[0]
    with pytest.raises(ParameterError, match=r"has no layer 'hiden'\. Did you mean 'hidden'\?"):
        model.get_layer("hiden")
    with pytest.raises(ParameterError, match="has 2 layers, none at 2"):
        model.get_layer(index=2)
    with pytest.raises(ParameterError, match="is in the network already"):
        model.add(model.layers[0])
    with pytest.raises(ParameterError, match=r"a layer must be such as Dense\(10\)\. Got 'relu'"):
        model.add("relu")
    with pytest.raises(ShapeError, match="has 4 arrays of weights, got 1"):
        model.set_weights([np.zeros((2, 3))])


def test_the_type_of_numbers():
    backend.set_floatx("float64")
    try:
        model = Sequential([Dense(1, input_shape=(2,))])
        assert model.get_weights()[0].dtype == model.predict(X).dtype == np.float64
    finally:
        backend.set_floatx("float32")
    assert Sequential([Dense(1, input_shape=(2,))]).get_weights()[0].dtype == np.float32


def test_a_model_is_called_outside_training():
    model = two_classes()
    np.testing.assert_array_equal(model(X).numpy(), model.predict(X))
    assert type(model(X, training=False).numpy()) is np.ndarray
    with pytest.raises(ParameterError, match="A network is called outside training here"):
        model(X, training=True)
