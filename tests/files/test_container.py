import os

import numpy as np
import pytest

from glassnet.arrays import Array
from glassnet.errors import ModelFileError, ParameterError
from glassnet.files.container import read_container, write_container

CONTENT = {"text": 'ä "quoted" \\ \n 名', "numbers": [1, -0.5, 1e-300, 2**60], "deep": {"none": None, "yes": True}}


def test_content_and_tensors_come_back(tmp_path):
    tensors: dict[str, Array] = {
        "a.W": np.arange(6, dtype=np.float32).reshape(2, 3),
        "a.b": np.array([-0.0, np.nan, np.inf]),
        "count": np.array(7, np.int64),
        "pixels": np.arange(256, dtype=np.uint8),
        "none": np.zeros((0, 4), np.float32),
        "turned": np.arange(6.0).reshape(2, 3).T,
        "every_other": np.arange(9.0)[::2],
    }
    write_container(tmp_path / "file", "checkpoint", CONTENT, tensors)
    content, back = read_container(tmp_path / "file", "checkpoint")
    assert content == CONTENT
    assert back.keys() == tensors.keys()
    for name, tensor in tensors.items():
        assert back[name].dtype == tensor.dtype
        np.testing.assert_array_equal(back[name], tensor)


def test_the_same_content_gives_the_same_bytes(tmp_path):
    tensors = {"b": np.zeros(2), "a": np.ones(3)}
    write_container(tmp_path / "one", "model", {"x": 1, "y": 2}, tensors)
    write_container(tmp_path / "two", "model", {"y": 2, "x": 1}, {"a": tensors["a"], "b": tensors["b"]})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), {1, 2}, np.float32(1), b"bytes", object()])
def test_content_that_json_cannot_hold_is_refused_before_writing(tmp_path, wrong):
    with pytest.raises(ParameterError, match="its content is not JSON"):
        write_container(tmp_path / "file", "model", {"figure": wrong}, {})
    assert os.listdir(tmp_path) == []


def test_content_that_a_reader_would_refuse_is_refused_before_writing(tmp_path):
    deep: list[object] = []
    for _ in range(40):
        deep = [deep]
    for content in ({"deep": deep}, {"many": [0] * 100_001}):
        with pytest.raises(ParameterError, match="more than any model's"):
            write_container(tmp_path / "file", "model", content, {})
    with pytest.raises(ParameterError, match="a header at most"):
        write_container(tmp_path / "file", "model", {"long": "x" * 2**22}, {})
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("dtype", [object, complex, np.float16, np.int32, bool, "U3", "M8[s]"])
def test_types_beyond_the_list_are_refused_before_writing(tmp_path, dtype):
    with pytest.raises(ParameterError, match=r"tensor 'W' has the type .*; expected one of float32, float64, int64"):
        write_container(tmp_path / "file", "model", {}, {"W": np.zeros(1, dtype)})


def test_a_tensor_cannot_take_the_place_of_the_metadata(tmp_path):
    with pytest.raises(ParameterError, match="stands there twice"):
        write_container(tmp_path / "file", "model", {}, {"__metadata__": np.zeros(1)})


def test_row_57_missing_files_folders_and_pipes_are_named(tmp_path):
    with pytest.raises(ModelFileError, match=r"Cannot read '.*/none': there is no such file"):
        read_container(tmp_path / "none", "model")
    with pytest.raises(ModelFileError, match="it is a folder"):
        read_container(tmp_path, "model")
    (tmp_path / "file").touch()
    with pytest.raises(ModelFileError, match="Not a directory"):
        read_container(tmp_path / "file" / "more", "model")
    with pytest.raises(ModelFileError, match="null"):
        read_container("a\0b", "model")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ModelFileError, match="not an ordinary file"):
        read_container(tmp_path / "pipe", "model")


def test_a_link_is_followed_on_reading(tmp_path):
    write_container(tmp_path / "file", "model", {"x": 1}, {})
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_container(tmp_path / "link", "model") == ({"x": 1}, {})
