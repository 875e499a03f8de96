import json
from dataclasses import replace

import pytest

from glassnet.errors import DataFileError, OutputError
from glassnet.lab import Results, perform
from tests.lab.jobs import jobs

ROWS = [perform(job) for job in jobs()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lab.jsonl"


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_one_line_a_run(path):
    with Results(path, jobs()) as results:
        assert (results.rows, results.left) == ([], jobs())
        for row in ROWS:
            results.add(row)
    assert [json.loads(line) for line in path.read_text().splitlines()] == json.loads(json.dumps(ROWS))


def test_it_goes_on_where_it_was(path):
    write(path, [ROWS[4], ROWS[1]])
    with Results(path, jobs()) as results:
        assert [row["seed"] for row in results.rows] == [2, 0]
        assert results.left == [jobs()[k] for k in (0, 2, 3, 5)]
        results.add(ROWS[0])
    with Results(path, jobs()) as results:
        assert len(results.left) == 3


@pytest.mark.parametrize("kept", [1, 30, -2])
def test_a_torn_last_line_is_forgotten_and_written_over(path, kept):
    write(path, ROWS[:2])
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    path.write_bytes(whole[:first] + whole[first:][:kept])
    with Results(path, jobs()) as results:
        assert [row["value"] for row in results.rows] == [2]
        results.add(ROWS[1])
    assert path.read_bytes() == whole


def test_fewer_runs_than_the_file_holds(path):
    write(path, ROWS)
    with Results(path, jobs(runs=1)) as results:
        assert (len(results.rows), results.left) == (2, [])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (jobs(widths=(2, 6)), "holds runs of hidden=4, which is not asked for."),
        (jobs(over="units"), "holds runs of hidden=2, which is not asked for."),
        (jobs(epochs=3), "holds runs of other settings: recipe.epochs: 2 then, 3 now."),
        ([replace(job, fingerprint="sha256:0") for job in jobs()], "data.fingerprint: sha256:"),
    ],
)
def test_other_settings_are_refused_by_name_unless_forced(path, asked, said):
    write(path, ROWS)
    with pytest.raises(OutputError) as refused:
        Results(path, asked)
    assert said in refused.value.message
    assert refused.value.hint == "Choose another name with --out, or start anew with --force."
    assert len(path.read_text().splitlines()) == 6
    with Results(path, asked, force=True) as results:
        assert (results.rows, results.left) == ([], asked)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "line", [b"nonsense", b"[]", b"{}", b'"', b"\xff", b"[" * 100_000, b'{"over": "hidden", "value": [2]}']
)
def test_a_file_that_is_something_else(path, line):
    write(path, ROWS[:1])
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(DataFileError, match=r"Line 2 of '.*lab.jsonl' is no run of a lab. Choose another name"):
        Results(path, jobs())


def test_force_starts_anew_only_where_the_file_holds_something_else(path):
    write(path, ROWS)
    with Results(path, jobs(runs=4), force=True) as results:
        assert (len(results.rows), len(results.left)) == (6, 2)
    path.write_bytes(b"something else\n")
    with Results(path, jobs(), force=True) as results:
        assert (results.rows, results.left) == ([], jobs())
    assert path.read_bytes() == b""


def test_a_full_disk(path, monkeypatch):
    with Results(path, jobs()) as results:

        def full(*words):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.write", full)
        with pytest.raises(OutputError, match=r"No space left on device. The runs before are kept"):
            results.add(ROWS[0])
        monkeypatch.undo()
