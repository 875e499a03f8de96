from __future__ import annotations

import ast
import json
import os
import shutil
import struct
import sys
from pathlib import Path
from typing import ClassVar

import pytest

import glassnet
from glassnet.engines.cpu import compiling
from tests.engines.cpu.calling import every_kernel
from tests.engines.cpu.processes import finish, run, start

PACKAGE = Path(glassnet.__file__).parent
C_LIBRARY = {"floorf", "fmaf", "log1pf", "logf", "memcpy", "memset", "sched_yield"}

CALL_FOUR = """
import numpy as np
from glassnet.engines.cpu import compiling
from tests.engines.cpu.calling import call
compiled = []
compiling.listener = compiled.append
for name in ("sigmoid", "leaky_relu", "relu", "step"):
    x, y = np.array([-1, 1], np.float32), np.zeros(2, np.float32)
    call(f"activation.{name}_forward", x, y, 1, hi=2)
    print(name, *y.round(3), sep=" ")
print(*filter(None, compiled))
"""
ANSWERS = ["sigmoid 0.269 0.731", "leaky_relu -0.01 1.0", "relu 0.0 1.0", "step 0.0 1.0"]


def undefined(code: bytes) -> list[str]:
    """The names that an ELF64 object file leaves to the linker."""
    (sections,) = struct.unpack_from("<Q", code, 0x28)
    size, count = struct.unpack_from("<HH", code, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", code, sections + k * size) for k in range(count)]
    names = []
    for _, kind, _, _, begin, length, link, *_ in headers:
        if kind == 2:  # a table of symbols; its texts lie in another section
            texts = headers[link][4]
            for entry in range(begin + 24, begin + length, 24):  # the first is none
                name, _, _, section = struct.unpack_from("<IBBH", code, entry)
                if section == 0:
                    names.append(code[texts + name : code.index(b"\0", texts + name)].decode())
    return names


@pytest.fixture
def copied_cache(tmp_path):
    """A cache of its own that holds what the shared one holds; its folder for these sources."""
    folder = compiling.folder()
    return Path(shutil.copytree(folder, tmp_path / "cache" / "glassnet" / "kernels" / folder.name))


def test_object_files_need_nothing_but_the_c_library():
    for name in every_kernel():
        code = compiling._read(name)
        assert code is not None
        assert code[:4] == b"\x7fELF"
        assert set(undefined(code)) <= C_LIBRARY, name


def test_a_warm_start_compiles_nothing_and_wakes_no_numba():
    code = """
import sys
sys.modules["numba"] = None
from glassnet.engines.cpu import compiling
from tests.parity.random_networks import drawn
from tests.parity.steps import assert_parity
compiling.listener = print
for number in (1, 3):
    assert_parity(*drawn(number), steps=2)
for name in NAMES:
    compiling.address(name)
""".replace("NAMES", repr(every_kernel()))
    assert run(code) == ""


def test_constants_from_elsewhere_are_part_of_the_key():
    taken = set()
    for source in (PACKAGE / "engines" / "cpu").glob("[bk]*/*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            module = str(node.module) if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("glassnet.") and not module.startswith("glassnet.engines.cpu."):
                taken.add(module.removeprefix("glassnet.").replace(".", "/") + ".py")
    assert taken == set(compiling.ELSEWHERE)


def test_a_changed_source_is_never_answered_from_a_stale_cache(tmp_path, copied_cache):
    copy = Path(shutil.copytree(PACKAGE, tmp_path / "glassnet", ignore=shutil.ignore_patterns("__pycache__")))
    cache = str(tmp_path / "cache")
    assert run(CALL_FOUR, package=tmp_path, XDG_CACHE_HOME=cache).splitlines() == ANSWERS
    functions, activations = copy / "engines/cpu/blocks/functions.py", copy / "functions/activations.py"
    functions.write_text(functions.read_text("utf-8").replace("(ONE + e)\n", "(ONE + e) + ONE\n"), "utf-8")
    activations.write_text(activations.read_text("utf-8").replace("LEAK = 0.01", "LEAK = 0.5"), "utf-8")
    changed = run(CALL_FOUR, package=tmp_path, XDG_CACHE_HOME=cache).splitlines()
    assert changed[:2] == ["sigmoid 1.269 1.731", "leaky_relu -0.5 1.0"]


def test_a_broken_cache_is_mended(tmp_path, copied_cache):
    sigmoid, leaky, relu = (copied_cache / f"activation.{name}_forward" for name in ("sigmoid", "leaky_relu", "relu"))
    sigmoid.write_bytes(sigmoid.read_bytes()[:-100])
    leaky.write_bytes(bytes(range(256)) * 10)
    relu.write_bytes(b"")
    *answers, compiled = run(CALL_FOUR, XDG_CACHE_HOME=str(tmp_path / "cache")).splitlines()
    assert answers == ANSWERS
    assert compiled.split() == [path.name for path in (sigmoid, leaky, relu)]
    assert run(CALL_FOUR, XDG_CACHE_HOME=str(tmp_path / "cache")).splitlines() == ANSWERS  # nothing compiled again


def test_what_was_used_last_is_kept(tmp_path, copied_cache):
    """The folder in use was made first, but is used again before a fifth one comes."""
    os.utime(copied_cache, (1, 1))
    others = [copied_cache.parent / f"other{k}" for k in range(3)]
    for k, other in enumerate(others):
        other.mkdir()
        os.utime(other, (2 + k, 2 + k))
    run(CALL_FOUR, XDG_CACHE_HOME=str(tmp_path / "cache"))
    compiling._forget_old(copied_cache.parent)
    assert sorted(copied_cache.parent.iterdir()) == sorted([copied_cache, *others[1:]])


def test_without_a_home_and_without_a_place_to_write(tmp_path):
    (tmp_path / "file").write_text("no folder")
    nowhere = str(tmp_path / "file" / "cache")
    *answers, compiled = run(CALL_FOUR, HOME=nowhere, XDG_CACHE_HOME=nowhere).splitlines()
    assert answers == ANSWERS
    assert len(compiled.split()) == 4


SMALL = [f"activation.{name}_{way}" for name in ("linear", "step", "relu") for way in ("forward", "backward")]


class Helper:
    """In place of a second process: what it was asked, and whether it is still there."""

    started: ClassVar[list[list[str]]] = []
    last: ClassVar[Helper]

    def __init__(self, command, **streams):
        self.started.append(command)
        self.calls = []
        Helper.last = self

    def kill(self):
        self.calls.append("kill")

    def wait(self):
        self.calls.append("wait")


def test_many_missing_kernels_are_compiled_from_either_end_and_nobody_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "folder", lambda: tmp_path)
    monkeypatch.setattr(compiling, "_addresses", {})
    monkeypatch.setattr(compiling, "Popen", Helper)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(Helper, "started", [])
    compiling.make_ready(SMALL[:3])
    assert Helper.started == []
    compiling.make_ready([*SMALL, *SMALL])  # three are there
    assert Helper.started == []
    monkeypatch.setattr(compiling, "MANY", 2)
    for name in SMALL[:2]:
        (tmp_path / name).unlink()
    monkeypatch.setattr(compiling, "_addresses", {})
    compiling.make_ready(SMALL)
    (command,) = Helper.started
    assert command[-2:] == sorted(SMALL[:2], reverse=True)
    assert Helper.last.calls == ["kill", "wait"]
    assert {path.name for path in tmp_path.iterdir()} == set(SMALL)


def test_the_second_process_compiles_what_it_is_told_but_for_nobody_elses_sources(tmp_path):
    paths = repr(json.dumps([str(PACKAGE.parent), *sys.path]))
    ask = "import sys; sys.argv[1:] = [" + paths + ", {}, *" + repr(SMALL[:2]) + "]\n" + compiling.HELPING
    run(ask.format("'elsewhere'"), XDG_CACHE_HOME=str(tmp_path))
    assert not list(tmp_path.rglob("activation.*"))
    here = repr(str(tmp_path / "glassnet" / "kernels" / compiling.folder().name))
    run(ask.format(here), XDG_CACHE_HOME=str(tmp_path))
    assert sorted(path.name for path in tmp_path.rglob("activation.*")) == sorted(SMALL[:2])


def test_processes_that_start_at_once_on_an_empty_cache(tmp_path):
    both = [start(CALL_FOUR, XDG_CACHE_HOME=str(tmp_path)) for _ in range(2)]
    for process in both:
        assert finish(process).splitlines()[:4] == ANSWERS
    assert run(CALL_FOUR, XDG_CACHE_HOME=str(tmp_path)).splitlines() == ANSWERS  # and left a sound one
