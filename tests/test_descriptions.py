from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import ParameterError
from glassnet.functions import INITIALIZERS
from glassnet.layers import LAYERS, Conv2D, Dense, Dropout
from glassnet.optimizers import OPTIMIZERS, SCHEDULES, SGD


@dataclass(frozen=True)
class Inner:
    size: int = 1


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner = Inner()
    parts: tuple[Inner, ...] = ()
    pair: tuple[int, int] | None = None


KNOWN: dict[str, type] = {"Inner": Inner, "Outer": Outer}


@pytest.mark.parametrize(
    "description",
    [Outer("a"), Outer("ä", Inner(2)), Outer("a", parts=(Inner(3), Inner(4)), pair=(5, 6))],
)
def test_there_and_back_through_json(description):
    assert from_config(json.loads(json.dumps(to_config(description))), KNOWN) == description


def test_the_form():
    assert to_config(Outer("a", parts=(Inner(3),))) == {
        "class": "Outer",
        "name": "a",
        "inner": {"class": "Inner", "size": 1},
        "parts": [{"class": "Inner", "size": 3}],
        "pair": None,
    }


def test_fields_with_defaults_may_be_left_out():
    assert from_config({"class": "Outer", "name": "a"}, KNOWN) == Outer("a")


def test_numpy_numbers_become_plain_ones():
    """What a network is made with is often counted by NumPy, and JSON knows none of its numbers."""
    known: dict[str, type] = {**LAYERS, **INITIALIZERS, **OPTIMIZERS, **SCHEDULES}
    numbers: list[Any] = [np.int64(5), np.uint8(3), np.float32(0.5), np.bool_(True)]
    five, three, half, true = numbers
    for description in (Dense(five), Conv2D(five, (three, 3)), Dropout(half), SGD(half, nesterov=true)):
        assert from_config(json.loads(json.dumps(to_config(description))), known) == description


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"class": "Iner"}, "Unknown class 'Iner'. Did you mean 'Inner'?"),
        ({"class": "os.system"}, "Unknown class 'os.system'."),
        ({"class": "Inner", "sise": 2}, "Inner has no parameter 'sise'. Did you mean 'size'?"),
        ({"class": "Outer"}, "Outer needs the parameter 'name'."),
        ({"class": "Outer", "name": "a", "inner": {"class": "Dense"}}, "Unknown class 'Dense'."),
        ({"class": "Outer", "name": "a", "parts": [{"class": "eval"}]}, "Unknown class 'eval'."),
        ({"size": 1}, "Expected an object with a \"class\", got {'size': 1}."),
        ({"class": ["Inner"]}, 'Expected an object with a "class"'),
        ("Inner", "Expected an object with a \"class\", got 'Inner'."),
        (None, 'Expected an object with a "class", got None.'),
        ({"class": "x" * 10_000}, "Unknown class 'xxx"),
    ],
)
def test_row_02_what_is_not_on_the_list_is_refused(config, message):
    with pytest.raises(ParameterError) as caught:
        from_config(config, KNOWN)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 300
