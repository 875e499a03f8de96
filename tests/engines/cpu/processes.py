"""Python code in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def start(code: str, *, package: Path | None = None, **environment: str) -> subprocess.Popen[str]:
    """Begin to run code that may import glassnet (the one in `package` where given) and tests."""
    path = os.pathsep.join([*([str(package)] if package else []), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=pipe, stderr=pipe, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    """What it printed; the test fails where it ended in an error."""
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return out.strip()


def run(code: str, *, package: Path | None = None, **environment: str) -> str:
    """Run code and give what it printed."""
    return finish(start(code, package=package, **environment))
