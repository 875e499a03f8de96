"""Small things that scripts and lab sheets ask of models and layers."""

import numpy as np
import pytest

from glassnet.errors import MissingAttributeError, ParameterError
from glassnet.keras import Sequential
from glassnet.keras.callbacks import TensorBoard
from glassnet.keras.layers import BatchNormalization, Dense
from glassnet.keras.notes import translated
from glassnet.keras.utils import np_utils


def model():
    network = Sequential([Dense(3, activation="relu", input_shape=(2,)), BatchNormalization(), Dense(1)], name="net")
    network.compile("sgd", "mse")
    return network


def test_trainable_weights_have_no_moving_averages():
    network = model()
    assert [array.shape for array in network.trainable_weights] == [(2, 3), (3,), (3,), (3,), (3, 1), (1,)]
    assert len(network.weights) == 8
    assert type(network.layers[0].weights[0].numpy()) is np.ndarray
    np.testing.assert_array_equal(network.layers[0].kernel.numpy(), network.get_weights()[0])
    assert network.layers[0].bias.shape == (3,)
    assert [len(layer.trainable_weights) for layer in network.layers] == [2, 2, 2]


def test_nothing_is_frozen_in_silence():
    network = model()
    for one in (network, *network.layers):
        one.trainable = True
        with pytest.raises(ParameterError, match="trainable=False is not offered here"):
            one.trainable = False
        assert one.trainable is True


def test_no_setting_is_changed_in_silence():
    network = model()
    with pytest.raises(
        ParameterError, match=r"Dense\.units is told when it is made.* Make it anew: Dense\(…, units=9\)"
    ):
        network.layers[0].units = 9
    with pytest.raises(ParameterError, match=r"SGD\.momentum is told when it is made"):
        network.optimizer.momentum = 0.9
    network.optimizer.learning_rate = 0.5
    assert network.optimizer.learning_rate == 0.5


def test_a_list_of_one_loss():
    network = model()
    network.compile("sgd", ["mse"])
    x, y = np.ones((4, 2)), np.ones(4)
    told = network.evaluate(x, y, verbose=0)
    assert told == pytest.approx(np.mean((network.predict(x, verbose=0) - y[:, None]) ** 2))


def test_settings_as_a_dict():
    first = model().layers[0].get_config()
    assert (first["name"], first["units"], first["use_bias"]) == ("dense", 3, True)
    told = model().get_config()
    assert told["name"] == "net"
    assert [one["class_name"] for one in told["layers"]] == ["Dense", "BatchNormalization", "Dense"]


def test_what_changes_speed_alone_is_taken_and_noted():
    model().fit(np.ones((4, 2)), np.ones(4), verbose=0, workers=4, use_multiprocessing=True, max_queue_size=10)
    assert model().predict(np.ones((4, 2)), workers=2).shape == (4, 1)
    assert "fit(workers=…) changes nothing here" in translated()


def test_a_callback_that_has_no_board_lets_the_training_go_on():
    history = model().fit(
        np.ones((4, 2)), np.ones(4), verbose=0, callbacks=[TensorBoard(log_dir="logs", write_graph=1)]
    )
    assert len(history.epoch) == 1
    assert any(line.startswith("TensorBoard writes nothing here") for line in translated())


def test_classes_of_probabilities_by_their_first_name():
    assert np_utils.categorical_probas_to_classes(np.array([[0.1, 0.9], [0.8, 0.2]])).tolist() == [1, 0]


def test_a_missing_attribute_is_said_and_hasattr_has_its_answer():
    network = model()
    assert not hasattr(network, "fit_generator")
    assert getattr(network.layers[0], "rate", None) is None
    with pytest.raises(MissingAttributeError, match=r"Dense has no attribute 'kernel_sise'\."):
        _ = network.layers[0].kernel_sise
