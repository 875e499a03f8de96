"""docs/benchmarks.md and its chart from what `glassnet bench --json` said: python -m benchmarks.page RUN.json …

Several files are the parts of one run. What stands between the two marks on the page is replaced, the rest stays.
"""

import json
import sys
from pathlib import Path

from glassnet.benchmarks import Results, save_chart

DOCS = Path(__file__).parents[1] / "docs"
MARKS = "<!-- measured -->\n", "<!-- end of what was measured -->\n"
TARGETS = {
    ("xor", "float32", "torch"): 1000,
    ("xor", "float32", "jax"): 1,
    ("perceptron", "float32", "numpy"): 50,
    ("perceptron", "float32", "numpy-matrix"): 5,
    ("mlp", "float32", "torch"): 3,
    ("mlp", "float32", "jax"): 1.5,
    ("mlp", "float32", "sklearn"): 5,
    ("cnn", "float32", "torch"): 3,
    ("cnn", "float32", "torch-bf16"): 1.5,
    ("cnn", "float32", "keras-torch"): 4,
    ("cnn", "float32", "keras-tensorflow"): 4,
    ("cnn", "bf16", "torch-bf16"): 3,
    ("xor-1000", "float32", "one-by-one"): 8,
    ("one-picture", "float32", "onnxruntime"): 1,
    ("many-pictures", "float32", "onnxruntime"): 1.2,
    ("to-99", "float32", "torch"): 3,
    ("to-99-any", "float32", "torch"): 4,
    ("memory", "float32", "torch"): 2,
}


def together(parts: list[Results]) -> Results:
    """The parts of a run as one, with the machine and the rounds of the first."""
    first = parts[0]
    for part in parts[1:]:
        first.rows += part.rows
        first.missing += part.missing
        first.shares += part.shares
        first.versions |= part.versions
    return first


def page(old: str, results: Results) -> str:
    """The page with these results in place of what it held."""
    before, rest = old.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    return f"{before}{MARKS[0]}\n{results.markdown(TARGETS)}\n{MARKS[1]}{after}"


def main() -> None:
    """Write the page and its chart."""
    results = together([Results.of(json.loads(Path(name).read_text("utf-8"))) for name in sys.argv[1:]])
    path = DOCS / "benchmarks.md"
    path.write_text(page(path.read_text("utf-8"), results), "utf-8")
    save_chart(results, DOCS / "pictures" / "benchmarks.png")


if __name__ == "__main__":
    main()
