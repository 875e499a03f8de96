"""Files that every release wrote are read, and answer as they did."""

import json
from pathlib import Path

import numpy as np
import pytest

from glassnet import answer, load
from tests.golden.make import pictures

FILES = sorted(Path(__file__).parent.glob("*.safetensors"))


def test_there_is_one():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_answers_as_it_did(file):
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    trained = load(file)
    answers = answer(trained, pictures().astype(np.uint8))
    assert answers.classes == told["classes"]
    np.testing.assert_allclose(answers.outputs, told["outputs"], atol=2e-6)
    assert trained.history == told["history"]
