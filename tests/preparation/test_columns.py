"""Columns against scikit-learn's SimpleImputer and OneHotEncoder, and dates against figures worked out by hand."""

import json
from math import pi, tau

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from glassnet.descriptions import from_config, to_config
from glassnet.errors import DataError, ParameterError
from glassnet.preparation import PREPARATIONS, Category, Columns, Date, Number, Preparation, Scale
from tests.preparation.tables import table

PEOPLE = Columns((Number("age", 30.0), Category("colour", ("blue", "red")), Date("born", "dmy", 7000.0)), "sex")


def test_numbers_as_simple_imputer_makes_them():
    random = np.random.default_rng(0)
    numbers = random.normal(size=50)
    numbers[::7] = np.nan
    given = table(age=["" if np.isnan(number) else repr(float(number)) for number in numbers])
    imputer = SimpleImputer(strategy="median").fit(numbers[:, None])
    made = Number("age", float(np.nanmedian(numbers)))(given)
    assert made.tolist() == imputer.transform(numbers[:, None]).tolist()


def test_categories_as_one_hot_encoder_makes_them():
    cells = ["red", "blue", "", "green", "red", "Red"]
    encoder = OneHotEncoder(categories=[["blue", "red"]], handle_unknown="ignore", sparse_output=False)
    wanted = encoder.fit([["red"], ["blue"]]).transform([[cell] for cell in cells])
    assert Category("colour", ("blue", "red"))(table(colour=cells)).tolist() == wanted.tolist()


def test_categories_that_are_not_known():
    assert Category("colour", ("blue", "red")).unknown(table(colour=["red", "", "green", "NA", "black"])) == [
        "black",
        "green",
    ]


def test_a_date_is_days_and_places_in_circles():
    # 2 January 1970 was a Friday: a day after the epoch, 1/365.2425 of a year, 1/7 of a week after a Thursday.
    days, *places = Date("born")(table(born=["1970-01-02"]))[0].tolist()
    angles = [tau / 365.2425, tau / 7]
    assert (days, places) == (1, pytest.approx([part(angle) for angle in angles for part in (np.sin, np.cos)]))


def test_the_clock_is_a_circle_of_its_own():
    made = Date("at", clock=True)(table(at=["1970-01-01 06:00", "1970-01-01T18:00:00+02:00"]))
    assert made[:, 0].tolist() == [0.25, 0.75]
    assert made[:, 5:].tolist() == [pytest.approx([np.sin(pi / 2), np.cos(pi / 2)]), pytest.approx([-1, 0])]


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2000-03-01", "ymd", 11017),
        ("2000/3/1", "dmy", 11017),  # four digits in front are a year in any order
        ("01.03.2000", "dmy", 11017),
        ("03/01/2000", "mdy", 11017),
        ("1-3-00", "dmy", 11017),
        ("01.03.69", "dmy", -306),
        ("", "dmy", 5),
    ],
)
def test_dates_in_several_forms(cell, order, day):
    assert Date("born", order, 5.0)(table(born=[cell]))[0, 0] == day


@pytest.mark.parametrize("cell", ["31.02.2000", "03/13/2000", "soon", "1.2", "2000-01-01 25:00"])
def test_what_is_no_date_is_named_with_its_line(cell):
    with pytest.raises(
        DataError, match=r"line 3: '.*' in the column 'born' is no date with day month year in this order"
    ):
        Date("born", "dmy")(table(born=["01.02.2000", cell]))


def test_row_36_columns_are_found_by_name_in_any_order():
    one = PEOPLE(table(age=["1"], colour=["red"], born=["02.01.1970"]))
    other = PEOPLE(table(other=["?"], born=["02.01.1970"], colour=["red"], age=["1"]))
    assert one.tolist() == other.tolist()
    assert one[0, :4].tolist() == [1, 0, 1, 1]
    with pytest.raises(DataError, match=r"people\.csv has no column 'colour'"):
        PEOPLE(table(age=["1"], born=["02.01.1970"]))


def test_where_each_number_comes_from_and_which_are_scaled():
    assert PEOPLE.features[:5] == ("age", "colour=blue", "colour=red", "born", "sin of born in the year")
    assert PEOPLE.scaled == (True, False, False, True, False, False, False, False)
    assert PEOPLE.names == ("age", "colour", "born")
    given = table(age=["1"], colour=["green"], born=[""])
    assert PEOPLE.unknown(given) == {"colour": ["green"]}


def test_config_round_trip_through_json():
    preparation = Preparation((PEOPLE,), Scale(2.0), Scale(0.5, -3.0))
    assert from_config(json.loads(json.dumps(to_config(preparation))), PREPARATIONS) == preparation
    assert preparation.columns == PEOPLE
    assert Preparation().columns is None


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        (Columns, {"columns": (), "target": "t"}, "columns must be a tuple of Number, Category, Date"),
        (Columns, {"columns": (Scale(),), "target": "t"}, "columns must be a tuple of Number"),
        (Columns, {"columns": (Number("a"), Number("a")), "target": "t"}, "the name 'a' stands there twice"),
        (Columns, {"columns": (Number("a"),), "target": "a"}, "the name 'a' stands there twice"),
        (Columns, {"columns": (Number("a"),), "target": 5}, "target must be such as 'species'"),
        (Number, {"name": 5}, "name must be such as 'age'"),
        (Number, {"name": "a", "fill": np.inf}, "fill must be a number"),
        (Category, {"name": "a", "values": ()}, "values must be a tuple of texts that all differ"),
        (Category, {"name": "a", "values": ("x", "x")}, "values must be a tuple of texts that all differ"),
        (Category, {"name": "a", "values": ("x", 1)}, "values must be a tuple of texts that all differ"),
        (Date, {"name": "a", "order": "ydm"}, "order must be one of ymd, dmy, mdy"),
        (Date, {"name": "a", "clock": 1}, "clock must be True or False"),
        (Preparation, {"target": Scale(0.0)}, "target must not have the factor 0"),
        (Preparation, {"target": Scale((1.0, 0.0))}, "target must not have the factor 0"),
        (Preparation, {"target": 2.0}, "target must be a Scale"),
    ],
)
def test_descriptions_that_make_no_sense_are_refused(kind, arguments, said):
    with pytest.raises(ParameterError, match=said):
        kind(**arguments)


def test_undo_is_the_way_back():
    scale = Scale((0.5, 4.0), (-3.0, 1.0))
    y = np.array([[5.0, 7.0], [-1.0, 0.25]])
    assert scale.undo(scale(y, np.float64)).tolist() == y.tolist()
