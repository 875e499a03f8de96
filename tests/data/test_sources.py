import numpy as np
import pytest

from glassnet.data import BUILT_IN, load_data, write_idx
from glassnet.errors import DataError, DataFileError, ParameterError

NAMES = ["digits", "mnist", "xor", "people", "first-input", "moons", "circles", "spirals", "blobs"]


@pytest.fixture
def folder(tmp_path):
    write_idx(tmp_path / "train-images-idx3-ubyte", np.arange(40, dtype=np.uint8).reshape(10, 2, 2))
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.arange(10, dtype=np.uint8) % 2)
    return tmp_path


def test_the_built_in_names():
    assert list(BUILT_IN) == NAMES


def test_a_folder_as_text_and_as_path(folder):
    assert load_data(str(folder), 0).train.fingerprint == load_data(folder, 0).train.fingerprint


def test_a_folder_with_a_built_in_name(folder, monkeypatch):
    (folder / "xor").mkdir()
    for path in folder.glob("train*"):
        path.rename(folder / "xor" / path.name)
    monkeypatch.chdir(folder)
    assert load_data("xor", 0).train.sample_shape == (2,)
    assert load_data("./xor", 0).train.sample_shape == (2, 2, 1)


@pytest.mark.parametrize(("typed", "meant"), [("minst", "mnist"), ("first_input", "first-input"), ("moon", "moons")])
def test_row_57_a_mistyped_name(typed, meant):
    with pytest.raises(
        DataError, match=f"no folder '{typed}', no table, and no built-in .*{', '.join(NAMES)}. .*mean '{meant}'"
    ):
        load_data(typed, 0)


@pytest.mark.parametrize("name", ["/no/such/folder", "nul\0byte", "x" * 5000, ""])
def test_row_57_nothing_of_that_name(name):
    with pytest.raises(DataError, match="There is no folder '"):
        load_data(name, 0)


def test_row_57_a_file_where_a_folder_is_meant(folder):
    with pytest.raises(
        DataError, match=r"train-images-idx3-ubyte' is no table: .* Give the folder that IDX files lie in"
    ):
        load_data(folder / "train-images-idx3-ubyte", 0)


def test_row_57_a_folder_without_idx_files(tmp_path):
    with pytest.raises(
        DataFileError, match=r"holds neither folders of pictures nor IDX files\. Make a folder for each class"
    ):
        load_data(tmp_path, 0)


@pytest.mark.parametrize("seed", [-1, 2**64, 0.5, None])
def test_seeds_outside_are_refused(seed):
    with pytest.raises(ParameterError, match="seed must be a whole number, 0 "):
        load_data("xor", seed)
