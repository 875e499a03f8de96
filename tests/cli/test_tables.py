"""Tables on the command line, as somebody who has never seen glassnet before would use them."""

import json
from pathlib import Path

import numpy as np
import pytest

PEOPLE = "nr;имя;рост;вес;город;пол\r\n" + "".join(
    f"{k};имя{k};{150 + 3 * (k % 9) + 14 * (k % 2)},5;{'' if k % 11 == 5 else f'{50 + 2 * (k % 7) + 15 * (k % 2)},25'};"
    f"{('Омск', 'Тверь')[k % 3 == 0]};{'' if k == 7 else ('жен', 'муж')[k % 2]}\r\n"
    for k in range(1, 61)
)


@pytest.fixture
def people(folder):
    """A table as a spreadsheet in Russian saves it."""
    (folder / "люди.csv").write_bytes(PEOPLE.encode("cp1251"))
    return "люди.csv"


@pytest.fixture
def trained(glassnet, people):
    assert glassnet("train", people, "--target", "пол", "--epochs", "20", "--quiet").code == 0
    return "model.safetensors"


def test_train_says_what_it_makes_of_a_table(glassnet, people):
    called = glassnet("train", people, "--epochs", "20")
    assert called.code == 0
    said = [line for line in called.err.splitlines() if not line.startswith("Compiling")]
    assert said[:10] == [
        "люди.csv: 59 rows, Windows-1251 (Cyrillic), semicolons between cells, decimal commas.",
        "  column  kind      empty  what becomes of it",
        "  nr      left out  ·      a running number",
        "  имя     left out  ·      text, 59 different ones in 59 rows",
        "  рост    number    ·      150.5 to 188.5",
        "  вес     number    6      50.25 to 77.25; 63.75 where it is empty",
        "  город   category  ·      2: Омск, Тверь",
        "To be learnt: пол, 2 classes: жен, муж.",
        "Rows without a пол are left out: 1.",
        "Held out for the test: 12 rows.",
    ]
    assert "12 test samples are right" in called.out


def test_show_tells_the_columns(glassnet, trained):
    out = glassnet("show", trained).out
    assert "  рост    number    " in out
    assert "  город   category  Омск, Тверь; none of these where it is empty" in out
    assert "answers with: пол" in out
    steps = glassnet("show", trained, "--json").json["preparation"]["steps"]
    assert [column["name"] for column in steps[0]["columns"]] == ["рост", "вес", "город"]


def test_row_36_predict_finds_columns_by_name_and_writes_answers_beside_them(glassnet, trained, folder):
    new = "вес;город;note;рост;nr\r\n80,5;Тверь;=1+1;190,5;5\r\n;Псков;-2;150;6\r\n"
    (folder / "new.csv").write_bytes(new.encode("cp1251"))
    called = glassnet("predict", trained, "new.csv", "-o", "answers.csv")
    assert (called.code, called.out) == (0, "2 rows with their answers are in answers.csv.\n")
    assert called.err.splitlines() == [
        "город: not learnt, so none of its categories: Псков.",
        "Empty cells are filled as in training: вес 1.",
    ]
    text = (folder / "answers.csv").read_bytes().decode("utf-8")
    head, *rows = text.removeprefix("\ufeff").split("\r\n")[:-1]
    assert text.startswith("\ufeff")
    assert head == "вес;город;note;рост;nr;пол;sure"
    assert [row.rsplit(";", 1)[0] for row in rows] == [
        "80,5;Тверь;'=1+1;190,5;5;муж",
        ";Псков;-2;150;6;жен",
    ]
    assert all(0.5 <= float(row.rsplit(";", 1)[1].replace(",", ".")) <= 1 for row in rows)
    refusal = glassnet("predict", trained, "new.csv", "-o", "answers.csv").refusal()
    assert "'answers.csv' exists already" in refusal
    assert glassnet("predict", trained, "new.csv", "-o", "answers.csv", "--force", "--quiet").out == ""


def test_predict_shows_a_table(glassnet, trained, people):
    called = glassnet("predict", trained, people)
    lines = called.out.splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("line 2: муж, ")
    assert lines[-1] == "… and 40 more; -o answers.csv writes all of them."
    answers = glassnet("predict", trained, people, "--json").json["answers"]
    assert len(answers) == 60
    assert answers[0].keys() == {"пол", "sure"}


PLAIN = "рост,вес,город\n190.5,80,Тверь\n150,50,Омск\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN.encode("utf-16"), id="row 31: UTF-16"),
        pytest.param(PLAIN.encode("cp1251"), id="row 31: Windows-1251"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="row 31: a byte order mark"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="row 32: CR"),
        pytest.param(PLAIN.replace("Омск", '"Омск\n"').encode(), id="row 32: a quoted newline"),
        pytest.param(PLAIN.replace(",", ";").replace(".", ",").encode(), id="row 35: decimal commas"),
        pytest.param("город,вес,more,рост\nТверь,80,,190.5\nОмск,50,,150\n".encode(), id="row 36: another order"),
    ],
)
def test_predict_reads_what_train_reads(glassnet, trained, folder, content):
    (folder / "plain.csv").write_text(PLAIN, "utf-8")
    (folder / "new.csv").write_bytes(content)
    answers = glassnet("predict", trained, "new.csv", "--json").json["answers"]
    assert answers == glassnet("predict", trained, "plain.csv", "--json").json["answers"]
    assert [answer["пол"] for answer in answers] == ["муж", "жен"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "рост,вес,город\n190,80,Омск\n150,50\n", "line 3: 2 cells, but the first line names 3", id="row 33"
        ),
        pytest.param(
            "рост,вес,город\n190,inf,Омск\n", "line 2: 'inf' in the column 'вес' is not finite", id="row 34: inf"
        ),
        pytest.param(
            "рост,вес,город\n190,1e999,Омск\n", "line 2: '1e999' in the column 'вес' is not", id="row 34: 1e999"
        ),
        pytest.param("рост,вес,рост\n190,80,1\n", "the columns 1 and 3 have one name, 'рост'", id="row 36: twice"),
        pytest.param("рост,вес\n190,80\n", "new.csv has no column 'город'", id="row 36: missing"),
        pytest.param(
            "190.5,80,Омск\n", "the first line should name the columns, but it holds numbers", id="row 38: no header"
        ),
        pytest.param("рост,вес,город\n", "names columns, but has no rows", id="row 38: no rows"),
    ],
)
def test_predict_refuses_what_train_refuses(glassnet, trained, folder, text, said):
    (folder / "new.csv").write_text(text, "utf-8")
    assert said in glassnet("predict", trained, "new.csv").refusal()


def test_rows_34_and_37_predict_fills_empty_cells_and_says_so(glassnet, trained, folder):
    (folder / "new.csv").write_text("рост,вес,город\n190,nan,\n170,,\n", "utf-8")
    called = glassnet("predict", trained, "new.csv")
    assert (called.code, called.err) == (0, "Empty cells are filled as in training: вес 2, город 2.\n")


def test_predict_takes_a_row_of_cells(glassnet, trained):
    rows = ["190.5,80,Тверь", "190,5;80;Тверь", "город=Тверь,рост=190.5,вес=80"]
    said = [
        line.removeprefix(row)
        for row, line in zip(rows, glassnet("predict", trained, *rows).out.splitlines(), strict=True)
    ]
    assert said[0].startswith(": муж, ")
    assert len(set(said)) == 1
    assert (
        "They are рост,вес,город: give them all; a cell may be empty." in glassnet("predict", trained, "1,2").refusal()
    )
    assert (
        "the row, line 1: 'big' in the column 'рост' is no number"
        in glassnet("predict", trained, "big,80,Омск").refusal()
    )
    assert "There is no file 'new.csv'" in glassnet("predict", trained, "new.csv").refusal()


def test_evaluate_judges_the_rows_that_were_held_out(glassnet, trained, people, folder):
    assert "of 12 test samples are right" in glassnet("evaluate", trained, people).out
    (folder / "new.csv").write_text("nr,рост,вес,город,пол\n5,190,80,Тверь,муж\n6,150,,Омск,жен\n", "utf-8")
    called = glassnet("evaluate", trained, "new.csv")
    assert "2 of 2 test samples are right" in called.out
    assert "earest" not in called.out  # what it learnt from is not there
    (folder / "new.csv").write_text("nr,рост,вес,пол\n5,190,80,муж\n", "utf-8")
    assert "new.csv has no column 'город'" in glassnet("evaluate", trained, "new.csv").refusal()
    (folder / "new.csv").write_text("nr,рост,вес,город\n5,190,80,Омск\n", "utf-8")
    assert "new.csv has no column 'пол'" in glassnet("evaluate", trained, "new.csv").refusal()


def test_data_check_takes_the_target_too(glassnet, people):
    called = glassnet("data", "check", people, "--target", "город", "--ignore", "пол")
    assert "To be learnt: город, 2 classes: Омск, Тверь." in called.err
    assert "2 classes" in called.out


def test_explain_and_reproduce(glassnet, trained):
    explained = glassnet("explain", trained, "--input", "190.5,80,Тверь", "--target", "муж")
    assert (explained.code, "Forward" in explained.out) == (0, True)
    assert "Inputs, scaled: x1 рост, x2 вес, x3 город=Омск, x4 город=Тверь." in explained.err
    assert glassnet("reproduce", trained).code == 0


def test_numbers_come_back_in_their_unit(glassnet, folder):
    x = np.linspace(0, 10, 80)
    lines = [f"{a:.3f},{1000 + 50 * a:.2f}" for a in x]
    (folder / "rents.csv").write_text("rooms,rent\n" + "\n".join(lines) + "\n")
    trained = glassnet("train", "rents.csv")
    assert "; losses count them in units of 1" in trained.err
    said = glassnet("predict", "model.safetensors", "5").out
    assert float(said.removeprefix("5: ")) == pytest.approx(1250, abs=20)
    judged = glassnet("evaluate", "model.safetensors", "rents.csv", "--json").json
    assert judged["root_mean_squared_error"] < 20
    assert judged["r2"] > 0.97
    assert f"R² {judged['r2']:.4f}, 16 samples" in glassnet("show", "model.safetensors").out
    assert "y means 14" in glassnet("explain", "model.safetensors", "--input", "5", "--target", "1250").err
    assert "The column rooms is 500, in training it was" in glassnet("predict", "model.safetensors", "500").err
    assert glassnet("predict", "model.safetensors", "rents.csv", "-o", "a.csv").code == 0
    head, first, *_ = (folder / "a.csv").read_text().splitlines()
    assert head == "rooms,rent,rent (answer)"
    assert float(first.split(",")[2]) == pytest.approx(1000, abs=25)
    assert glassnet("reproduce", "model.safetensors").code == 0


def test_archives(glassnet, folder):
    x = np.random.default_rng(0).normal(size=(60, 2))
    np.savez("points.npz", x=x, y=(x[:, 0] > 0).astype(int), names=["right", "up"])
    assert glassnet("train", "points.npz", "--epochs", "20", "-q").code == 0
    np.savez("new.npz", x=[[2.0, 0.0], [-2.0, 0.0]])
    lines = glassnet("predict", "model.safetensors", "new.npz").out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["row 1: 1", "row 2: 0"]
    assert glassnet("predict", "model.safetensors", "right=2,up=0").out.startswith("right=2,up=0: 1")
    assert "test samples are right" in glassnet("evaluate", "model.safetensors", "points.npz").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train", "none.csv", "--target", "y"], "There is no folder 'none.csv', no table,"),
        (["train", "xor", "--target", "y"], "--target, --ignore and --task are about tables."),
        (["train", "people.csv", "--target", "age2"], "people.csv has no column 'age2'. Did you mean 'age'?"),
        (["train", "people.csv", "--task", "text"], "--task must be one of classes, numbers"),
        (
            ["train", "people.csv", "--ignore", "age"],
            "people.csv has no column to learn from ('age': as --ignore says)",
        ),
        (["predict", "people", "0,0", "-o", "a.csv"], "--out writes the answers to a table."),
        (["predict", "people", "people.csv"], "This network did not learn from a table"),
    ],
)
def test_what_is_refused(glassnet, folder, models, words, said):
    (folder / "people.csv").write_text("age,sex\n" + "30,f\n40,m\n" * 9)
    (folder / "people").symlink_to(models / "people")
    assert said in glassnet(*words).refusal()


def test_row_38_one_row(glassnet, folder):
    (folder / "t.csv").write_bytes("a,b\n1,x\n".encode("utf-16"))
    assert "t.csv has one row with a target" in glassnet("train", "t.csv").refusal()


@pytest.fixture
def heights(folder):
    """Where the height tells the answer, but for the rows in lines 7 and 8, of which each says another, and line 9."""
    rows = [f"{150 + k},{k % 5},{'tall' if k >= 60 else 'small'}" for k in range(120)]
    rows[5:8] = ["300,1,tall", "300,1,small", "151,1,tall"]
    (folder / "heights.csv").write_text("\n".join(["height,shoe,class", *rows]))
    return "heights.csv"


def test_samples_of_a_table_are_called_by_their_lines(glassnet, heights, folder):
    checked = glassnet("data", "check", heights)
    assert "  line 7 (is tall) and line 8 (is small)\n" in checked.out
    assert "\n  line 9 is tall, rather small (" in checked.out
    assert " sample " not in checked.out
    document = glassnet("data", "check", heights, "--json").json
    assert document["equal"]["contradictions"][0][1]["called"] == "line 8"
    assert "line 9" in [one["called"] for one in document["suspects"]]
    assert glassnet("train", heights, "--quiet").code == 0
    (folder / "new.csv").write_text("class,shoe,height\n\nsmall,3,155\ntall,3,156\n")
    said = glassnet("evaluate", "model.safetensors", "new.csv")
    assert "\n  line 4: tall taken for small, " in said.out
    assert glassnet("evaluate", "model.safetensors", "new.csv", "--json").json["mistakes"][0]["called"] == "line 4"
    for cells, said in (
        ("huge,3,155", "new.csv has the class 'huge' (line 2); the network knows small, tall."),
        ("tall,3,1e300", "new.csv, line 2: 1e+300 in the column 'height' is too large to compute with."),
    ):
        (folder / "new.csv").write_text(f"class,shoe,height\n{cells}\n")
        assert said in glassnet("evaluate", "model.safetensors", "new.csv").refusal()


def test_what_is_to_be_learnt_can_be_said_to_show_and_lab_too(glassnet, people):
    called = glassnet("show", people, "--target", "город", "--ignore", "пол")
    assert "To be learnt: город, 2 classes: Омск, Тверь.\n" in called.err
    assert "  пол     left out  ·      as --ignore says\n" in called.err
    words = ("lab", people, "--target", "город", "--net", "dense2", "--epochs", "1", "--runs", "2", "--workers", "1")
    called = glassnet(*words)
    assert called.code == 0, called.err
    rows = [json.loads(line) for line in Path("lab.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["samples"] for row in rows] == [12, 12]
    assert glassnet("lab", people, *words[4:], "--out", "other.jsonl").code == 0  # пол
    assert "holds runs of other settings: data.fingerprint: " in glassnet("lab", people, *words[4:]).refusal()


@pytest.mark.parametrize("words", [("show", "digits"), ("lab", "xor"), ("train", "digits"), ("data", "check", "xor")])
@pytest.mark.parametrize("choice", [("--target", "x"), ("--ignore", "x"), ("--task", "classes")])
def test_choices_about_tables_where_there_is_none(glassnet, words, choice):
    assert glassnet(*words, *choice).refusal() == (
        "glassnet: --target, --ignore and --task are about tables. Give a CSV file, or leave them out.\n"
    )


def test_choices_about_tables_and_a_model(glassnet, trained):
    assert glassnet("show", trained, "--target", "пол").refusal().endswith("A model says what it answers with.\n")
