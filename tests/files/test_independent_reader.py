import ast
from pathlib import Path

import numpy as np
import pytest

from glassnet.files import load
from tests.files import independent_reader
from tests.files.crafting import good


def test_it_agrees_with_load(tmp_path):
    (tmp_path / "model").write_bytes(good("model", tmp_path))
    document, tensors = independent_reader.read(tmp_path / "model")
    trained = load(tmp_path / "model")
    content = document["content"]
    assert (document["format"], document["kind"]) == (1, "model")
    assert content["network"] == trained.network.to_config()
    assert tuple(content["classes"]) == trained.classes
    assert content["receipt"] == trained.receipt
    numbers = {**trained.network.weights(), **trained.network.state(), "history.loss": trained.history["loss"]}
    assert tensors.keys() == numbers.keys()
    for name, tensor in tensors.items():
        np.testing.assert_array_equal(tensor, numbers[name])


@pytest.mark.parametrize("place", [0, 20, 60, 500, -1])
def test_it_finds_damage(tmp_path, place):
    file = bytearray(good("model", tmp_path))
    file[place] ^= 1
    (tmp_path / "model").write_bytes(file)
    with pytest.raises(ValueError, match=r"checksum|not a model file"):
        independent_reader.read(tmp_path / "model")


def test_it_is_short_and_needs_nothing_of_ours():
    text = Path(independent_reader.__file__).read_text()
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert len(text.splitlines()) < 50
    assert {name.name for node in imports for name in node.names} == {"hashlib", "json", "math", "sys", "numpy"}
