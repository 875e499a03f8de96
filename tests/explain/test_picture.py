import numpy as np
import pytest
from PIL import Image

from glassnet import explain
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Conv2D, Dense, Flatten, MaxPooling2D
from glassnet.model import Sequential


def network(shape=(6, 6, 1), filters=3, outputs=2):
    body = [Conv2D(filters), Activation("relu"), MaxPooling2D(), Flatten()]
    return Sequential([*body, Dense(outputs), Activation("softmax")], shape)


def size(path):
    with Image.open(path) as picture:
        return picture.size


def test_the_figures_behind_it_are_given_back(tmp_path):
    x = np.random.default_rng(0).random((6, 6, 1))
    found = explain.save_picture(network(), x, tmp_path / "why.png", 1)
    wanted = explain.attribution(network(), x, 1)
    assert (found.label, found.score) == (1, wanted.score)
    assert np.array_equal(found.occlusion, wanted.occlusion)
    maps = explain.save_maps(network(), x, tmp_path / "maps.png", "conv2d_1").maps
    assert np.array_equal(maps, explain.feature_maps(network(), x, "conv2d_1")[0].maps)


def test_every_layer_of_maps_has_a_strip_and_a_dense_network_none(tmp_path):
    dense = Sequential([Flatten(), Dense(2)], (6, 6, 1))
    x = np.eye(6)[:, :, None]
    for name, model in (("dense", dense), ("few", network()), ("many", network(filters=40))):
        explain.save_picture(model, x, tmp_path / name)
    assert size(tmp_path / "dense")[1] < 500 < size(tmp_path / "few")[1] == size(tmp_path / "many")[1]
    explain.save_maps(network(filters=40), x, tmp_path / "alone", "conv2d_1")
    assert size(tmp_path / "alone")[1] > 4 * 100  # all of them, in four rows


def test_maps_are_numbered_as_the_units_of_the_equations_are(tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr("glassnet.explain.picture.save_panels", lambda *given: drawn.extend(given[3]))
    explain.save_maps(network(), np.eye(6)[:, :, None], tmp_path / "maps.png", "conv2d_1")
    assert drawn[0].numbers == [0, 1, 2]


@pytest.mark.parametrize("shape", [(6, 6, 3), (6, 6, 2), (4, 30, 1), (30, 4, 1), (40, 40, 1)])
@pytest.mark.parametrize("value", [0, 255])
def test_colours_odd_sizes_and_pictures_of_one_colour(tmp_path, shape, value):
    explain.save_picture(network(shape), np.full(shape, value, np.uint8), tmp_path / "why.png")
    assert size(tmp_path / "why.png")[0] == 1248


@pytest.mark.parametrize("label", ["$x^$", "a" * 300, "{patch}", "%d", "<b>"])
def test_names_of_classes_are_drawn_as_they_are(tmp_path, label):
    model = TrainedModel(network(), (label, "other"))
    for asked in (label, "other"):
        explain.save_picture(model, np.eye(6)[:, :, None], tmp_path / "why.png", asked)
    assert size(tmp_path / "why.png")[0] == 1248
