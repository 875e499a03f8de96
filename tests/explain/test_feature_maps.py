import numpy as np
import pytest

from glassnet import explain
from glassnet.engines import predict
from glassnet.errors import ParameterError, ShapeError
from glassnet.files import TrainedModel
from glassnet.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
)
from glassnet.model import Sequential
from glassnet.preparation import Preparation, Scale
from tests.explain.networks import random_network
from tests.numeric import spread

LAYERS = [
    Conv2D(3, padding="same"),
    BatchNormalization(),
    Activation("relu"),
    MaxPooling2D(),
    Dropout(0.5),
    Conv2D(2, 2),
    Activation("tanh"),
    AveragePooling2D(),
    Flatten(),
    Dense(4),
    Activation("softmax"),
]


def model():
    network, _ = random_network(LAYERS, (6, 6, 2), seed=2)
    return TrainedModel(network, tuple("abcd"), Preparation(scale=Scale(0.5, -1)))


def test_every_layer_that_gives_maps_after_its_activation():
    found = explain.feature_maps(model(), spread((6, 6, 2), 1))
    assert [(one.layer, one.function, one.maps.shape) for one in found] == [
        ("conv2d_1", "", (6, 6, 3)),
        ("batch_normalization_1", "relu", (6, 6, 3)),
        ("max_pooling2d_1", "", (3, 3, 3)),
        ("conv2d_2", "tanh", (2, 2, 2)),
        ("average_pooling2d_1", "", (1, 1, 2)),
    ]


@pytest.mark.parametrize("k", range(8))
def test_a_layers_maps_are_its_very_output(k):
    trained, x = model(), spread((6, 6, 2), 1)
    (found,) = explain.feature_maps(trained, x, trained.network.names[k])
    assert found.layer == trained.network.names[k]
    assert np.array_equal(found.maps, predict(trained, x[None], depth=k + 1)[0])
    together = {one.maps.tobytes() for one in explain.feature_maps(trained, x)}
    assert (found.maps.tobytes() in together) == (k not in (1, 5))  # those two show what their activation gives


def test_a_map_by_hand():
    network = Sequential([Conv2D(1, (1, 2)), Activation("relu"), Flatten(), Dense(1)], (2, 3, 1))
    network.set_weights({"conv2d_1.W": [[[[1]], [[-1]]]]})
    x = np.array([[3.0, 1.0, 2.0], [0.0, 0.0, 5.0]])[:, :, None]
    (both,) = explain.feature_maps(network, x)
    assert both.maps[:, :, 0].tolist() == [[2, 0], [0, 0]]  # where a number is larger than the one to its right
    (alone,) = explain.feature_maps(network, x, "conv2d_1")
    assert alone.maps[:, :, 0].tolist() == [[2, -1], [0, -5]]


def test_networks_without_maps_and_layers_that_give_none():
    dense = Sequential([Flatten(), Dense(2)], (4, 4, 1))
    assert explain.feature_maps(dense, np.zeros((4, 4, 1))) == []
    with pytest.raises(ShapeError, match=r"dense_1 gives \(2,\) numbers, and no maps. Only convolutions and poolings"):
        explain.feature_maps(dense, np.zeros((4, 4, 1)), "dense_1")
    with pytest.raises(ShapeError, match=r"These give some: conv2d_1, batch_normalization_1"):
        explain.feature_maps(model(), np.zeros((6, 6, 2)), "dense_1")
    with pytest.raises(ParameterError, match=r"no layer 'conv_1'. Did you mean 'conv2d_1'\?"):
        explain.feature_maps(model(), np.zeros((6, 6, 2)), "conv_1")
    with pytest.raises(ShapeError, match="there is no picture to draw"):
        explain.feature_maps(Sequential([Dense(1)], (2,)), [1, 2])
