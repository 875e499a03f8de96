"""How long a person waits before anything happens, in whole processes: python -m benchmarks.startup"""

import statistics
import subprocess
import sys
from time import perf_counter

ROUNDS = 11


def report() -> str:
    """The medians of starting Python, NumPy and glassnet, taken in turn, as a Markdown table."""
    commands = {
        "import numpy": ("-c", "import numpy"),
        "import numpy, glassnet": ("-c", "import numpy, glassnet"),
        "the same, and load a network": ("-c", "import numpy, glassnet; glassnet.Sequential, glassnet.load"),
        "glassnet --help": ("-m", "glassnet", "--help"),
    }
    taken = [[seconds(*words) for words in commands.values()] for _ in range(ROUNDS)]
    medians = [statistics.median(column) for column in zip(*taken, strict=True)]
    rows = [f"| {name} | {median:.3f} |" for name, median in zip(commands, medians, strict=True)]
    return "\n".join(["| a new process | seconds |", "|---|---|", *rows])


def seconds(*words: str) -> float:
    """The wall time of a Python process."""
    start = perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


if __name__ == "__main__":
    print(report())
