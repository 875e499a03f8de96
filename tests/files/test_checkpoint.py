import os
import subprocess
import sys

import numpy as np
import pytest

from glassnet.atomic import SUFFIX
from glassnet.errors import ModelFileError, OutputError, ParameterError, VersionError
from glassnet.files import claim, differences, load_checkpoint, remove_checkpoint, save_checkpoint
from tests.files.crafting import put_together, taken_apart


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.checkpoint"


def keep(path, step):
    save_checkpoint(path, {"step": step}, {"weights": np.full(3, float(step))})


def step_at(path):
    loaded = load_checkpoint(path)
    assert loaded is not None
    content, tensors, note = loaded
    assert set(tensors["weights"]) == {content["step"]}
    assert note == ""
    return content["step"]


def test_there_is_nothing_before_the_first(path):
    assert load_checkpoint(path) is None
    assert load_checkpoint(path / "of" / "nothing") is None
    remove_checkpoint(path)


def test_the_newest_and_the_one_before_it_are_kept(path):
    for step in range(4):
        keep(path, step)
    assert step_at(path) == 3
    assert sorted(os.listdir(path.parent)) == ["run.checkpoint", "run.checkpoint.previous"]
    path.unlink()
    assert step_at(path) == 2
    remove_checkpoint(path)
    assert os.listdir(path.parent) == []


def test_content_that_cannot_be_written_leaves_both(path):
    keep(path, 1)
    with pytest.raises(ParameterError, match="is not JSON"):
        save_checkpoint(path, {"loss": float("nan")}, {})
    assert step_at(path) == 1


def test_a_folder_or_a_link_is_not_replaced(path):
    path.mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        keep(path, 1)
    path.rmdir()
    path.symlink_to("elsewhere")
    with pytest.raises(OutputError, match="it is a symbolic link"):
        keep(path, 1)


def test_a_previous_that_cannot_be_replaced_is_said(path):
    keep(path, 1)
    path.with_name(path.name + ".previous").mkdir()
    with pytest.raises(OutputError, match=r"Cannot rename '.*\.new': .*\. The checkpoint in it is whole"):
        keep(path, 2)
    assert step_at(path) == 2


def test_row_13_a_newer_checkpoint_does_not_give_way_to_an_older_one(path):
    keep(path, 1)
    keep(path, 2)
    header, document, data = taken_apart(path.read_bytes())
    document.update(format=2, version="9.0")
    path.write_bytes(put_together(header, document, data))
    with pytest.raises(VersionError, match=r"written by glassnet '9\.0'"):
        load_checkpoint(path)


def test_row_79_leftovers_of_killed_saves_are_ignored_and_removed(path):
    keep(path, 1)
    for name in (path.name, path.name + ".new", path.name + ".previous"):
        path.with_name(f".{name}.0123456789ab{SUFFIX}").write_bytes(b"half")
    other = path.with_name(f".other.0123456789ab{SUFFIX}")
    other.touch()
    assert step_at(path) == 1
    assert sorted(os.listdir(path.parent)) == [other.name, path.name]


def test_row_80_where_no_checkpoint_is_whole_the_error_says_so(path):
    keep(path, 1)
    keep(path, 2)
    for file in path.parent.iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(ModelFileError, match=r"No checkpoint is whole\. Cannot read '.*checkpoint': .*cut short"):
        load_checkpoint(path)


def test_row_80_a_corrupt_newest_does_not_push_the_good_one_out(path):
    keep(path, 1)
    keep(path, 2)
    path.write_bytes(b"")
    keep(path, 3)
    assert step_at(path) == 3


def test_row_82_what_changed_is_named():
    then = {"epochs": 5, "net": {"layers": [{"units": 8}, {"units": 2}], "seed": 1}, "data": "sha256:1", "gone": [1]}
    now = {"epochs": 9, "net": {"layers": ({"units": 8}, {"units": 3}), "seed": 1}, "data": "sha256:2", "came": None}
    assert differences(then, now) == [
        "came: not set then, None now",
        "data: sha256:1 then, sha256:2 now",
        "epochs: 5 then, 9 now",
        "gone.0: 1 then, not set now",
        "net.layers.1.units: 2 then, 3 now",
    ]
    assert differences(then, then) == []
    assert differences({"rate": 0.1}, {"rate": 0.2}) == ["rate: 0.1 then, 0.2 now"]


def test_row_83_a_second_training_into_one_file_is_refused(path):
    with claim(path):
        with pytest.raises(OutputError, match=rf"Another training is writing {str(path)!r}\. Wait until it ends"):
            claim(path).__enter__()
        with claim(path.with_name("another")):
            pass
    with claim(path):
        pass


PROGRAM = """
import sys
from glassnet.files import claim
with claim(sys.argv[1]):
    print("claimed", flush=True)
    sys.stdin.read()
"""


def test_row_83_a_second_process_is_refused_until_the_first_ends_or_is_killed(path):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"claimed\n"
        with pytest.raises(OutputError, match="Another training is writing"):
            claim(path).__enter__()
        first.kill()
        first.wait()
        with claim(path):
            pass


def test_row_83_a_claim_is_refused_where_nothing_can_be_written(path):
    with pytest.raises(OutputError, match="Make that folder first"):
        claim(path / "missing" / "file").__enter__()
    assert not path.exists()
    with pytest.raises(OutputError, match="it is a folder"):
        claim(path.parent).__enter__()
    path.with_name(f".{path.name}.lock").mkdir()
    with pytest.raises(OutputError, match="Cannot write beside"):
        claim(path).__enter__()
