"""Draws the pictures of the README anew, from what the commands really print: make pictures

Needs the MNIST files for the perceptron's weights and for the seven that is explained. Commands run in a
pseudo-terminal, as a person sees them.
"""

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from glassnet.data import load_data
from glassnet.pictures import compose_number, save_grey

PICTURES = Path(__file__).parent / "pictures"
WIDTH = 96
MOVES = re.compile(r"(\n|\r|\x1b\[[0-9;?]*[A-HJKSTfhl])")  # of the cursor; colours are kept


def run(line: str, picture: str = "") -> None:
    """Run one command line and keep what it prints as an SVG."""
    shown, hidden = pty.openpty()
    words = [sys.executable, "-m", *shlex.split(line)]
    surroundings = os.environ | {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(words, stdin=hidden, stdout=hidden, stderr=hidden, env=surroundings)
    os.close(hidden)
    printed = b""
    while chunk := _read(shown):
        printed += chunk
    if process.wait():
        sys.exit(f"{line} failed:\n{printed.decode()}")
    if picture:
        console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
        console.print(Text.from_ansi(f"$ {line}\n{screen(printed.decode())}"))
        console.save_svg(str(PICTURES / picture), title="glassnet", unique_id=Path(picture).stem)


def screen(printed: str) -> str:
    """What stands on the screen in the end: lines are erased and written anew where the cursor went back."""
    lines, row = [""], 0
    for piece in MOVES.split(printed):
        if piece == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif piece.endswith("A") and piece.startswith("\x1b"):
            row -= 1
        elif piece == "\x1b[2K":
            lines[row] = ""
        elif not MOVES.fullmatch(piece):
            lines[row] += piece
    return "\n".join(lines).strip("\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        run("glassnet train digits --out digits.safetensors", "train.svg")
        run("glassnet evaluate digits.safetensors digits", "evaluate.svg")
        run("glassnet show digits.safetensors", "show.svg")
        run(f"glassnet show digits.safetensors --history {PICTURES / 'history.png'} --force")
        grey, _ = compose_number(load_data("digits", seed=0).test, digits=8, seed=0)
        save_grey(grey, Path("number.png"))
        run("glassnet read number.png --model digits.safetensors", "read.svg")
        run(f"glassnet read number.png --model digits.safetensors --annotate {PICTURES / 'read.png'} --force")
        run("glassnet train mnist --net perceptron --out perceptron.safetensors")
        run(f"glassnet show perceptron.safetensors --weights {PICTURES / 'weights.png'} --force")
        run("glassnet train mnist --net cnn --epochs 1 --out mnist.safetensors")
        save_grey(255 - load_data("mnist", seed=0).test.x[0, :, :, 0], Path("seven.png"))
        drawn = PICTURES / "why.png"
        run(f"glassnet explain mnist.safetensors --input seven.png --picture {drawn} --force")


if __name__ == "__main__":
    main()
