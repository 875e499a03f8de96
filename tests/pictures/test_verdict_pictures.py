"""The confusion matrix and the reliability of a verdict, as pictures."""

import numpy as np
import pytest
from PIL import Image

from glassnet.evaluation import calibration
from glassnet.pictures import save_confusion, save_reliability


def size(path):
    with Image.open(path) as picture:
        return picture.size


@pytest.mark.parametrize("count", [1, 2, 10, 100])
def test_confusions_of_few_and_many_classes(tmp_path, count):
    save_confusion(np.eye(count, dtype=int) + np.eye(count, k=1, dtype=int), range(count), tmp_path / "c.png")
    width, height = size(tmp_path / "c.png")
    assert 300 < height <= width < 2800


def test_names_of_any_length_and_no_mistakes(tmp_path):
    save_confusion(np.zeros((3, 3), int), ["猫", "$x^$", "y" * 200], tmp_path / "c.png")
    assert size(tmp_path / "c.png")[0] > 300


@pytest.mark.parametrize("count", [1, 7, 400])
def test_reliability(tmp_path, count):
    confidences = np.linspace(0.3, 1, count)
    save_reliability(calibration(confidences, np.arange(count) % 3 > 0), tmp_path / "k.png")
    assert size(tmp_path / "k.png") == (552, 528)
