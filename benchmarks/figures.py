"""The accuracies that the documents state, measured through the command line: python -m benchmarks.figures

Every row is a command, run for each seed in a new process; docs/figures.md holds the result. It takes about an hour
on two cores and needs the MNIST files.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks import tables

ROWS = (
    ("mnist --net perceptron", range(5)),
    ("mnist --net mlp", range(5)),
    ("mnist --net cnn", range(3)),
    ("digits", range(5)),
)
PAGE = Path(__file__).parents[1] / "docs" / "figures.md"


def command(*words: str) -> dict[str, float]:
    """What a glassnet command says with --json."""
    done = subprocess.run([sys.executable, "-m", "glassnet", *words, "--json"], check=True, capture_output=True)
    return json.loads(done.stdout)


def measure(words: str, seed: int, folder: Path) -> tuple[float, float]:
    """Test accuracy, as `evaluate` says it, and the seconds that the training command took as a whole."""
    model = str(folder / "model.safetensors")
    start = perf_counter()
    command("train", *words.split(), "--seed", str(seed), "--out", model, "--force")
    seconds = perf_counter() - start
    return command("evaluate", model, words.split()[0])["accuracy"], seconds


def main() -> None:
    """Measure all rows and write the page."""
    machine = (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"NumPy {version('numpy')}, Numba {version('numba')}"
    )
    lines = [
        "# Measured accuracies",
        "",
        f"By `make figures` on {datetime.now(UTC):%Y-%m-%d}; {machine}. "
        "Default settings, so the compiled engine; the settings of the presets were chosen on held-out training "
        "samples, never on a test set. Seconds are those of the whole command.",
        "",
        "| command | seeds | test accuracy of each | mean | least | seconds |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for words, seeds in ROWS:
            found = [measure(words, seed, Path(folder)) for seed in seeds]
            accuracies, seconds = zip(*found, strict=True)
            lines.append(
                f"| `glassnet train {words}` | {seeds.start} to {seeds.stop - 1} "
                f"| {', '.join(f'{accuracy:.4f}' for accuracy in accuracies)} "
                f"| {statistics.mean(accuracies):.4f} | {min(accuracies):.4f} "
                f"| {min(seconds):.0f} to {max(seconds):.0f} |"
            )
            print(lines[-1], flush=True)
    PAGE.write_text("\n".join([*lines, "", tables.report()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
