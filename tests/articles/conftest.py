"""The command line, as the readers of the articles type it."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from glassnet.cli import main


@dataclass(frozen=True)
class Printed:
    """What a command said on standard output and on standard error."""

    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON object that a command with --json prints."""
        return json.loads(self.out)


@pytest.fixture
def command(monkeypatch, capsys):
    """command("train", "xor") is `glassnet train xor`; it has to succeed."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["glassnet", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        printed = Printed(*capsys.readouterr())
        assert left.value.code == 0, printed.err
        return printed

    return run
