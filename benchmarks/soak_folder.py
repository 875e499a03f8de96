"""How much memory a folder of very many pictures takes: python -m benchmarks.soak_folder [COUNT]

Draws COUNT small pictures (200 000 unless told), trains on them, evaluates, removes them, and writes docs/soak.md. It
takes some minutes and 3 GB of disk.
"""

import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image

SIDE = 32
COLOURS = {"blue": (40, 70, 200), "green": (40, 170, 60), "red": (200, 50, 40), "grey": (120, 120, 120)}
PAGE = Path(__file__).parents[1] / "docs" / "soak.md"


def draw(folder: Path, count: int) -> None:
    """A rectangle of the class's colour on other colours, at another place in each picture."""
    random = np.random.default_rng(0)
    for number in range(count):
        name = list(COLOURS)[number % len(COLOURS)]
        path = folder / name / f"{number}.png"
        pixels = np.full((SIDE, SIDE, 3), random.integers(0, 256, 3), np.uint8)
        top, left, height, width = random.integers(4, 15, 4)
        pixels[top : top + height, left : left + width] = COLOURS[name]
        pixels[::3, ::3] += random.integers(0, 9, (11, 11, 1), np.uint8)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path, compress_level=1)


def measured(*words: str, cache: Path) -> tuple[float, float]:
    """The seconds that a glassnet command takes, and the most memory that it had at a time, in MB."""
    start = perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen([sys.executable, "-m", "glassnet", *words, "--quiet"], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"glassnet {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    return perf_counter() - start, usage.ru_maxrss / 1000


def main() -> None:
    """Measure and write the page."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    lines = [
        "# Very many pictures",
        "",
        f"By `make soak` on {datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores, {platform.machine()}, Python "
        f"{platform.python_version()}. {count:,} drawn pictures of {SIDE}×{SIDE} pixels in colour, "
        f"{count * SIDE * SIDE * 3 / 1e6:,.0f} MB once decoded; one epoch. Memory is the most that the process had at "
        "a time, pages of files counted in.",
        "",
        "| command | seconds | memory in MB |",
        "|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as place:
        cache, pictures, few = (Path(place, name) for name in ("cache", "pictures", "few"))
        draw(few, 200)
        draw(pictures, count)
        train = ("--epochs", "1", "--force", "--out", f"{place}/model.safetensors")
        measured("train", str(few), *train, cache=cache)  # compiles the kernels
        for name, words in (
            ("`train`, the first time", ("train", str(pictures), *train)),
            ("`train` once more", ("train", str(pictures), *train)),
            ("`evaluate`", ("evaluate", f"{place}/model.safetensors", str(pictures))),
        ):
            seconds, memory = measured(*words, cache=cache)
            lines.append(f"| {name} | {seconds:.0f} | {memory:.0f} |")
            print(lines[-1], flush=True)
    if count == 200_000:
        PAGE.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
