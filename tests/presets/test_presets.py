from dataclasses import replace

import numpy as np
import pytest

from glassnet.augmentation import Flip
from glassnet.data import Dataset, load_data
from glassnet.losses import MeanSquaredError
from glassnet.model import Sequential
from glassnet.preparation import Fit, Preparation, Scale
from glassnet.presets import PRESETS, default_name, preset


def pictures(count, size=(32, 32, 3), classes=("cat", "dog"), name="pets"):
    x = np.zeros((count, *size), np.uint8)
    return Dataset(name, x, np.arange(count) % len(classes), classes, Preparation((Fit(*size),), Scale(1 / 255)))


@pytest.mark.parametrize("name", ["pets", "people", "cnn"])
def test_pictures_of_ones_own_have_a_network_whatever_the_folder_is_called(name):
    assert default_name(pictures(20, name=name)) == "pictures"


@pytest.mark.parametrize(
    "size", [(1, 1, 1), (4, 4, 3), (8, 64, 1), (28, 28, 1), (64, 48, 3), (96, 96, 3), (224, 160, 3)]
)
def test_it_fits_every_field_and_stays_small(size):
    data = pictures(20, size)
    network = Sequential(preset("pictures", data).layers, size, seed=None)
    assert network.output_shape == (2,)
    assert network.weight_layout.size < 150_000


def rows(count, features=4, numbers=False, name="flats.csv"):
    x = np.arange(count * features, dtype=float).reshape(count, features)
    data = Dataset.from_arrays(x, np.arange(count) % 2, name=name, regression=numbers)
    return replace(data, preparation=Preparation((), Scale((1.0,) * features)))


@pytest.mark.parametrize("name", ["flats.csv", "people", "cnn"])
def test_tables_of_ones_own_have_a_network_whatever_they_are_called(name):
    assert default_name(rows(20, name=name)) == "table"
    assert default_name(load_data("moons").train) == "mlp"
    assert default_name(load_data("people").train) == "people"


def test_the_fewer_rows_there_are_for_each_feature_the_more_weights_are_pulled_to_zero():
    decays = [preset("table", rows(*size)).recipe.optimizer.weight_decay for size in ((20, 4), (400, 4), (400, 8))]
    assert decays == [3, pytest.approx(0.3), pytest.approx(0.6)]
    assert preset("table", rows(1000, numbers=True)).recipe.optimizer.weight_decay == pytest.approx(0.4)
    assert preset("table", rows(1000, numbers=True)).recipe.loss == MeanSquaredError()


def test_a_large_table_is_seen_less_often():
    sizes = (2999, 3000, 60_000, 2_000_000)
    recipes = [preset("table", rows(count, 1)).recipe for count in sizes]
    assert [recipe.epochs for recipe in recipes] == [100, 100, 50, 3]
    assert [recipe.batch_size for recipe in recipes] == [32, 128, 128, 128]


def test_few_are_seen_often_and_changed_and_many_as_they_are():
    few, some, many = (preset("pictures", pictures(count, (8, 8, 1))).recipe for count in (16, 1000, 6000))
    assert (few.epochs, some.epochs, many.epochs) == (300, 30, 10)
    assert few.augmentation
    assert some.augmentation
    assert many.augmentation is None
    assert (few.validation, some.validation) == (0.0, 0.1)


@pytest.mark.parametrize(
    ("classes", "mirrored"), [(("cat", "dog"), True), ((0, 1), False), (("a", "b"), False), (("б", "д", "none"), False)]
)
def test_signs_are_not_mirrored(classes, mirrored):
    augmentation = preset("pictures", pictures(20, classes=classes)).recipe.augmentation
    assert augmentation
    assert any(isinstance(change, Flip) for change in augmentation.changes) == mirrored


def test_every_preset_knows_its_name():
    assert "pictures" in PRESETS
