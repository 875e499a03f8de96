import subprocess
import sys

import pytest

from glassnet.engines import ENGINES, Reference, choose_engine, choosing
from glassnet.errors import ParameterError


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_by_its_own_name(name):
    assert choose_engine(name).name == (name if name != "auto" else "cpu")


def test_the_reference():
    assert isinstance(choose_engine("reference"), Reference)


def test_as_many_threads_as_asked_for():
    assert choose_engine("cpu", 3).threads == 3
    assert choose_engine("auto", 1).threads == 1


def test_each_has_an_engine_of_its_own():
    assert choose_engine() is not choose_engine()


def test_an_engine_that_is_not_there():
    with pytest.raises(ParameterError, match=r"engine must be one of .*reference.*\. Got 'refference'\. Did you mean"):
        choose_engine("refference")


def test_where_nothing_can_be_compiled(monkeypatch):
    monkeypatch.setattr(choosing, "why_not_cpu", lambda: "there is no linker")
    assert isinstance(choose_engine(), Reference)
    with pytest.raises(ParameterError, match=r"The engine cpu does not work here: there is no linker\."):
        choose_engine("cpu")


def test_what_goes_wrong_is_told_in_one_line():
    script = """
from glassnet.engines import choose_engine, why_not_cpu
from glassnet.engines.cpu import compiling
def broken(name):
    raise OSError("no such\\nlibrary")
compiling.address = broken
print(choose_engine().name, why_not_cpu())
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout == "reference OSError: no such\n"
