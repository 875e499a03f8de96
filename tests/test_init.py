"""The names that `from glassnet import …` offers."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from textwrap import dedent

import pytest

import glassnet

HEAVY = ("numpy", "sklearn", "cv2", "matplotlib", "typer", "rich", "PIL", "safetensors")


def python(code):
    """What a fresh interpreter prints that runs `code`; warnings are errors there too."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_stub_names_the_same():
    stub = Path(glassnet.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    named = [alias for line in re.findall(r"^(?:from .* import |    )(.*)$", stub, re.MULTILINE) for alias in _as(line)]
    assert sorted([*named, "__version__"]) == glassnet.__all__


def test_no_name_is_a_room_too():
    """Importing glassnet.x binds the name x in the package, whatever stood there before."""
    assert not {room.name for room in iter_modules(glassnet.__path__)} & set(glassnet.__all__)


def _as(line):
    return re.findall(r"(\w+) as \1\b", line)


def test_names_are_sorted_and_stand_there_once():
    assert glassnet.__all__ == sorted(set(glassnet.__all__))
    assert dir(glassnet) == glassnet.__all__


@pytest.mark.parametrize("name", glassnet.__all__)
def test_every_name_is_there(name):
    assert getattr(glassnet, name) is not None


def test_a_name_is_the_rooms_own():
    from glassnet.layers import Dense

    assert glassnet.Dense is Dense
    assert glassnet.__version__ == version("glassnet")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'glassnet' has no attribute 'Dence'"):
        _ = glassnet.Dence  # type: ignore[attr-defined]
    with pytest.raises(ImportError, match="cannot import name 'Dence' from 'glassnet'"):
        from glassnet import Dence  # type: ignore[attr-defined]  # noqa: F401


def test_importing_it_imports_nothing_else():
    loaded = python("import sys, glassnet; print(*sys.modules)").split()
    assert not [name for name in loaded if name.split(".")[0] in HEAVY]
    assert [name for name in loaded if name.startswith("glassnet")] == ["glassnet"]


def test_a_network_needs_numpy_alone():
    loaded = python(
        "import sys; from glassnet import Dense, Sequential; Sequential([Dense(1)], (2,)); print(*sys.modules)"
    )
    assert [name for name in HEAVY if name in loaded.split()] == ["numpy"]


def test_the_example_in_the_docstring_runs():
    indented = [line for line in glassnet.__doc__.splitlines() if line.startswith("    ") or not line]
    printed = python(dedent("\n".join(indented)))
    answers = [float(word) for word in printed.replace("[", " ").replace("]", " ").split()]
    assert [round(answer) for answer in answers] == [1, 0, 0, 1]
