"""The first run says that it compiles, and shows how far it is."""

import shutil
import sys

from glassnet.cli.compilation import _Told
from glassnet.engines.cpu import compiling

SAID = "Compiling kernels for this processor. This happens once, and takes some seconds.\n"
XOR = "xor", "--epochs", "1", "--engine", "cpu", "--force"


def test_the_first_run_says_so_and_the_second_has_no_reason_to(tmp_path, monkeypatch, glassnet, process):
    glassnet("train", *XOR)  # fills the cache
    folder = compiling.folder()
    own = shutil.copytree(folder, tmp_path / "cache" / "glassnet" / "kernels" / folder.name)
    (own / "span.run").unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert process("train", *XOR).err.count(SAID) == 1
    assert SAID not in process("train", *XOR).err


def test_quiet_is_quiet(capsys):
    _Told(quiet=True)("span.run")
    assert capsys.readouterr().err == ""


def test_a_terminal_sees_them_counted(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    told = _Told(quiet=False)
    for kernel in ("span.run", "", "dense.forward", ""):
        told(kernel)
    assert capsys.readouterr().err == SAID + "".join(f"\r\x1b[2K{shown}" for shown in ("kernel 1", "", "kernel 2", ""))
