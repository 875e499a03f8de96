from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from glassnet.errors import ParameterError
from glassnet.pictures import draw_curve, save_history


def curve(losses, width=40, encoding="utf-8"):
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Console(file=file, width=width).print(draw_curve({"loss": losses}, width), soft_wrap=True)
    file.flush()
    return file.buffer.getvalue().decode(encoding).splitlines()


def test_bars_are_as_high_as_the_losses():
    lines = curve([8.0, 4.0, 1.0, 0.5])
    assert lines[0] == "   8.0000 ████"
    assert [line[10:].rstrip() for line in lines[1:8]] == ["████"] * 3 + ["████████"] * 3 + ["█" * 12 + "▄▄▄▄"]
    assert lines[8] == "          loss of epochs 1 to 4; the last is 0.5000"


def test_many_epochs_share_the_columns():
    lines = curve(list(1 / np.arange(1.0, 1001)))
    assert max(map(len, lines[:-1])) <= 40
    assert lines[-1].endswith("loss of epochs 1 to 1000; the last is 0.0010")


def test_row_62_letters_where_there_is_only_ascii():
    assert curve([2.0, 1.0], encoding="ascii")[7] == "        0 ########"


@pytest.mark.parametrize("losses", [[0.0], [1.0, np.inf, np.nan], [np.nan]])
def test_row_43_losses_that_are_no_numbers_and_zeros(losses):
    assert curve(losses)[-1].startswith("          loss of epochs 1 to")


def size_of(path):
    with Image.open(path) as picture:
        return picture.size


def test_one_panel_for_the_loss_and_one_for_the_accuracy(tmp_path):
    loss = {"loss": [0.9, 0.5, 0.4], "rate": [0.1, 0.1, 0.1]}
    save_history(loss, tmp_path / "one.png")
    save_history({**loss, "accuracy": [0.5, 0.8, 0.9], "validation_loss": [1, 0.8, 0.9]}, tmp_path / "two.png")
    assert size_of(tmp_path / "two.png")[0] > 1.8 * size_of(tmp_path / "one.png")[0]


def test_no_history(tmp_path):
    with pytest.raises(ParameterError, match="no history to draw"):
        save_history({}, tmp_path / "none.png")
