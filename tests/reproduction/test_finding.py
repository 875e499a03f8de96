from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from glassnet.data import Dataset, load_data, write_idx
from glassnet.data.sources import BUILT_IN
from glassnet.errors import DataError
from glassnet.files.boxed import boxed_digits
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.preparation import Preparation, Scale
from glassnet.reproduction import find_data, reproduce
from glassnet.session import Session
from tests.small_trainings import RECIPE


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def model_of(data, net="flatten dense3 softmax", seed=6):
    """A model that learnt from these data."""
    network = Sequential(parse_network(net), data.sample_shape, seed=seed)
    session = Session(network, data, RECIPE, Path("model"))
    for _ in session.events():
        pass
    return session.model({})


def write_folder(folder, seed=0):
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    write_idx(folder / "train-images-idx3-ubyte", random.integers(0, 256, (20, 3, 3)).astype(np.uint8))
    write_idx(folder / "train-labels-idx1-ubyte", np.arange(20, dtype=np.uint8) % 3)


def test_a_built_in_set_by_its_name_and_seed():
    data = load_data("blobs", RECIPE.seed).train
    model = model_of(data)
    assert find_data(model).fingerprint == data.fingerprint
    assert reproduce(model).same


def test_a_built_in_set_under_another_name():
    data = load_data("blobs", RECIPE.seed).train
    model = model_of(Dataset("clouds", data.x, data.y, data.classes))
    assert find_data(model).name == "blobs"


@pytest.mark.parametrize("name", ["cats", "xor", "Кошки и коты"])
def test_a_folder_here_or_beside_the_model(name, tmp_path):
    write_folder(tmp_path / name)
    data = load_data(tmp_path / name, RECIPE.seed).train
    model = model_of(data)
    assert find_data(model).fingerprint == data.fingerprint
    (tmp_path / "models").mkdir()
    (tmp_path / name).rename(tmp_path / "models" / name)
    assert find_data(model, beside=Path("models")).fingerprint == data.fingerprint
    with pytest.raises(DataError, match=r"There is no folder './cats'|'xor' is not what|no folder './Кошки и коты'"):
        find_data(model)


def test_what_was_asked_for_is_taken_and_nothing_else(tmp_path):
    write_folder(tmp_path / "elsewhere" / "felines")
    data = load_data("elsewhere/felines", RECIPE.seed).train
    model = model_of(Dataset("cats", data.x, data.y, data.classes, data.preparation))
    assert find_data(model, "elsewhere/felines").fingerprint == data.fingerprint
    with pytest.raises(DataError, match=r"There is no folder 'none'.* Say where the data of then lie: --data FOLDER\."):
        find_data(model, "none")
    other = load_data("moons", RECIPE.seed).train
    with pytest.raises(DataError) as refused:
        find_data(model, "moons")
    assert f"'moons' is not what this model learnt from: its fingerprint is {other.fingerprint}" in str(refused.value)
    assert f"that in the receipt {data.fingerprint}. Say where" in str(refused.value)


def test_a_folder_that_changed_since(tmp_path):
    write_folder(tmp_path / "cats")
    model = model_of(load_data("cats", RECIPE.seed).train)
    (tmp_path / "cats").rename("old")
    write_folder(tmp_path / "cats", seed=1)
    with pytest.raises(DataError, match=r"'\./cats' is not what this model learnt from"):
        find_data(model)


@pytest.mark.parametrize("name", ["../cats", "/etc", "a\\b", "", ".", ".."])
def test_row_09_a_path_in_a_receipt_is_not_followed(name, monkeypatch):
    looked_at = []

    def look(place, seed, fit):
        looked_at.append(place)
        raise DataError("Not here.")

    model = model_of(Dataset(name, np.eye(3, dtype=np.float32), np.arange(3), (0, 1, 2)))
    monkeypatch.setattr("glassnet.reproduction.finding.load_data", look)
    with pytest.raises(DataError):
        find_data(model)
    assert looked_at == [known for known in BUILT_IN if known != "mnist"]


def test_mnist_is_not_fetched_for_models_that_do_not_name_it(monkeypatch):
    model = model_of(Dataset("mine", np.eye(3, dtype=np.float32), np.arange(3), (0, 1, 2)))
    monkeypatch.setitem(BUILT_IN, "mnist", lambda seed: pytest.fail("mnist was read"))
    with pytest.raises(DataError, match=r"There is no folder './mine'"):
        find_data(model)


def test_the_preparation_comes_from_the_model(tmp_path):
    """A folder's samples may be read with another scale than was trained with; the file tells which."""
    write_folder(tmp_path / "cats")
    plain = load_data("cats", RECIPE.seed).train
    model = model_of(replace(plain, preparation=Preparation((), Scale(0.5, -1.0))))
    assert reproduce(model).same


def test_the_network_in_the_box_tells_how_it_is_made_again():
    with pytest.raises(DataError, match="learnt from MNIST's scans, printed digits and strangers") as refused:
        find_data(boxed_digits())
    assert "'make digits-model' draws them again" in refused.value.hint
    with pytest.raises(DataError, match="'digits' is not what this model learnt from"):
        find_data(boxed_digits(), "digits")
