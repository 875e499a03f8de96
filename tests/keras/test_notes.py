from __future__ import annotations

from glassnet.keras.layers import Dense
from glassnet.keras.notes import note, translated
from glassnet.keras.optimizers import SGD


def test_each_is_said_once_on_standard_error_and_kept(capsys):
    assert translated() == []
    note("one", "a is read as b")
    note("one", "something else")
    note("two", "c is read as d")
    assert translated() == ["a is read as b", "c is read as d"]
    printed = capsys.readouterr()
    assert printed.err == "glassnet.keras: a is read as b.\nglassnet.keras: c is read as d.\n"
    assert printed.out == ""


def test_the_same_idiom_twice_is_one_line(capsys):
    SGD(lr=0.1)
    SGD(lr=0.2)
    Dense(2, input_dim=3)
    Dense(2, input_dim=3)
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert translated() == [
        "SGD(lr=…) is read as learning_rate",
        "Dense(input_dim=…) is read as input_shape=(3,)",
    ]
