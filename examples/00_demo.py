"""What `make demo` shows: a network learns to read digits, and then reads a number in a picture.

It runs the very commands that one would type, and prints them. Everything it makes is in the folder demo/.
"""

import subprocess
import sys
from pathlib import Path

from glassnet.data import load_data
from glassnet.pictures import compose_number, save_grey

FOLDER = Path("demo")
MODEL, PICTURE, SEEN = FOLDER / "digits.safetensors", FOLDER / "number.png", FOLDER / "number-read.png"


def run(*words: str) -> None:
    """Run one glassnet command and leave with its exit code where it fails."""
    print(f"\n$ glassnet {' '.join(words)}", flush=True)
    code = subprocess.call([sys.executable, "-m", "glassnet", *words])
    if code:
        sys.exit(code)


def main() -> None:
    """Train, draw a picture of scans that the network has not seen, read it."""
    FOLDER.mkdir(exist_ok=True)
    run("train", "digits", "--out", str(MODEL), "--force")
    grey, number = compose_number(load_data("digits", seed=0).test, digits=8, seed=0)
    save_grey(grey, PICTURE)
    print(f"\n{PICTURE} is made of scans that the network has not learnt from. It says {number}.")
    run("read", str(PICTURE), "--model", str(MODEL), "--annotate", str(SEEN), "--force")
    print(f"\nWhat it saw is drawn in {SEEN}.")


if __name__ == "__main__":
    main()
