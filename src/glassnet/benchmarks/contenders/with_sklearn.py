"""scikit-learn's MLPClassifier."""

from __future__ import annotations

import warnings
from time import perf_counter

from sklearn.neural_network import MLPClassifier

from .contender import CHECKED, Contender, Work

PACKAGES = ("scikit-learn",)


def perceptrons(hidden: int, **settings: object) -> object:
    """A preparation of a network with one hidden layer and these settings."""

    def prepare(work: Work) -> Contender:
        warnings.simplefilter("ignore")  # it stops when it was told to, not when it converged
        x, y, rows = work.x.reshape(len(work.x), -1), work.y, work.arrays["rows"]
        make = {"batch_size": len(work.batches[0]), "alpha": 0, "shuffle": False, **settings}
        classes = sorted({*y.tolist()})

        def check() -> list[float]:
            network = MLPClassifier((hidden,), **make).partial_fit(x[rows[:1]], y[rows[:1]], classes=classes)
            weights = work.weights()
            network.coefs_, network.intercepts_ = weights[0::2], weights[1::2]
            del network._optimizer  # else it would go on with the other weights
            return [network.partial_fit(x[batch], y[batch]).loss_ for batch in work.batches[:CHECKED]]

        def run() -> float:
            network = MLPClassifier((hidden,), **{**make, "shuffle": True})
            start = perf_counter()
            network.fit(x, y)
            return perf_counter() - start

        return Contender(check, run)

    return prepare


sgd = {
    "solver": "sgd",
    "momentum": 0.0,
    "learning_rate_init": 0.1,
    "max_iter": 1000,
    "tol": 0,
    "n_iter_no_change": 10**6,
}
WORKLOADS = {"xor": perceptrons(2, **sgd), "mlp": perceptrons(128, max_iter=1)}
WHOLE: dict[str, object] = {}
