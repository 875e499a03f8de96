import subprocess
import sys

import pytest

CODE = """
import sys
from pathlib import Path
from glassnet.tutorials import run_script
run_script(Path("script.py"))
print("after")
"""


@pytest.mark.parametrize(
    "line",
    [
        "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')",
        "sys.stdout = open(sys.stdout.fileno(), 'w', encoding='utf-8', closefd=False)",
        "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.buffer)",
        "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.detach())",
        "sys.stdout.reconfigure(encoding='utf-8')",
    ],
)
def test_a_script_that_wraps_its_output_does_not_close_it(folder, line):
    (folder / "script.py").write_text(f"import codecs, io, sys\n{line}\nprint('сеть')\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == ("сеть\nafter\n", "")
