"""initializers, activations, backend, utils, datasets."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import DataError, ParameterError
from glassnet.functions import GlorotNormal, HeNormal, Normal, Uniform, Zeros
from glassnet.keras import activations, backend, initializers
from glassnet.keras.notes import translated
from glassnet.keras.utils import normalize, to_categorical


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("zeros", Zeros()),
        ("Zeros", Zeros()),
        ("zero", Zeros()),
        ("uniform", Uniform()),
        ("normal", Normal()),
        ("he_normal", HeNormal()),
        ("HeNormal", HeNormal()),
        (initializers.GlorotNormal(), GlorotNormal()),
        (initializers.he_normal, HeNormal()),
        (initializers.RandomNormal(stddev=0.1), Normal(0.1)),
        (initializers.RandomUniform(-1.0, 1.0), Uniform(-1.0, 1.0)),
        (initializers.RandomUniform(minval=-0.1, maxval=0.1, seed=None), Uniform(-0.1, 0.1)),
    ],
)
def test_initializers_by_all_their_names(given, meant):
    assert initializers.get(given) == meant


def test_initializers_that_there_are_not():
    with pytest.raises(ParameterError, match="Normal numbers lie around zero here"):
        initializers.RandomNormal(mean=1.0)
    with pytest.raises(ParameterError, match=r"There is no initializer 'orthogonal' here\. There are zeros"):
        initializers.get("orthogonal")
    initializers.GlorotUniform(seed=3)
    assert "one seed rules here, keras.utils.set_random_seed" in translated()[0]


def test_activations_are_functions():
    np.testing.assert_allclose(activations.softmax([[0, 0, 0, 0]]).numpy(), [[0.25] * 4])
    assert activations.relu([-1, 2]).numpy().tolist() == [0, 2]
    assert (activations.get(None), activations.get(activations.tanh)) == ("linear", "tanh")
    with pytest.raises(ParameterError, match=r"There is no activation 'selu' here\. Did you mean 'elu'\?"):
        activations.get("selu")


def test_the_order_of_axes():
    assert backend.image_data_format() == "channels_last"
    assert backend.image_dim_ordering() == "tf"
    backend.set_image_data_format("channels_last")
    backend.set_image_dim_ordering("tf")
    with pytest.raises(ParameterError, match=r"must be one of channels_last, channels_first\. Got 'first'"):
        backend.set_image_data_format("first")
    assert (backend.epsilon(), backend.floatx(), backend.backend()) == (1e-7, "float32", "glassnet")
    assert [line.split("(")[0] for line in translated()] == ["image_dim_ordering", "set_image_dim_ordering"]


def test_one_hot_rows():
    assert to_categorical([0, 2, 1]).tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert to_categorical([[0], [1]], 3).tolist() == [[1, 0, 0], [0, 1, 0]]
    assert to_categorical(np.array([1.0]), nb_classes=2).dtype == np.float32
    for wrong in ([0, 5], [-1], [0.5]):
        with pytest.raises(DataError, match="is no label from 0 to 2"):
            to_categorical(wrong, 3)


def test_rows_of_length_one():
    np.testing.assert_allclose(normalize([[3.0, 4.0], [0.0, 0.0]]), [[0.6, 0.8], [0.0, 0.0]])


@pytest.mark.mnist
def test_mnist_as_keras_gives_it(mnist_folder):
    from glassnet.keras.datasets import mnist

    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    assert (x_train.shape, x_train.dtype, y_train.shape) == ((60000, 28, 28), np.uint8, (60000,))
    assert (x_test.shape, y_test.shape, y_test.dtype) == ((10000, 28, 28), (10000,), np.uint8)
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert x_train.flags.writeable  # scripts write x_train /= 255 after a conversion, and may write in place
