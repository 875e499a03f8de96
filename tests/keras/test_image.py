"""Pictures from files, pixel for pixel what Pillow alone gives, which is what Keras's own functions call."""

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import DataFileError, ParameterError, ShapeError
from glassnet.keras import utils
from glassnet.keras.formats import set_image_data_format
from glassnet.keras.preprocessing.image import img_to_array, load_img


@pytest.fixture
def colourful(tmp_path):
    """Six rows of four pixels, each another colour, half transparent."""
    pixels = np.random.default_rng(0).integers(0, 256, (6, 4, 4), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    return tmp_path / "a.png"


@pytest.mark.parametrize(("mode", "there"), [("rgb", "RGB"), ("grayscale", "L"), ("rgba", "RGBA")])
def test_modes(colourful, mode, there):
    picture = load_img(colourful, color_mode=mode)
    assert (picture.mode, picture.size) == (there, (4, 6))
    assert img_to_array(picture).shape == (6, 4, {"L": 1}.get(there, len(there)))
    with Image.open(colourful) as opened:
        assert np.asarray(picture).tolist() == np.asarray(opened.convert(there)).tolist()
    assert utils.load_img is load_img


@pytest.mark.parametrize("way", ["nearest", "bilinear", "bicubic", "lanczos", "hamming", "box"])
def test_the_size_is_height_and_width_and_no_shape_is_kept(colourful, way):
    picture = load_img(str(colourful), target_size=(2, 8), interpolation=way)
    with Image.open(colourful) as opened:
        expected = opened.convert("RGB").resize((8, 2), Image.Resampling[way.upper()])
    assert np.asarray(picture).tolist() == np.asarray(expected).tolist()
    assert img_to_array(picture).shape == (2, 8, 3)
    assert load_img(colourful, target_size=[2, 8, 3]).size == (8, 2)


def test_worked_by_hand(tmp_path):
    Image.fromarray(np.array([[[255, 0, 0], [0, 255, 0]]], np.uint8)).save(tmp_path / "a.png")
    assert img_to_array(load_img(tmp_path / "a.png")).tolist() == [[[255, 0, 0], [0, 255, 0]]]
    grey = img_to_array(load_img(tmp_path / "a.png", color_mode="grayscale"))
    assert grey.tolist() == [[[76], [150]]]  # 0.299 · 255 and 0.587 · 255
    assert grey.dtype == np.float32
    assert img_to_array(load_img(tmp_path / "a.png", target_size=(2, 1))).tolist() == [[[0, 255, 0]]] * 2


def test_sixteen_bits_stay_where_grey_is_asked_for(tmp_path):
    Image.fromarray(np.array([[0, 1000, 65535]], np.uint16)).save(tmp_path / "a.png")
    assert img_to_array(load_img(tmp_path / "a.png", color_mode="grayscale")).ravel().tolist() == [0, 1000, 65535]


def test_older_words(colourful):
    for picture in (load_img(colourful, grayscale=True), load_img(colourful, True)):
        assert picture.mode == "L"
    assert load_img(colourful, False, (3, 3)).mode == "RGB"


def test_arrays():
    x = np.arange(6).reshape(2, 3)
    assert img_to_array(x).shape == (2, 3, 1)
    assert img_to_array(x.reshape(1, 2, 3), dtype="uint8").dtype == np.uint8
    assert img_to_array(x, data_format="channels_first").tolist() == [x.tolist()]
    set_image_data_format("channels_first")
    try:
        assert img_to_array(np.zeros((5, 4, 3))).shape == (3, 5, 4)
    finally:
        set_image_data_format("channels_last")
    with pytest.raises(ShapeError, match=r"2 or 3 axes. Got the shape \(3,\)"):
        img_to_array(np.zeros(3))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"color_mode": "grey"}, "color_mode must be one of grayscale, rgb, rgba. Got 'grey'"),
        ({"interpolation": "cubic"}, "Did you mean 'bicubic'"),
        ({"target_size": 28}, r"target_size must be height and width, as \(28, 28\). Got 28"),
        ({"target_size": (28,)}, "target_size must be height and width"),
        ({"target_size": (0, 28)}, "target_size must be a whole number, 1 or more"),
        ({"size": (28, 28)}, "load_img has no argument 'size'"),
    ],
)
def test_other_arguments(colourful, given, said):
    with pytest.raises(ParameterError, match=said):
        load_img(colourful, **given)


def test_what_is_no_picture(tmp_path, colourful):
    (tmp_path / "page.png").write_bytes(b"<html>")
    with pytest.raises(DataFileError, match="it is a web page"):
        load_img(tmp_path / "page.png")
    colourful.write_bytes(colourful.read_bytes()[:60])
    with pytest.raises(DataFileError, match="Cannot read"):
        load_img(colourful)
    with pytest.raises(DataFileError, match="No such file"):
        load_img(tmp_path / "none.png", target_size=(1, 1))
