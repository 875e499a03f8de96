from __future__ import annotations

import pytest

from glassnet.errors import ParameterError
from glassnet.keras.layers import BatchNormalization, Conv2D, Dense, Flatten
from glassnet.keras.models import Sequential

TABLE = """\
Model: "reader"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
conv2d (Conv2D)              (None, 26, 26, 8)         80
_________________________________________________________________
batch_normalization (BatchNo (None, 26, 26, 8)         32
_________________________________________________________________
flatten (Flatten)            (None, 5408)              0
_________________________________________________________________
dense (Dense)                (None, 10)                54,090
=================================================================
Total params: 54,202
Trainable params: 54,186
Non-trainable params: 16
_________________________________________________________________
"""


def reader():
    layers = [Conv2D(8, 3, activation="relu", input_shape=(28, 28, 1)), BatchNormalization(), Flatten()]
    return Sequential([*layers, Dense(10, activation="softmax")], name="reader")


def test_the_table(capsys):
    assert reader().summary() is None
    assert capsys.readouterr().out == TABLE


def test_lines_go_where_they_are_wanted():
    lines: list[str] = []
    reader().summary(line_length=100, print_fn=lines.append)
    assert len(lines) == len(TABLE.splitlines())
    assert {len(line) for line in lines if set(line) <= {"_", "="}} == {100}
    assert "batch_normalization (BatchNormalization)" in lines[6]


def test_a_network_inside_is_one_line(capsys):
    Sequential([reader(), Dense(2)]).summary()
    lines = capsys.readouterr().out.splitlines()
    assert lines[4].split() == ["reader", "(Sequential)", "(None,", "10)", "54,202"]
    assert "Total params: 54,224" in lines


def test_before_the_shape_is_known():
    with pytest.raises(ParameterError, match="does not know the shape of a sample yet"):
        Sequential([Dense(2)]).summary()
