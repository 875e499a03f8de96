from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import ParameterError
from glassnet.layers import Activation, Conv2D, Dense, Flatten
from glassnet.model import Sequential
from glassnet.pictures import draw_weights, save_weights, weight_pictures
from glassnet.pictures.weights import WeightPicture

DIGITS = tuple(range(10))


def parameter(network, name):
    return network.weight_layout.named(network.vectors.weights)[name]


def test_a_dense_layer_over_pictures_has_a_picture_for_each_output():
    network = Sequential([Flatten(), Dense(10), Activation("relu")], (6, 5, 1))
    pictures = weight_pictures(network, DIGITS)
    assert [picture.title for picture in pictures] == list("0123456789")
    for k, picture in enumerate(pictures):
        assert np.array_equal(picture.weights, parameter(network, "dense_1.W")[:, k].reshape(6, 5))


def test_units_that_are_no_classes_are_numbered():
    network = Sequential([Flatten(), Dense(10), Dense(2)], (4, 4, 1))
    assert [picture.title for picture in weight_pictures(network, ("a", "b"))][:3] == ["1", "2", "3"]


def test_a_convolution_has_its_kernels():
    network = Sequential([Conv2D(4, 3), Flatten(), Dense(2)], (8, 8, 1))
    pictures = weight_pictures(network, ("a", "b"))
    assert len(pictures) == 4
    assert np.array_equal(pictures[2].weights, parameter(network, "conv2d_1.W")[:, :, 0, 2])


def test_a_convolution_over_colours_has_a_kernel_for_each():
    network = Sequential([Conv2D(2, 3), Flatten(), Dense(2)], (8, 8, 3))
    pictures = weight_pictures(network, ("a", "b"))
    assert [picture.title for picture in pictures] == ["1·1", "1·2", "1·3", "2·1", "2·2", "2·3"]
    assert np.array_equal(pictures[4].weights, parameter(network, "conv2d_1.W")[:, :, 1, 1])


def test_a_table_has_one_matrix():
    network = Sequential([Dense(3), Dense(1)], (2,))
    (picture,) = weight_pictures(network, None)
    assert picture.title == "dense_1.W"
    assert np.array_equal(picture.weights, parameter(network, "dense_1.W"))


def test_64_are_the_most():
    assert len(weight_pictures(Sequential([Flatten(), Dense(100)], (2, 2, 1)), None)) == 64


def test_no_weights():
    with pytest.raises(ParameterError, match="No layer of this network has weights"):
        weight_pictures(Sequential([Flatten()], (2, 2, 1)), None)


ONE = WeightPicture("plus and minus", np.array([[1.0, 0.3], [-0.3, -1.0]]))


def test_positive_is_blue_negative_is_red_and_zero_is_white(tmp_path):
    half = np.zeros((20, 20))
    half[:, :5], half[:, 15:] = 2, -2
    save_weights([WeightPicture("7", half)], tmp_path / "w.png")
    with Image.open(tmp_path / "w.png") as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    red, _, blue = np.moveaxis(pixels[:, : int(pixels.shape[1] * 0.7)], 2, 0)
    assert np.nonzero(blue > red + 50)[1].mean() < np.nonzero(red > blue + 50)[1].mean()


def test_signs_where_there_are_no_colours():
    assert draw_weights([ONE], 40, colour=False).plain.split("\n")[:3] == [
        "plus and minus",
        "#+              ",
        "-=              ",
    ]


def test_blue_above_red_in_a_half_block():
    drawn = draw_weights([ONE], 40, colour=True)
    assert drawn.plain.split("\n")[1].startswith("▀▀")
    assert str(drawn.spans[0].style).startswith("#2166ac on #")
    assert str(drawn.spans[1].style).endswith(" on #b2182b")


@pytest.mark.parametrize("width", [5, 30, 61])
@pytest.mark.parametrize("colour", [False, True])
def test_as_many_beside_each_other_as_fit(width, colour):
    pictures = [WeightPicture(str(k), np.eye(9)) for k in range(7)]
    lines = draw_weights(pictures, width, colour=colour).plain.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= max(width, 9)
    assert " ".join(lines).split().count("6") == 1


def test_weights_that_are_all_zero(tmp_path):
    nothing = [WeightPicture("0", np.zeros((3, 3)))]
    assert draw_weights(nothing, 40, colour=False).plain.split() == ["0"]
    save_weights(nothing, tmp_path / "w.png")
    assert (tmp_path / "w.png").exists()


def test_a_class_that_looks_like_mathematics_is_drawn_as_it_is(tmp_path):
    save_weights([WeightPicture("$x^$", np.eye(3))], tmp_path / "w.png")
    assert (tmp_path / "w.png").exists()
