"""Networks that cannot be, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError, ShapeError
from glassnet.layers import (
    Activation,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
)
from glassnet.model import Sequential

XOR = [Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dense_2.W": [[1], [2]]}, "The network has no parameter 'dense_2.W'. It has dense_1.W, dense_1.b."),
        ({"dense_1.W": [[1, 2]]}, "dense_1.W has shape (2, 1), got (1, 2)."),
        ({"dense_1.b": 0}, "dense_1.b has shape (1,), got ()."),
        ({"dense_1.b": ["one"]}, "dense_1.b: expected real numbers, got an array of type <U3."),
        ({"dense_1.b": [np.nan]}, "dense_1.b: row 0 holds nan"),
        ({"dense_1.b": [1e300]}, "dense_1.b: 1e+300 is too large for float32"),
    ],
)
def test_weights_that_do_not_fit(values, message):
    network = Sequential([Dense(1)], (2,))
    before = network.vectors
    with pytest.raises(ValueError, match=r"\.") as caught:
        network.set_weights(values)
    assert message in str(caught.value)
    assert network.vectors is before


@pytest.mark.parametrize(
    ("layers", "in_shape", "message"),
    [
        (
            [Conv2D(4), Conv2D(4, 30)],
            (28, 28, 1),
            "Layer 2, conv2d_2: Conv2D slides a window of 30×30, but its inputs are 26×26",
        ),
        (
            [Flatten(), Conv2D(4)],
            (28, 28, 1),
            "Layer 2, conv2d_1: Conv2D expects inputs of shape (H, W, C), got (784,).",
        ),
        (
            [Dense(10)],
            (28, 28),
            "Layer 1, dense_1: Dense expects inputs of shape (I,), got (28, 28). Put Flatten() before",
        ),
        ([MaxPooling2D(), MaxPooling2D()], (3, 3, 1), "Layer 2, max_pooling2d_2: MaxPooling2D slides a window of 2×2"),
    ],
)
def test_row_55_layers_that_do_not_fit_each_other(layers, in_shape, message):
    with pytest.raises(ShapeError) as caught:
        Sequential(layers, in_shape)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], (2,)), "Sequential needs at least one layer. Write Sequential([Dense(1)], (2,)), say."),
        ((XOR, 2), "Sequential: input_shape must be a tuple such as (2,) or (28, 28, 1). Got 2."),
        ((XOR, ()), "Sequential: input_shape must be a tuple such as (2,) or (28, 28, 1). Got ()."),
        ((XOR, (0,)), "Sequential: input_shape must be a whole number, 1 or more. Got 0."),
        ((XOR, (2.0,)), "Sequential: input_shape must be a whole number, 1 or more. Got 2.0."),
        ((["relu"], (2,)), "Sequential: layer 1 must be such as Dense(1). Got 'relu'."),
        (
            ([Dense(1), Dense], (2,)),
            "Sequential: layer 2 must be such as Dense(1). Got <class 'glassnet.layers.dense.Dense'>.",
        ),
        ((Dense(1), (2,)), "Sequential: layers must be a list such as [Dense(1)]. Got Dense(units=1"),
    ],
)
def test_what_is_no_network(arguments, message):
    with pytest.raises(ParameterError) as caught:
        Sequential(*arguments)
    assert message in str(caught.value)


def test_types_and_seeds_are_checked():
    with pytest.raises(ParameterError, match=r"dtype must be one of float32, float64\. Got 'float16'\. Did you mean"):
        Sequential(XOR, (2,), dtype="float16")
    with pytest.raises(ParameterError, match=r"seed must be a whole number, 0 or more\. Got -1"):
        Sequential(XOR, (2,), seed=-1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layers": [{"class": "Dens", "units": 1}]}, "Unknown class 'Dens'. Did you mean 'Dense'?"),
        ({"layers": [{"class": "Zeros"}]}, "Zeros is not a layer."),
        ({"layers": {}}, 'A Sequential needs the lists "layers" and "input_shape".'),
        ({"class": "Model"}, 'Expected an object with "class": "Sequential", "input_shape" and "layers".'),
        ({"hook": "os.system"}, 'Expected an object with "class": "Sequential"'),
        ({"dtype": "object"}, "dtype must be one of float32, float64. Got 'object'."),
        ({"input_shape": ["2"]}, "input_shape must be a whole number, 1 or more. Got '2'."),
        (
            {"layers": [{"class": "Dense", "units": 1, "kernel_initializer": {"class": "Dense", "units": 1}}]},
            "Dense: kernel_initializer must be such as GlorotUniform(). Got Dense(units=1",
        ),
        (
            {"layers": [{"class": "Dense", "units": 1, "bias_initializer": 5}]},
            "Dense: bias_initializer must be such as GlorotUniform(). Got 5.",
        ),
    ],
)
def test_row_02_configurations_that_are_none(change, message):
    with pytest.raises(ParameterError) as caught:
        Sequential.from_config({**Sequential(XOR, (2,)).to_config(), **change})
    assert message in str(caught.value)
