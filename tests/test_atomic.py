import errno
import os
import stat
from io import BufferedWriter, FileIO

import pytest

from glassnet import atomic
from glassnet.atomic import SUFFIX, atomic_write, check_target, remove_stale
from glassnet.errors import DataError, OutputError


def write(path, data=b"new"):
    with atomic_write(path) as file:
        file.write(data)


def write_half(path, error):
    with atomic_write(path) as file:
        file.write(b"half")
        raise error


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    return path


def leftovers(path):
    return [entry.name for entry in path.parent.iterdir() if entry.name.endswith(SUFFIX)]


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "file")
    finally:
        os.umask(before)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


def test_a_replaced_file_hands_its_permissions_on(old):
    old.chmod(0o604)
    write(old)
    assert old.read_bytes() == b"new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


def test_a_name_without_a_folder_is_written_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write("here")
    assert (tmp_path / "here").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["ein Wört", "名前", "a'b\"c", "two\nlines", "-rf", "*?[", "$(true)"])
def test_row_59_names_in_any_script(tmp_path, name):
    write(tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"new"
    assert os.listdir(tmp_path) == [name]


def test_an_error_inside_the_block_leaves_the_old_file_and_passes(old):
    with pytest.raises(DataError, match="no sense"):
        write_half(old, DataError("It makes no sense."))
    assert old.read_bytes() == b"old"
    assert leftovers(old) == []


def test_ctrl_c_inside_the_block_leaves_the_old_file(old):
    with pytest.raises(KeyboardInterrupt):
        write_half(old, KeyboardInterrupt())
    assert old.read_bytes() == b"old"
    assert leftovers(old) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"no folder '.*/missing'\. Make that folder first"):
        write(tmp_path / "missing" / "file")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match=r"it is a folder\. Give the name of a file in it"):
        write(tmp_path)
    with pytest.raises(OutputError, match="it is a folder"):
        check_target(tmp_path)


def test_a_file_is_no_folder(old):
    with pytest.raises(OutputError, match="Not a directory"):
        write(old / "file")


def test_a_device_is_not_replaced():
    with pytest.raises(OutputError, match="not an ordinary file"):
        write("/dev/null")


def test_a_name_that_no_disk_can_hold(tmp_path):
    with pytest.raises(OutputError, match="null"):
        write(tmp_path / "a\0b")
    with pytest.raises(OutputError, match="Choose a shorter name"):
        write(tmp_path / ("a" * 250))


def test_a_read_only_file_is_respected(old, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # what a user who is not root gets for mode 0o444
    with pytest.raises(OutputError, match=r"it is read-only\. Make it writable"):
        write(old)
    assert old.read_bytes() == b"old"


def test_row_09_a_link_is_refused_on_writing(tmp_path, old):
    link = tmp_path / "link"
    link.symlink_to(old)
    with pytest.raises(OutputError, match=r"symbolic link\. Write to '.*/file' instead"):
        write(link)
    assert old.read_bytes() == b"old"
    assert link.is_symlink()


def test_row_09_a_link_planted_at_the_temporary_name_is_not_followed(tmp_path, old, monkeypatch):
    monkeypatch.setattr(os, "urandom", bytes)  # a stranger who guesses the name: zeros
    planted = tmp_path / f".target.{bytes(6).hex()}{SUFFIX}"
    planted.symlink_to(old)
    with pytest.raises(OutputError, match="File exists"):
        write(tmp_path / "target")
    assert old.read_bytes() == b"old"


def fail(error):
    def function(*arguments, **named):
        raise OSError(error, os.strerror(error))

    return function


REFUSALS = {
    errno.ENOSPC: "No space left on device. Free some space",
    errno.EIO: "Input/output error",
    errno.EROFS: "Read-only file system. Choose a folder that you may write to",
}


@pytest.mark.parametrize("where", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("error", REFUSALS)
def test_row_77_a_disk_that_refuses_leaves_the_old_file(old, monkeypatch, where, error):
    if where == "open":
        monkeypatch.setattr(atomic, "open", fail(error), raising=False)
    elif where == "write":
        monkeypatch.setattr(atomic, "open", lambda path, mode: refusing_file(path, mode, error), raising=False)
    else:
        monkeypatch.setattr(os, where, fail(error))
    with pytest.raises(OutputError, match=REFUSALS[error]) as caught:
        write(old)
    assert f"Cannot write {str(old)!r}" in str(caught.value)
    assert old.read_bytes() == b"old"
    assert leftovers(old) == []


def refusing_file(path, mode, error):
    """A real file that takes one byte, and whose buffer can then not be emptied: what a full disk is."""

    class Full(FileIO):
        write = fail(error)

    file = Full(path, mode)
    os.write(file.fileno(), b"n")
    return BufferedWriter(file)


def test_row_77_a_folder_that_cannot_be_synced_is_said(old, monkeypatch):
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: fail(errno.EIO)() if stat.S_ISDIR(os.fstat(file).st_mode) else fsync(file)
    )
    with pytest.raises(OutputError, match="did not confirm its name: Input/output error"):
        write(old)
    assert old.read_bytes() == b"new"


def test_row_77_a_file_system_that_cannot_sync_folders_is_no_error(old, monkeypatch):
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: fail(errno.EINVAL)() if stat.S_ISDIR(os.fstat(file).st_mode) else fsync(file)
    )
    write(old)
    assert old.read_bytes() == b"new"


def test_row_78_the_file_is_synced_before_its_rename_and_the_folder_after_it(old, monkeypatch):
    calls = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(file):
        calls.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else f"file of {os.fstat(file).st_size} bytes")
        fsync(file)

    def noted_replace(source, target):
        assert os.path.dirname(source) == os.path.dirname(target)
        calls.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write(old)
    assert calls == ["file of 3 bytes", "rename", "folder"]


def test_row_79_leftovers_are_ignored_and_removed(old):
    mine = old.with_name(f".file.0123456789ab{SUFFIX}")
    others = [old.with_name(f".file.txt.0123456789ab{SUFFIX}"), old.with_name(".file.0123456789ab"), old]
    for path in [mine, *others]:
        path.write_bytes(b"half")
    write(old)
    remove_stale(old)
    assert not mine.exists()
    assert all(path.exists() for path in others)
    remove_stale(old.parent / "missing" / "file")  # nothing there, nothing to say
