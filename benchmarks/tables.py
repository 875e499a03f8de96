"""Tables with default settings, beside scikit-learn's networks: python -m benchmarks.tables

Iris, wine, breast cancer and diabetes as CSV files, each divided into five folds, three times over. scikit-learn's
networks stand behind a StandardScaler; for numbers the target is scaled too, without which they do worse.
"""

import csv
import statistics
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from glassnet.data.csv_table import read_table
from glassnet.data.dataset import Parts
from glassnet.data.table import prepare
from glassnet.data.targets import read_target
from glassnet.evaluation import Verdict, examine
from glassnet.files import TrainedModel
from glassnet.model import Sequential
from glassnet.presets import default_name, preset
from glassnet.training import train

FOLDS, ROUNDS = 5, 3
Scores = tuple[list[float], float]
SETS: dict[str, Callable[[], Any]] = {
    "iris": load_iris,
    "wine": load_wine,
    "breast cancer": load_breast_cancer,
    "diabetes": lambda: load_diabetes(scaled=False),
}


def write(name: str, path: Path) -> None:
    """The set called `name` as a CSV file, classes by their names."""
    found = SETS[name]()
    classes = found.get("target_names")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*found.feature_names, "target"])
        for row, target in zip(found.data.tolist(), found.target.tolist(), strict=True):
            writer.writerow([*row, target if classes is None else classes[target]])


def folds(path: Path, seed: int) -> Iterator[Parts]:
    """The parts of the table at `path`, fold by fold."""
    table, _ = read_table(path)
    y, classes = read_target(table, "target", None)
    kind = KFold if classes is None else StratifiedKFold
    for rows in kind(FOLDS, shuffle=True, random_state=seed).split(y, y.ravel()):
        yield prepare(table, "target", (y, classes), rows)[0]


def ours(parts: Parts, seed: int) -> float:
    """Accuracy, or R², on the test rows, with everything as `glassnet train` takes it."""
    chosen = preset(default_name(parts.train), parts.train)
    network = Sequential(chosen.layers, parts.train.sample_shape, seed=seed)
    train(network, parts.train, chosen.recipe)
    verdict = examine(TrainedModel(network, parts.train.classes, parts.train.preparation), parts.test)
    return verdict.accuracy if isinstance(verdict, Verdict) else verdict.r2


def theirs(parts: Parts, seed: int) -> float:
    """The same of scikit-learn's network with its defaults."""
    model = MLPClassifier(random_state=seed)
    if parts.train.classes is None:
        model = TransformedTargetRegressor(MLPRegressor(random_state=seed), transformer=StandardScaler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = make_pipeline(StandardScaler(), model).fit(parts.train.x, parts.train.y.ravel())
    return model.score(parts.test.x, parts.test.y.ravel())


def measure(name: str, rounds: int = ROUNDS) -> tuple[Scores, Scores]:
    """For both the scores of all folds and the seconds that they took."""
    found: dict[Callable[[Parts, int], float], Scores] = {ours: ([], 0.0), theirs: ([], 0.0)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.csv")
        write(name, path)
        for seed in range(rounds):
            for parts in folds(path, seed):
                for contender, (scores, seconds) in found.items():
                    begun = perf_counter()
                    scores.append(contender(parts, seed))
                    found[contender] = scores, seconds + perf_counter() - begun
    return found[ours], found[theirs]


def report() -> str:
    """The measurements as Markdown."""
    lines = [
        "## Tables",
        "",
        f"By `make tables`: {FOLDS} folds, {ROUNDS} times over, default settings; accuracy, for diabetes R². Seconds "
        "are those of one training and its test.",
        "",
        "| table | glassnet | scikit-learn's MLP | difference and its standard error | seconds |",
        "|---|---|---|---|---|",
    ]
    for name in SETS:
        (mine, my_seconds), (other, other_seconds) = measure(name)
        apart = np.array(mine) - np.array(other)
        error = apart.std(ddof=1) / len(apart) ** 0.5
        lines.append(
            f"| {name} | {statistics.mean(mine):.4f} | {statistics.mean(other):.4f} "
            f"| {apart.mean():+.4f} ± {error:.4f} "
            f"| {my_seconds / len(mine):.2f}, {other_seconds / len(other):.2f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
