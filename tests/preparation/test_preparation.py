import json

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import DataError, ParameterError
from glassnet.preparation import (
    PREPARATIONS,
    Category,
    Columns,
    DigitBox,
    Number,
    Preparation,
    Scale,
    Table,
    text_column,
)

MNIST = Preparation((DigitBox(28, 20, "mass", 255),), Scale(1 / 255))


@pytest.mark.parametrize("preparation", [Preparation(), MNIST, Preparation((), Scale(1, (-135, -66)))])
def test_config_round_trip_through_json(preparation):
    config = json.loads(json.dumps(to_config(preparation)))
    assert from_config(config, PREPARATIONS) == preparation


def test_row_02_a_step_that_is_not_on_the_list():
    with pytest.raises(ParameterError, match=r"Unknown class 'os\.system'"):
        from_config({"class": "Preparation", "steps": [{"class": "os.system"}]}, PREPARATIONS)


@pytest.mark.parametrize("steps", [(Scale(),), (Preparation(),), ("DigitBox",), "DigitBox", 5, [DigitBox()]])
def test_steps_of_other_kinds_are_refused(steps):
    with pytest.raises(ParameterError, match="steps must be a tuple of DigitBox"):
        Preparation(steps)


@pytest.mark.parametrize("scale", [None, 1 / 255, DigitBox()])
def test_scales_of_other_kinds_are_refused(scale):
    with pytest.raises(ParameterError, match="scale must be a Scale"):
        Preparation((), scale)


def test_rows_of_a_table_and_a_number_too_large_for_the_first_layer():
    columns = Columns((Number("size"), Category("kind", ("a", "b"))), "rent")
    preparation = Preparation((columns,), Scale((0.1, 1.0, 1.0), (-5.0, 0.0, 0.0)))
    cells = {"kind": text_column(["a", "b", "b"]), "size": text_column(["3e39", "-2", "-1e38"])}
    table = Table("flats.csv", cells, np.array([2, 4, 7]))
    assert preparation.rows(table).tolist() == [[3e39, 1, 0], [-2, 0, 1], [-1e38, 0, 1]]
    for cell in ("1e300", "-4e39", "1e308"):
        cells["size"] = text_column(["3e39", cell, "-1e38"])
        with pytest.raises(
            DataError, match=r"flats.csv, line 4: .* in the column 'size' is too large to compute with\."
        ):
            preparation.rows(Table("flats.csv", cells, table.lines))
