"""A table becomes a data set: kinds of columns, targets, missing cells, fits on the training rows alone."""

import csv

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from glassnet.data import Choice, load_again, load_data, load_table
from glassnet.errors import DataError, ParameterError
from glassnet.preparation import Category, Date, Number, Scale


@pytest.fixture
def load(tmp_path):
    """Loads a table with these columns."""

    def from_columns(choice=Choice(), seed=0, **columns):
        path = tmp_path / "people.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        return load_table(path, seed, choice)

    return from_columns


def found(loaded):
    return {one.name: (one.kind, one.missing, one.becomes) for one in loaded.found}


SEX = ["f", "m"] * 20
AGE = [str(20 + 7 * k % 41) for k in range(40)]


def test_what_columns_become(load):
    loaded = load(
        nr=range(1, 41),
        passengerId=[7 * k % 40 for k in range(40)],
        name=[f"name {k}" for k in range(40)],
        age=["", *AGE[1:]],
        colour=["red", "blue", "", "red"] * 10,
        smokes=["True", "False"] * 20,
        born=[f"{1 + k % 28:02}.{1 + k % 12:02}.1990" for k in range(40)],
        seen=[f"2024-02-{1 + k % 28:02} 12:30" for k in range(40)],
        planet=["Earth"] * 40,
        five=["5"] * 40,
        nothing=[""] * 40,
        sex=SEX,
    )
    assert found(loaded) == {
        "nr": ("left out", 0, "a running number"),
        "passengerId": ("left out", 0, "a running number"),
        "name": ("left out", 0, "text, 40 different ones in 40 rows"),
        "age": ("number", 1, f"21 to 60; {loaded.parts.train.preparation.columns.columns[0].fill:g} where it is empty"),
        "colour": ("category", 10, "2: blue, red"),
        "smokes": ("category", 0, "2: False, True"),
        "born": ("date", 0, "1990-01-01 to 1990-12-24, day before month"),
        "seen": ("date", 0, "2024-02-01 to 2024-02-28"),
        "planet": ("left out", 0, "it has one value, Earth"),
        "five": ("left out", 0, "it has one value, 5"),
        "nothing": ("left out", 40, "it is empty"),
    }
    columns = loaded.parts.train.preparation.columns
    assert [type(column) for column in columns.columns] == [Number, Category, Category, Date, Date]
    assert (columns.target, loaded.parts.train.classes, loaded.rows) == ("sex", ("f", "m"), 40)
    assert [column.clock for column in columns.columns[3:]] == [False, True]
    assert (len(loaded.parts.train), len(loaded.parts.test)) == (32, 8)


def test_a_column_that_counts_is_learnt_from_where_it_stands_alone(load):
    loaded = load(x=range(40), y=[k * k for k in range(40)])
    assert found(loaded)["x"] == ("number", 0, "0 to 39")
    assert found(load(x=range(40), age=AGE, sex=SEX))["x"] == ("left out", 0, "a running number")
    assert found(load(Choice(ignore=("age",)), x=range(40), age=AGE, sex=SEX))["x"][0] == "number"


def test_month_before_day_where_nothing_else_fits(load):
    loaded = load(born=[f"{1 + k % 12}/{1 + k % 28}/90" for k in range(40)], sex=SEX)
    assert found(loaded)["born"][2] == "1990-01-01 to 1990-12-24, month before day"


def test_fits_are_of_the_training_rows_alone(load):
    age = np.array(AGE, float)
    train = load(age=AGE, sex=SEX).parts.train
    held = load(age=AGE, sex=SEX).parts.test
    scaler = StandardScaler().fit(train.x)
    assert train.preparation.scale(train.x, np.float64) == pytest.approx(scaler.transform(train.x))
    assert train.preparation.columns.columns[0].fill == np.median(train.x)
    far = [1e6 if number in held.x else number for number in age]  # whatever the test rows hold, nothing else changes
    again = load(age=far, sex=SEX).parts
    assert again.train.fingerprint == train.fingerprint
    assert again.train.preparation == train.preparation
    assert again.test.fingerprint != held.fingerprint


def test_dates_of_test_rows_do_not_count_where_a_cell_is_empty(load):
    born = ["", *(f"2000-01-{1 + k % 28:02}" for k in range(1, 40))]
    plain = load(age=AGE, born=born, sex=SEX).parts
    held = plain.test.x[:, 0]
    later = ["2090-01-01" if float(age) in held else day for age, day in zip(AGE, born, strict=True)]
    again = load(age=AGE, born=later, sex=SEX).parts
    assert again.train.preparation == plain.train.preparation
    assert again.test.fingerprint != plain.test.fingerprint


def test_ones_and_zeros_of_categories_stay_as_they_are(load):
    scale = load(age=AGE, colour=["red", "blue"] * 20, sex=SEX).parts.train.preparation.scale
    assert (scale.factor[0] < 1, scale.factor[1:], scale.offset[1:]) == (True, (1, 1), (0, 0))


def test_a_category_that_only_the_test_rows_have_is_none(load):
    plain = load(colour=["red", "blue"] * 20, sex=SEX).parts
    colours = ["red", "blue"] * 20
    for row in range(40):
        loaded = load(colour=[*colours[:row], "green", *colours[row + 1 :]], sex=SEX)
        if loaded.parts.train.x.shape[1] == plain.train.x.shape[1]:
            assert loaded.parts.test.x.sum() == plain.test.x.sum() - 1  # all zero in the one row
            return
    pytest.fail("no row was held out")


@pytest.mark.parametrize("fill", ["5", "0.1"])
def test_row_37_constant_in_the_training_rows(load, fill):
    odd = load(age=AGE, sex=SEX).parts.test.x[0, 0]
    loaded = load(age=[age if float(age) == odd else fill for age in AGE], sex=SEX)
    scale = loaded.parts.train.preparation.scale
    assert np.isfinite(scale.factor).all()
    assert np.isfinite(scale(loaded.parts.test.x, np.float32)).all()


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["f", "m"], ("f", "m")),
        (["0", "1"], (0, 1)),
        (["3", "7"], (3, 7)),
        (["1.0", "2.0"], (1, 2)),
        (["True", "False"], ("False", "True")),
        (["да", "нет"], ("да", "нет")),
    ],
)
def test_targets_that_are_classes_come_back_as_they_went_in(load, cells, classes):
    assert load(age=AGE, y=cells * 20).parts.train.classes == classes


def test_targets_that_are_numbers_get_a_scale(load):
    loaded = load(age=AGE, y=[str(100 + 3 * k) for k in range(40)])
    train = loaded.parts.train
    scaled = train.preparation.target(train.y, np.float64)
    assert train.classes is None
    assert (scaled.mean(), scaled.std()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))
    assert load(age=AGE, sex=SEX).parts.train.preparation.target == Scale()


def test_the_kind_of_the_target_can_be_forced(load):
    marks = [str(1 + k % 5) for k in range(40)]
    assert load(age=AGE, mark=marks).parts.train.classes == (1, 2, 3, 4, 5)
    assert load(Choice(task="numbers"), age=AGE, mark=marks).parts.train.classes is None
    assert load(age=AGE[:14], mark=marks[:14]).parts.train.classes is None
    assert load(age=AGE[:14], mark=["2", "3"] * 7).parts.train.classes == (2, 3)
    assert load(age=AGE[:14], mark=[*"123", *"12" * 5, "3"]).parts.train.classes is None  # not five of each
    assert load(age=AGE[:15], mark=[*"123" * 5]).parts.train.classes == (1, 2, 3)
    many = [str(k // 2) for k in range(40)]
    assert load(age=AGE, mark=many).parts.train.classes is None
    assert load(Choice(task="classes"), age=AGE, mark=many).parts.train.classes == tuple(range(20))
    with pytest.raises(ParameterError, match="--task must be one of classes, numbers"):
        load(Choice(task="text"), age=AGE, mark=marks)
    with pytest.raises(DataError, match="line 2: 'f' in the column 'sex' is no number"):
        load(Choice(task="numbers"), age=AGE, sex=SEX)


def test_rows_without_a_target_are_dropped(load):
    loaded = load(age=AGE, sex=["", "NA", *SEX[2:]])
    assert (loaded.rows, loaded.dropped) == (38, 2)
    numbers = load(age=AGE, y=["", *map(str, np.linspace(1, 2, 39))])
    assert (numbers.rows, numbers.dropped) == (39, 1)


def test_the_last_column_is_the_target_where_none_is_named(load):
    assert load(age=AGE, sex=SEX).target == "sex"
    assert load(Choice(ignore=("name",)), age=AGE, sex=SEX, name=SEX).target == "sex"
    for ignore in (("sex",), ("age", "sex")):
        with pytest.raises(ParameterError, match="The column to be learnt is among those to leave out"):
            load(Choice("sex", ignore), age=AGE, sex=SEX)
    loaded = load(Choice("age", ("sex",)), age=AGE, sex=SEX, height=AGE)
    assert (loaded.target, found(loaded)["sex"]) == ("age", ("left out", 0, "as --ignore says"))
    with pytest.raises(DataError, match=r"people\.csv has no column 'sx'\. Did you mean 'sex'"):
        load(Choice("sx"), age=AGE, sex=SEX)
    with pytest.raises(DataError, match=r"people\.csv has no column 'nme'"):
        load(Choice(ignore=("nme",)), age=AGE, sex=SEX)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"age": ["1", "x", *AGE[2:]], "sex": SEX}, "line 3: 'x' in the column 'age' is no number.* leave it empty"),
        ({"age": [*AGE[:9], "1e999", *AGE[10:]], "sex": SEX}, "line 11: '1e999' in the column 'age' is not finite"),
        ({"age": [*AGE[:9], "inf", *AGE[10:]], "sex": SEX}, "line 11: 'inf' in the column 'age' is not finite"),
        ({"d": ["31.02.2000", *["01.02.2000"] * 39], "sex": SEX}, "line 2: '31.02.2000' in the column 'd' is no date"),
        ({"age": [f"{k}e300" for k in range(40)], "sex": SEX}, "the numbers|numbers in the column 'age' are too large"),
        ({"age": AGE, "sex": ["f"] * 40}, "the target 'sex' is 'f' in every row. There must be two classes"),
        ({"age": AGE, "y": ["1.5"] * 40}, "the target 'y' is 1.5 in every row"),
        ({"age": AGE, "sex": [""] * 40}, "the target 'sex' is empty in every row. Name another with --target"),
        ({"age": AGE, "name": [f"n{k}" for k in range(40)]}, "'name' has 40 different values in 40 rows, too many"),
        ({"age": ["5"], "sex": ["f"]}, "people.csv has one row with a target. Learning and testing need some more"),
        ({"age": ["5", "6"], "sex": ["f", "m"]}, "Cannot hold a share of 0.2 of 2 samples out"),
        ({"sex": SEX}, "people.csv has one column alone, 'sex'; what it is to be learnt from is missing"),
        ({"name": [f"n{k}" for k in range(40)], "sex": SEX}, "has no column to learn from .'name': text, 40 different"),
    ],
)
def test_rows_34_and_38_what_nothing_can_be_learnt_from(load, columns, said):
    with pytest.raises(DataError, match=said):
        load(**columns)


def test_a_table_too_wide_for_a_model_file_is_refused_before_training(load, monkeypatch):
    monkeypatch.setattr("glassnet.data.standard.MOST_COMMAS", 5)
    with pytest.raises(
        DataError, match=r"2 columns, which become 3 numbers: more features .* Leave some out: --ignore"
    ):
        load(age=AGE, colour=["red", "blue"] * 20, sex=SEX)


def test_the_same_table_again_for_a_network_that_exists(load, tmp_path):
    loaded = load(seed=3, age=["", *AGE[1:]], colour=["red", "blue"] * 20, sex=SEX)
    train = loaded.parts.train
    parts, whole = load_again(tmp_path / "people.csv", 3, train.preparation, train.classes)
    assert (parts.train.fingerprint, parts.test.fingerprint) == (train.fingerprint, loaded.parts.test.fingerprint)
    assert len(whole) == 40


def test_row_36_another_table_for_a_network_that_exists(load, tmp_path):
    train = load(age=AGE, colour=["red", "blue"] * 20, sex=SEX).parts.train
    path = tmp_path / "new.csv"
    path.write_text("sex;colour;other;age\nm;blue;9;33,5\na;pink;9;\n", "utf-8")
    _, whole = load_again(path, 0, train.preparation, train.classes)
    fill = train.preparation.columns.columns[0].fill
    assert (whole.x.tolist(), whole.labels) == ([[33.5, 1, 0], [fill, 0, 0]], ["m", "a"])
    assert whole.classes == ("f", "m", "a")  # those that the network knows keep their numbers
    path.write_text("sex,age\nm,33\nf,34\n", "utf-8")
    with pytest.raises(DataError, match=r"new\.csv has no column 'colour'"):
        load_again(path, 0, train.preparation, train.classes)


def test_load_data_reads_tables(load, tmp_path):
    train = load(age=AGE, sex=SEX).parts.train
    assert load_data(tmp_path / "people.csv").train.fingerprint == train.fingerprint
