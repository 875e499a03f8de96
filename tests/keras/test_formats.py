import numpy as np
import pytest

from glassnet.errors import ShapeError
from glassnet.keras import Sequential, backend
from glassnet.keras.layers import AveragePooling2D, BatchNormalization, Conv2D, Convolution2D, Dense, Flatten, Input
from glassnet.keras.models import load_model
from glassnet.keras.notes import translated


@pytest.fixture(autouse=True)
def channels_last():
    yield
    backend.set_image_data_format("channels_last")


def network(*before, **first):
    return Sequential([*before, Conv2D(3, 2, **first), AveragePooling2D(), Flatten(), Dense(2)])


PICTURES = np.random.default_rng(0).random((5, 1, 6, 8)).astype(np.float32)


def test_the_setting_is_told_by_both_names():
    assert (backend.image_data_format(), backend.image_dim_ordering()) == ("channels_last", "tf")
    backend.set_image_dim_ordering("th")
    assert (backend.image_data_format(), backend.image_dim_ordering()) == ("channels_first", "th")
    assert "set_image_dim_ordering('th') is read as set_image_data_format('channels_first')" in translated()


@pytest.mark.parametrize("how", ["by the setting", "by the layer", "by the layer of Keras 1", "behind an Input"])
def test_pictures_with_one_channel_in_front_give_what_they_give_with_it_behind(how):
    usual = network(input_shape=(6, 8, 1))
    if how in ("by the setting", "behind an Input"):
        backend.set_image_data_format("channels_first")
    turned = {
        "by the setting": lambda: network(input_shape=(1, 6, 8)),
        "by the layer": lambda: network(input_shape=(1, 6, 8), data_format="channels_first"),
        "by the layer of Keras 1": lambda: Sequential(
            [Convolution2D(3, 2, 2, dim_ordering="th", input_shape=(1, 6, 8)), *network().layers[1:]]
        ),
        "behind an Input": lambda: network(Input((1, 6, 8))),
    }[how]()
    turned.set_weights(usual.get_weights())
    expected = usual.predict(np.moveaxis(PICTURES, 1, -1), verbose=0)
    np.testing.assert_array_equal(turned.predict(PICTURES, verbose=0), expected)
    assert turned.layers[0].get_weights()[0].shape == (2, 2, 1, 3)
    assert "channels_first: pictures (1, H, W) are read as (H, W, 1), and layers give (H, W, C)" in translated()


def test_a_model_that_learnt_from_them_comes_back_from_its_file(tmp_path):
    backend.set_image_data_format("channels_first")
    model = network(input_shape=(1, 6, 8))
    model.compile("sgd", "mse")
    model.fit(PICTURES, np.zeros((5, 2)), verbose=0)
    model.save(tmp_path / "model.h5")
    backend.set_image_data_format("channels_last")
    again = load_model(tmp_path / "model.h5")
    np.testing.assert_array_equal(again.predict(PICTURES, verbose=0), model.predict(PICTURES, verbose=0))


def test_normalization_over_the_first_axis_is_over_the_channels():
    backend.set_image_data_format("channels_first")
    model = Sequential([Conv2D(3, 2, input_shape=(1, 6, 8)), BatchNormalization(axis=1)])
    assert model.layers[1].get_weights()[0].shape == (3,)


def test_several_channels_in_front_are_refused_with_what_to_write():
    with pytest.raises(ShapeError) as caught:
        network(input_shape=(3, 6, 8), data_format="channels_first").build()
    assert str(caught.value) == (
        "channels_first is read for pictures of one channel, (1, H, W). Got (3, 6, 8). "
        "Write x = np.moveaxis(x, 1, -1), and data_format='channels_last'."
    )


def test_a_picture_of_vectors_needs_no_turning():
    backend.set_image_data_format("channels_first")
    model = Sequential([Flatten(input_shape=(1, 6, 8)), Dense(2)])
    assert model.predict(PICTURES, verbose=0).shape == (5, 2)
