import numpy as np
import pytest
from PIL import Image

from glassnet.errors import DataError, ShapeError
from glassnet.files import TrainedModel
from glassnet.layers import Dense, Flatten
from glassnet.model import Sequential
from glassnet.pictures import prepare_picture
from glassnet.preparation import DigitBox, Fit, Preparation

PIXELS = np.full((40, 30, 3), (200, 40, 40), np.uint8)


@pytest.fixture
def path(tmp_path):
    Image.fromarray(PIXELS).save(tmp_path / "p.png")
    return tmp_path / "p.png"


def knowing(*steps, shape=(8, 8, 3)):
    return TrainedModel(Sequential([Flatten(), Dense(2)], shape), ("a", "b"), Preparation(steps))


def test_it_is_fitted_as_the_network_has_it(path):
    assert prepare_picture(knowing(Fit(8, 8, 3)), path).tolist() == Fit(8, 8, 3)(PIXELS).tolist()


def test_one_digit_is_found_by_a_network_for_digits(path):
    with pytest.raises(DataError, match=r"p\.png': No digit was found in the picture\."):
        prepare_picture(knowing(DigitBox(8, 8), shape=(8, 8, 1)), path)


def test_a_network_that_knows_no_way_takes_pictures_of_its_size_alone(path):
    assert prepare_picture(knowing(shape=(40, 30, 1)), path).shape == (40, 30, 1)
    with pytest.raises(ShapeError, match=r"p\.png' is 30×40 grey pixels, but the network expects 8×8 of 3 channels"):
        prepare_picture(knowing(), path)
