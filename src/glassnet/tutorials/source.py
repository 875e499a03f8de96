"""From a script file to code: its encoding, lines that only a notebook understands, and what is no Python 3."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.util import decode_source
from pathlib import Path
from types import CodeType

from glassnet.errors import ScriptError

NOTEBOOK_LINE = re.compile(r"(\s*)(?:[%!].*|[\w.]+\?\??\s*)")  # %matplotlib inline, !pip install keras, model?
PYTHON_2 = (  # what the compiler says to it, what that was, and what Python 3 writes
    ("Missing parentheses in call to 'print'", "print without parentheses", "print(…)"),
    ("Missing parentheses in call to 'exec'", "exec without parentheses", "exec(…)"),
    ("multiple exception types must be parenthesized", "except with a comma", "except Error as error:"),
    ("leading zeros in decimal integer literals", "a number that begins with 0", "0o17 where octal is meant"),
)
CODING_HINT = (
    'If it is in the Russian encoding of Windows, write "# coding: cp1251" as its first line; or save it as UTF-8.'
)


@dataclass(frozen=True)
class Script:
    """A script that can be executed: its absolute path, its code, and the notebook lines left out, by their number."""

    path: Path
    code: CodeType
    left_out: dict[int, str]


def read_script(path: Path) -> Script:
    """The script in a file, in the encoding that its first lines declare, or else in UTF-8 with or without a mark.

    Lines that only a notebook understands are left out.

    Raises
    ------
    ScriptError where the file cannot be read, is a notebook, is not in its encoding, or is written in Python 2.
    SyntaxError for any other mistake in it.
    """
    lines = _text(path).split("\n")
    left_out: dict[int, str] = {}
    place = os.path.abspath(path)  # the script may change the working folder
    while True:
        try:
            return Script(Path(place), compile("\n".join(lines), place, "exec", dont_inherit=True), left_out)
        except SyntaxError as error:
            number = error.lineno or 0
            line = lines[number - 1] if 0 < number <= len(lines) else ""
            foreign = NOTEBOOK_LINE.fullmatch(line)
            if not foreign:
                _refuse_python_2(path, error)
                raise
            left_out[number] = line.strip()
            lines[number - 1] = foreign[1] and f"{foreign[1]}pass"  # a block may hold nothing else


def _text(path: Path) -> str:
    if path.suffix == ".ipynb":
        raise ScriptError(f"{str(path)!r} is a notebook.", "Save it as a Python script (.py), and run that.")
    if path.exists() and not path.is_file():
        raise ScriptError(f"Cannot read the script {str(path)!r}: it is {'a folder' if path.is_dir() else 'no file'}.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ScriptError(f"Cannot read the script {str(path)!r}: {error.strerror}.") from error
    if b"\0" in content:
        raise ScriptError(f"{str(path)!r} is no script: it holds zero bytes.", "Save it as UTF-8.")
    try:
        return decode_source(content)
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise ScriptError(f"Line {number} of {path.name} is not in {error.encoding}.", CODING_HINT) from None
    except SyntaxError as error:  # the first two lines are not UTF-8, or name an encoding that Python does not know
        raise ScriptError(f"Cannot decode {path.name}: {error.msg}.", CODING_HINT) from None


def _refuse_python_2(path: Path, error: SyntaxError) -> None:
    for said, what, instead in PYTHON_2:
        if said in error.msg:
            raise ScriptError(
                f"Line {error.lineno} of {path.name} is Python 2: {what}.", f"Python 3 writes {instead}."
            ) from None
