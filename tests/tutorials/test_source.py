import codecs
import os

import pytest

from glassnet.errors import ScriptError
from glassnet.tutorials.source import read_script


@pytest.fixture
def read(tmp_path):
    """read(b"x = 1") gives the script's variables after it was executed, and what was left out."""

    def call(content, name="script.py"):
        (tmp_path / name).write_bytes(content)
        script = read_script(tmp_path / name)
        found: dict[str, object] = {}
        exec(script.code, found)
        return found, script.left_out

    return call


RUSSIAN = "word = 'сеть'\n"


@pytest.mark.parametrize(
    "content",
    [
        RUSSIAN.encode(),
        codecs.BOM_UTF8 + RUSSIAN.encode(),
        codecs.BOM_UTF8 + b"# -*- coding: utf-8 -*-\r\n" + RUSSIAN.encode(),
        b"# -*- coding: cp1251 -*-\n" + RUSSIAN.encode("cp1251"),
        b"#!/usr/bin/python\r\n# vim: set fileencoding=koi8-r :\r\n" + RUSSIAN.encode("koi8-r"),
    ],
    ids=["utf-8", "mark", "mark and line", "cp1251", "koi8-r"],
)
def test_a_script_is_read_in_its_own_encoding(read, content):
    assert read(content)[0]["word"] == "сеть"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x = 1\ny = 2\n" + RUSSIAN.encode("cp1251"), "Line 3 of script.py is not in utf-8."),
        (RUSSIAN.encode("cp1251"), "Cannot decode script.py: invalid or missing encoding declaration"),
        (b"# coding: windows-0\n", "Cannot decode script.py: unknown encoding: windows-0"),
    ],
)
def test_another_encoding_is_explained(read, content, said):
    with pytest.raises(ScriptError) as caught:
        read(content)
    assert said in caught.value.message
    assert 'write "# coding: cp1251" as its first line' in caught.value.hint


def test_a_file_with_zero_bytes_is_no_script(read):
    with pytest.raises(ScriptError, match=r"script.py' is no script: it holds zero bytes. Save it as UTF-8.$"):
        read("x = 1\n".encode("utf-16"))


def test_a_notebook_is_no_script(read):
    with pytest.raises(ScriptError, match=r"digits.ipynb' is a notebook. Save it as a Python script \(.py\)"):
        read(b"{}", "digits.ipynb")


def test_what_cannot_be_read(tmp_path):
    with pytest.raises(ScriptError, match=r"Cannot read the script .*none.py': No such file or directory\.$"):
        read_script(tmp_path / "none.py")
    with pytest.raises(ScriptError, match=r"it is a folder\.$"):
        read_script(tmp_path)
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(ScriptError, match=r"it is no file\.$"):
        read_script(tmp_path / "pipe.py")


def test_lines_of_a_notebook_are_left_out(read):
    found, left_out = read(
        b"%matplotlib inline\n"
        b"from __future__ import division\n"
        b"!pip install 'keras\n"
        b"x = 7\n"
        b"if x:\n"
        b"    %timeit x\n"
        b"x.real?\n"
        b"text = '''\n%d of ten\n''' % x\n"
        b"rest = (x\n% 4)\n"
    )
    assert left_out == {1: "%matplotlib inline", 3: "!pip install 'keras", 6: "%timeit x", 7: "x.real?"}
    assert (found["text"], found["rest"]) == ("\n7 of ten\n", 3)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("print 'XOR'", r"Line 2 of script.py is Python 2: print without parentheses. Python 3 writes print\(…\)."),
        ("print x, 5", "print without parentheses"),
        ("exec 'x = 1'", "exec without parentheses"),
        ("x = 017", "a number that begins with 0. Python 3 writes 0o17"),
        ("try: x\nexcept NameError, error: x", "Line 3 of script.py is Python 2: except with a comma"),
    ],
)
def test_python_2_is_explained(read, line, said):
    with pytest.raises(ScriptError, match=said):
        read(f"x = 1\n{line}\n".encode())


def test_other_mistakes_are_pythons_to_tell(read):
    with pytest.raises(SyntaxError, match="'\\(' was never closed") as caught:
        read(b"x = 1\ny = (x\n")
    assert caught.value.lineno == 2
